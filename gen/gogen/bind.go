package gogen

import (
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

func (g *generator) bindFuncs() {
	for _, b := range g.helpers.binds {
		g.bind(b)
	}
}

// bind writes the function that fills a request: parameters first, then the
// body, then the Validate methods once everything else is in order.
func (g *generator) bind(b *binding) {
	f, req := g.codec, b.req
	t := g.p.Type(req.Type)
	validated := b.walk != "" || req.Plain && g.validated[t.ID]
	param := "v"
	if len(req.Params) == 0 && len(req.HTTPRequest) == 0 && !g.readsBody(req) && !validated {
		param = "_"
	}
	f.Func("", "func ", b.bind, "(c *", genrtSym("Call"), ", ", param, " *", x(t.Go), ") bool")
	f.L("c.QueryNames(", strs(queryNames(req)), ")")
	for _, p := range req.Params {
		g.param(f, p)
	}
	if len(req.HTTPRequest) > 0 {
		f.L("v.", strings.Join(req.HTTPRequest, "."), " = c.Request()")
	}
	g.bindBody(f, req)
	if validated {
		f.If("!c.Checked()")
		f.Return("false")
		f.End()
		f.L("x := c.Validation()")
		if b.walk != "" {
			f.L(b.walk, "(x, v)")
		} else {
			g.walk(f, t, pointed("v"), 0)
		}
	}
	f.Return("c.Checked()")
	f.End()
}

// queryNames lists the names of the query that a request knows.
func queryNames(req *model.Request) []string {
	var out []string
	for _, p := range req.Params {
		if p.In == model.InQuery {
			out = append(out, p.Name)
		}
	}
	return out
}

func (g *generator) readsBody(req *model.Request) bool {
	return req.ReadsBody && (req.Plain || req.Body != nil || len(req.Members) > 0)
}

func (g *generator) bindBody(f *file, req *model.Request) {
	switch {
	case !req.ReadsBody:
	case req.Body != nil:
		g.wholeBody(f, req.Body)
	case req.Plain:
		f.L(g.decodeFunc(g.p.Type(req.Type)), "(c.Body(), v)")
	case len(req.Members) > 0:
		f.L("d := c.Body()")
		g.decodeMembers(f, pointed("v"), req.Members, "c.Checked()")
	}
}

// wholeBody reads the body into one field. Absence of the body is absence of
// the field, but a struct reads an absent body as an empty object.
func (g *generator) wholeBody(f *file, field *model.Field) {
	t := g.p.Type(field.Type)
	v := pointed("v").field(field.Go)
	if t.Kind == model.Struct && field.Required {
		f.L(g.decodeFunc(t), "(c.Body(), ", v.addr(), ")")
		return
	}
	switch {
	case field.Required: //check:write-required-body
		f.L("d := c.Body()")
		f.If("c.BodyAbsent()")
		f.L("d.Fail(", str("missing"), ", ", str("is required"), ")")
		f.L("d.Skip()")
		g.decodeField(f, field, t, v, opening{els: true})
		return
	case field.Default != nil:
		f.If("c.BodyAbsent()")
		f.L(v.val(), " = ", x(*field.Default))
		f.Else()
	default:
		f.If("!c.BodyAbsent()")
	}
	f.L("d := c.Body()")
	g.decodeField(f, field, t, v, opening{})
	f.End()
}

// unwrap is the type behind a pointer or runtime.Opt, and whether there was
// one.
func (g *generator) unwrap(t *model.Type) (*model.Type, bool) {
	if t.Kind == model.Pointer || t.Kind == model.Opt {
		return g.p.Type(t.Elem), true
	}
	return t, false
}
