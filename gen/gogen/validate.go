package gogen

import (
	"github.com/apigen-go/apigen/gen/model"
)

// validatedTypes finds the types that have a Validate method or have a part
// that has one and is read from requests.
func validatedTypes(p *model.Package) map[model.TypeID]bool {
	out := map[model.TypeID]bool{}
	for changed := true; changed; {
		changed = false
		for i, t := range p.Types {
			id := model.TypeID(i)
			if !out[id] && (hasValidate(t) || partValidated(t, out)) {
				out[id], changed = true, true
			}
		}
	}
	return out
}

func hasValidate(t *model.Type) bool { return t.Validate != "" || len(t.InnerValidate) > 0 }

func partValidated(t *model.Type, known map[model.TypeID]bool) bool {
	switch t.Kind {
	case model.Slice, model.Array, model.Map, model.Pointer, model.Opt:
		return known[t.Elem]
	case model.Struct:
		for _, f := range readable(t.Fields) {
			if known[f.Type] {
				return true
			}
		}
	}
	return false
}

// requestValidated tells whether a request whose fields come from several
// places has a Validate method to call.
func (g *generator) requestValidated(req *model.Request) bool {
	if hasValidate(g.p.Type(req.Type)) {
		return true
	}
	for _, f := range requestFields(req) {
		if g.validated[f.Type] {
			return true
		}
	}
	return false
}

func requestFields(req *model.Request) []*model.Field {
	fields := append(append([]*model.Field(nil), req.Params...), req.Members...)
	if req.Body != nil {
		fields = append(fields, req.Body)
	}
	return fields
}

// validateFuncs writes the walkers that call Validate methods, inner ones
// first.
func (g *generator) validateFuncs() {
	for _, b := range g.helpers.binds {
		if b.walk != "" {
			g.requestWalker(b)
		}
	}
	for id, ok := g.helpers.validates.take(); ok; id, ok = g.helpers.validates.take() {
		t := g.p.Type(id)
		f, name := g.codec, g.walkFunc(t)
		v := pointed("v")
		f.Func("", walkerHead(name, t)...)
		if t.Kind == model.Struct {
			for _, field := range readable(t.Fields) {
				g.walkField(f, field, v.field(field.Go))
			}
		} else {
			g.walkParts(f, t, v, 0)
		}
		f.own(t, v)
		f.End()
	}
}

func walkerHead(name string, t *model.Type) []any {
	return []any{"func ", name, "(x *", genrtSym("Validation"), ", v *", x(t.Go), ")"}
}

func (g *generator) requestWalker(b *binding) {
	f, t := g.codec, g.p.Type(b.req.Type)
	v := pointed("v")
	f.Func("", walkerHead(b.walk, t)...)
	for _, field := range requestFields(b.req) {
		fv := v.field(field.Go)
		switch {
		case !g.validated[field.Type]:
		case field == b.req.Body:
			g.walk(f, g.p.Type(field.Type), fv, 0)
		case field.In != model.InBody:
			f.L("x.EnterParameter(", str(field.Name), ")")
			g.walk(f, g.p.Type(field.Type), fv, 0)
			f.L("x.LeaveParameter(", str(string(field.In)), ")")
		default:
			g.walkField(f, field, fv)
		}
	}
	f.own(t, v)
	f.End()
}

func (g *generator) walkField(f *file, field *model.Field, v value) {
	if !g.validated[field.Type] {
		return
	}
	f.L("x.Enter(", str(field.Name), ")")
	g.walk(f, g.p.Type(field.Type), v, 0)
	f.L("x.Leave()")
}

// walk calls the Validate methods of one value; nil is passed over.
func (g *generator) walk(f *file, t *model.Type, v value, depth int) {
	if depth >= maxDepth {
		g.fail("type %s nests too deeply; give its parts names", x(t.Go).text())
		return
	}
	switch t.Kind {
	case model.Pointer:
		f.If(v.val(), " != nil")
		g.walk(f, g.p.Type(t.Elem), v.deref(), depth)
		f.End()
	case model.Opt:
		o := nested("o", depth)
		f.If(o, ", ok := ", v.method("Get()"), "; ok")
		g.walk(f, g.p.Type(t.Elem), variable(o), depth)
		f.End()
	case model.Struct, model.Slice, model.Array, model.Map:
		if t.Kind == model.Struct || t.Named {
			f.L(g.walkFunc(t), "(x, ", v.addr(), ")")
		} else {
			g.walkParts(f, t, v, depth)
		}
	default:
		f.own(t, v)
	}
}

// walkParts calls the Validate methods of elements and entries.
func (g *generator) walkParts(f *file, t *model.Type, v value, depth int) {
	elem := g.p.Type(t.Elem)
	if !g.validated[t.Elem] {
		return
	}
	if t.Kind != model.Map {
		i := nested("i", depth)
		f.For(i, " := range ", v.val())
		f.L("x.Index(", i, ")")
		g.walk(f, elem, v.index(i), depth+1)
		f.L("x.Leave()")
		f.End()
		return
	}
	key := g.p.Type(t.Key)
	k, m := nested("k", depth), nested("m", depth)
	if key.Kind == model.Text || key.Kind == model.Time {
		f.For(k, ", ", m, " := range ", v.val())
		f.L("x.Enter(", genrtSym("KeyName"), "(&", k, "))")
	} else {
		g.rangeKeys(f, key, v, k)
		f.L(m, " := ", v.index(k).val())
		f.L("x.Enter(", keyName(key, k), ")")
	}
	g.walk(f, elem, variable(m), depth+1)
	f.L("x.Leave()")
	f.End()
}

// own calls the methods of embedded structs that the type's own hides, and
// then its own.
func (f *file) own(t *model.Type, v value) {
	for _, inner := range t.InnerValidate {
		f.validate(inner.Form, v.field(inner.Go))
	}
	f.validate(t.Validate, v)
}

// validate calls the Validate method of a value, of the given form.
func (f *file) validate(form string, v value) {
	switch form {
	case "plain":
		f.L("x.Check(", v.method("Validate()"), ")")
	case "context":
		f.L("x.CheckContext(", v.method("Validate(x.Context())"), ")")
	}
}
