package gogen

import (
	"net/http"
	"slices"

	"github.com/apigen-go/apigen/gen/model"
)

// serverRoutes writes the functions of a server's routes, each followed by
// its guard and its errors.
func (g *generator) serverRoutes(s *model.Server) {
	g.nameErrors(s)
	for _, r := range s.Routes {
		n := g.nameRoute(s, r)
		if n.method != "" {
			g.route(s, r, n)
		}
		if n.guard != "" {
			g.guardFunc(n.guard, r)
		}
		if n.errors != "" {
			g.errorFunc(n.errors, s, r)
		}
	}
}

// route writes the function that serves one route.
func (g *generator) route(s *model.Server, r *model.Route, n *routeNames) {
	f := g.api
	f.Func(n.method+" serves "+r.Const+".",
		"func (a *", g.apiName(), ") ", n.method, "(w ", httpSym("ResponseWriter"), ", r *", httpSym("Request"), ")")
	f.L("c := a.rt.Begin(w, r)")
	f.L("defer c.End()")
	if r.Timeout > 0 {
		f.L("c.Timeout(", duration(r.Timeout), ")")
	}
	if r.RejectUnknown && r.Request != nil { //check:write-unknown
		f.L("c.RejectUnknown(", strs(g.tokenNames(r)), ")")
	}
	if r.NullsAbsent && r.Request != nil { //check:write-nulls-absent
		f.L("c.NullsAbsent()")
	}
	g.caller(f, r)
	g.readRequest(f, r)
	g.callHandler(f, s, r, n)
	f.End()
}

func (g *generator) readRequest(f *file, r *model.Route) {
	req := r.Request
	if req == nil {
		return
	}
	f.L("req := new(", g.typeOf(req.Type), ")")
	bind := x("!", g.bindFunc(r), "(c, req)")
	if req.ReadsBody {
		bind = x("!c.ReadBody(", size(r.MaxBytes), ") || ", bind)
	}
	f.If(bind)
	f.Return()
	f.End()
}

// handlerCall is the call of the user's method.
func (g *generator) handlerCall(s *model.Server, r *model.Route) expr {
	args := "c.Context()"
	if r.Claims {
		args += ", me"
	}
	if r.Request != nil {
		args += ", req"
	}
	if r.Shape == model.ShapeWriter {
		args += ", c.Writer(), c.Request()"
	}
	return x("a.", g.servers[s.GoName], ".", r.GoMethod, "(", args, ")")
}

func (g *generator) callHandler(f *file, s *model.Server, r *model.Route, n *routeNames) {
	call := g.handlerCall(s, r)
	status := http.StatusNoContent
	if len(r.Statuses) > 0 {
		status = r.Statuses[0]
	}
	if r.Response != nil && !bodyless(status) {
		f.L("resp, err := ", call)
		f.If("err != nil")
	} else if r.Response != nil {
		f.If("_, err := ", call, "; err != nil")
	} else {
		f.If("err := ", call, "; err != nil")
	}
	if n.errors != "" {
		f.L(n.errors, "(c, err)")
	} else {
		f.L("c.Fail(err)")
	}
	if r.Shape == model.ShapeWriter {
		f.End()
		return
	}
	f.Return()
	f.End()
	if r.Response == nil || bodyless(status) {
		f.L("c.NoContent(", statusCode(status), ")")
		return
	}
	g.respond(f, r, status)
}

// respond writes what a handler returned.
func (g *generator) respond(f *file, r *model.Route, status int) {
	t := g.p.Type(r.Response.Type)
	if t.Kind == model.Pointer {
		f.If("resp == nil")
		if slices.Contains(r.Statuses, http.StatusNoContent) {
			f.L("c.NoContent(", statusCode(http.StatusNoContent), ")")
		} else {
			f.L("c.NilResponse()")
		}
		f.Return()
		f.End()
	}
	v := variable("resp")
	if env := r.Response.Envelope; env != nil {
		v = variable("env")
		t = g.p.Type(env.Type)
		g.envelope(f, env)
	}
	if t.Kind == model.Pointer {
		v, t = v.deref(), g.p.Type(t.Elem)
	}
	g.encodeTop(f, t, v, "c.Encoder()")
	f.L("c.Send(", statusCode(status), ")")
}

// envelope wraps the response.
func (g *generator) envelope(f *file, env *model.Envelope) {
	fields := []expr{x(env.Field, ": resp")}
	for _, d := range env.Defaults {
		fields = append(fields, x(d.Field, ": ", d.Value))
	}
	f.L("env := ", g.typeOf(env.Type), "{", join(fields, ", "), "}")
}

// typeOf is the Go type of a model type.
func (g *generator) typeOf(id model.TypeID) expr { return x(g.p.Type(id).Go) }

func bodyless(status int) bool {
	return status < 200 || status == http.StatusNoContent || status == http.StatusResetContent || status == http.StatusNotModified
}
