package gogen

import (
	"github.com/apigen-go/apigen/gen/model"
)

// patterns writes the constants by which users name routes.
func (g *generator) patterns() {
	if !g.p.HasRoutes() {
		return
	}
	f := g.api
	f.Blank()
	f.Doc("Patterns of the routes, as net/http.ServeMux takes them.")
	f.L("const (")
	for _, r := range g.routes() {
		if r.Doc.Deprecated != "" {
			f.Doc("Deprecated: " + r.Doc.Deprecated)
		}
		f.L(r.Const, " = ", str(r.Pattern()))
	}
	f.L(")")
}

// routeNames are the names of the functions that serve one route.
type routeNames struct {
	method string // of the api struct
	guard  string // of the api struct, "" when the route checks the token itself
	errors string // package function, "" when the route declares no errors
}

// nameRoute hands out the names of a route once.
func (g *generator) nameRoute(s *model.Server, r *model.Route) *routeNames {
	if n := g.helpers.routes[r]; n != nil {
		return n
	}
	base := lower(s.Field) + r.ID
	n := &routeNames{}
	if r.Shape != model.ShapeRaw {
		n.method = g.members.pick(base)
	}
	if g.guarded(r) {
		n.guard = g.members.pick(base + "Auth")
	}
	g.helpers.routes[r] = n
	return n
}

// routeTable writes the method that lists the routes with their handlers.
func (g *generator) routeTable() {
	f := g.api
	f.Func("routes lists the routes and what runs around them.", "func (a *", g.apiName(), ") routes() []", genrtSym("Route"))
	f.L("return []", genrtSym("Route"), "{")
	for _, s := range g.servedServers() {
		for _, r := range s.Routes {
			g.routeEntry(s, r)
		}
	}
	f.End()
	f.End()
}

func (g *generator) routeEntry(s *model.Server, r *model.Route) {
	parts := []expr{x("Pattern: ", r.Const)}
	if len(r.Vars) > 0 && !r.AllowDots {
		parts = append(parts, x("Vars: []string{", strs(r.Vars), "}"))
	}
	handler, steps := g.handlerOf(s, r)
	whole := handler
	if len(steps) > 0 {
		whole = x(genrtSym("Chain"), "(", handler, ", ", join(steps, ", "), ")")
	}
	f, line := g.api, x(join(parts, ", "), ", Handler: ", whole)
	switch {
	case line.width() < 120:
		f.L("{", line, "},")
	case whole.width() < 120:
		f.L("{")
		for _, p := range append(parts, x("Handler: ", whole)) {
			f.L(p, ",")
		}
		f.L("},")
	default:
		f.L("{")
		for _, p := range parts {
			f.L(p, ",")
		}
		f.L("Handler: ", genrtSym("Chain"), "(")
		for _, p := range append([]expr{handler}, steps...) {
			f.L(p, ",")
		}
		f.L("),")
		f.L("},")
	}
}

// handlerOf is what serves a route, and what runs around it, outermost first.
func (g *generator) handlerOf(s *model.Server, r *model.Route) (handler expr, steps []expr) {
	n := g.nameRoute(s, r)
	if r.Shape == model.ShapeRaw {
		handler = x("a.rt.Raw(a.", g.servers[s.GoName], ".", r.GoMethod, ")")
	} else {
		handler = x(httpSym("HandlerFunc"), "(a.", n.method, ")")
	}
	for _, m := range r.Before {
		steps = append(steps, g.middleware(s, m))
	}
	if n.guard != "" {
		steps = append(steps, x("a.rt.Guard(a.", n.guard, ")"))
	}
	for _, m := range r.After {
		steps = append(steps, g.middleware(s, m))
	}
	return handler, steps
}

func (g *generator) middleware(s *model.Server, m model.Middleware) expr {
	if m.Method {
		return x("a.", g.servers[s.GoName], ".", m.Name)
	}
	return x(model.Expr{{Pkg: m.Pkg, Text: m.Name}})
}
