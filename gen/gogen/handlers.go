package gogen

import (
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// servedServers are the servers that have routes.
func (g *generator) servedServers() []*model.Server {
	var out []*model.Server
	for _, s := range g.p.Servers {
		if len(s.Routes) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func serverType(s *model.Server) expr {
	if s.Interface {
		return x(model.Expr{{Text: s.GoName}})
	}
	return x("*", model.Expr{{Text: s.GoName}})
}

// handlers writes the struct through which main hands over the servers.
func (g *generator) handlers() {
	f := g.api
	f.Func(g.handlersName()+" holds the values whose methods serve the routes.", "type ", g.handlersName(), " struct")
	for _, s := range g.servedServers() {
		if s.Doc.Summary != "" {
			f.Doc(s.Doc.Summary)
		}
		f.L(s.Field, " ", serverType(s))
	}
	f.End()
}

func (g *generator) register() {
	f := g.api
	params := x("c ", g.configName(), ", h ", g.handlersName(), ", opts ...", runtimeSym("Option"))
	newAPI := x("a, err := ", g.newAPIName(), "(c, h, opts)")

	f.Func(g.registerName()+" adds the routes to mux. Nothing is registered when it returns an error.",
		"func ", g.registerName(), "(mux *", httpSym("ServeMux"), ", ", params, ") error")
	f.L(newAPI)
	f.If("err != nil")
	f.Return("err")
	f.End()
	f.Return("a.rt.Register(mux, a.routes())")
	f.End()

	f.Func(g.handlerName()+" returns the whole service: its routes, and 404 and 405 as problems.",
		"func ", g.handlerName(), "(", params, ") (", httpSym("Handler"), ", error)")
	f.L(newAPI)
	f.If("err != nil")
	f.Return("nil, err")
	f.End()
	f.Return("a.rt.NewHandler(a.routes())")
	f.End()
}

// nameMembers names the private struct, its fields and its methods.
func (g *generator) nameMembers() {
	if !g.p.HasRoutes() {
		return
	}
	g.members = newScope(map[string]bool{"rt": true, "routes": true}, func(name string) bool { return locals[name] })
	for _, s := range g.servedServers() {
		g.servers[s.GoName] = g.members.pick(lower(s.Field))
	}
	for _, s := range g.p.Schemes {
		if s.Used {
			g.verifiers[s.Name] = g.members.pick(lower(s.Name))
		}
	}
	g.helpers.api = g.names.pick("api")
	g.helpers.newAPI = g.names.pick("new" + strings.ToUpper(g.helpers.api[:3]) + g.helpers.api[3:])
}

func (g *generator) apiName() string    { return g.helpers.api }
func (g *generator) newAPIName() string { return g.helpers.newAPI }

func (g *generator) apiStruct() {
	f := g.api
	f.Func(g.apiName()+" is the service as it runs: built once, never changed.", "type ", g.apiName(), " struct")
	f.L("rt *", genrtSym("Server"))
	for _, s := range g.p.Schemes {
		if s.Used {
			f.L(g.verifiers[s.Name], " *", authSym("Verifier"), "[", claims(s), "]")
		}
	}
	for _, s := range g.servedServers() {
		f.L(g.servers[s.GoName], " ", serverType(s))
	}
	f.End()
}

// newAPI writes the constructor, which checks everything before anything is
// registered.
func (g *generator) newAPI() {
	f := g.api
	f.Func(g.newAPIName()+" checks everything the service is made of and puts it together.",
		"func ", g.newAPIName(), "(c ", g.configName(), ", h ", g.handlersName(), ", opts []", runtimeSym("Option"), ") (*", g.apiName(), ", error)")
	f.L("err := ", sym("errors", "Join"), "(")
	f.L("c.Validate(),")
	for _, s := range g.servedServers() {
		f.L(genrtSym("NotNil"), "(", str(s.Field), ", h.", s.Field, " == nil),")
	}
	f.L(")")
	f.If("err != nil")
	f.Return("nil, err")
	f.End()
	if !g.needsSetup() {
		g.apiLiteral("return &", ", nil")
		f.End()
		return
	}
	g.apiLiteral("a := &", "")
	if status := g.p.Service.Invalid; status != 0 && status != 422 {
		f.L("a.rt.InvalidStatus(", statusCode(status), ")")
	}
	if g.p.Problem != nil {
		f.L("a.rt.EncodeProblems(", g.problemFunc(), ")")
	}
	for _, s := range g.p.Schemes {
		if s.Used {
			g.newVerifier(s)
		}
	}
	f.Return("a, nil")
	f.End()
}

// needsSetup tells whether the service takes more than its struct literal.
func (g *generator) needsSetup() bool {
	return len(g.verifiers) > 0 || g.p.Problem != nil || g.p.Service.Invalid != 0 && g.p.Service.Invalid != 422
}

func (g *generator) apiLiteral(before, after string) {
	fields := []expr{x("rt: ", genrtSym("NewServer"), "(opts)")}
	for _, s := range g.servedServers() {
		fields = append(fields, x(g.servers[s.GoName], ": h.", s.Field))
	}
	f, one := g.api, join(fields, ", ")
	if one.width() < 100 {
		f.L(before, g.apiName(), "{", one, "}", after)
		return
	}
	f.L(before, g.apiName(), "{")
	for _, field := range fields {
		f.L(field, ",")
	}
	f.L("}", after)
}
