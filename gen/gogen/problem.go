package gogen

// problemFunc names the function that writes errors in the service's own
// form.
func (g *generator) problemFunc() string {
	if g.helpers.problem == "" {
		g.helpers.problem = g.names.pick("writeProblem")
	}
	return g.helpers.problem
}

func (g *generator) problem() {
	if g.p.Problem == nil {
		return
	}
	f, t := g.api, g.p.Type(g.p.Problem.Type)
	name := g.problemFunc()
	f.Func(name+" writes p as the service's own kind of error.",
		"func ", name, "(ctx ", sym("context", "Context"), ", p *", runtimeSym("Problem"), ", e *", jsonrtSym("Encoder"), ")")
	f.L("v := new(", x(t.Go), ")")
	f.L("v.FromProblem(ctx, p)")
	g.encodeTop(f, t, pointed("v"), "e")
	f.End()
}
