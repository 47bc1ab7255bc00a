package gogen

import (
	"strconv"

	"github.com/apigen-go/apigen/gen/model"
)

// param writes the lines that read one parameter of a request.
func (g *generator) param(f *file, field *model.Field) {
	t := g.p.Type(field.Type)
	inner, wrapped := g.unwrap(t)
	v := pointed("v").field(field.Go)
	src := g.paramSource(field, inner)
	has := "p.HasValue()" // an empty text is absence for all but strings
	if inner.Kind == model.String || isList(inner) && g.p.Type(inner.Elem).Kind == model.String {
		has = "p.Has()"
	}
	o := opening{init: x("p := ", src)}
	switch {
	case field.In == model.InPath && !wrapped && !isList(inner):
		checks := g.checks(inner, v, field.Rules)
		if len(checks) == 0 {
			f.L(readCall(src.text(), inner, v))
			return
		}
		f.read(o, "p", readCall("p", inner, v), checks)
		return
	case field.Required && field.In != model.InPath: //check:write-required-parameter
		f.when(o, x("!", has))
		f.L("p.Missing()")
		o = opening{els: true}
	case field.Default != nil:
		f.when(o, x("!", has))
		f.L(v.val(), " = ", x(*field.Default))
		o = opening{els: true}
	default:
		o.cond = x(has)
	}
	g.paramValue(f, field, t, v, o)
}

func isList(t *model.Type) bool { return t.Kind == model.Slice || t.Kind == model.Array }

// paramSource is the call that finds a parameter.
func (g *generator) paramSource(field *model.Field, t *model.Type) expr {
	name, ok := map[model.In]string{
		model.InPath: "Path", model.InQuery: "Query", model.InHeader: "Header", model.InCookie: "Cookie",
	}[field.In]
	list := ""
	switch {
	case !isList(t):
	case field.CSV || field.In == model.InCookie:
		list = "CSV"
	default:
		list = "List"
	}
	if !ok || list != "" && field.In == model.InPath {
		g.fail("field %s cannot be read from %s", field.Name, field.In)
	}
	return x("c.", name, list, "(", str(field.Name), ")")
}

// paramValue reads the value of a parameter that is there.
func (g *generator) paramValue(f *file, field *model.Field, t *model.Type, v value, o opening) {
	switch t.Kind {
	case model.Pointer:
		open := f.block(o)
		f.L(v.val(), " = new(", g.typeOf(t.Elem), ")")
		g.paramValue(f, field, g.p.Type(t.Elem), v.deref(), opening{})
		closeIf(f, open)
	case model.Opt:
		open := f.block(o)
		f.L("var o ", g.typeOf(t.Elem))
		g.paramValue(f, field, g.p.Type(t.Elem), variable("o"), opening{})
		f.L(v.val(), " = ", runtimeSym("Some"), "(o)")
		closeIf(f, open)
	case model.Slice:
		open := f.block(o)
		f.L(v.val(), " = make(", x(t.Go), ", 0, p.Len())")
		f.For("p.Next()")
		e := g.paramElem(f, t)
		f.L(v.val(), " = append(", v.val(), ", ", e, ")")
		f.End()
		f.checks("p", g.checks(t, v, field.Rules))
		closeIf(f, open)
	case model.Array:
		open := f.block(o)
		f.L("i := 0")
		f.For("p.Next()")
		e := g.paramElem(f, t)
		f.If("i < ", t.Len)
		f.L(v.index("i").val(), " = ", e)
		f.End()
		f.L("i++")
		f.End()
		f.lengthCheck("p", "i", t.Len)
		closeIf(f, open)
	default:
		if _, ok := basics[t.Kind]; !ok && t.Kind != model.Text || t.Kind == model.Bytes || t.Kind == model.Any {
			g.fail("field %s of kind %s cannot be read from a parameter", field.Name, t.Kind)
			return
		}
		f.read(o, "p", readCall("p", t, v), g.checks(t, v, field.Rules))
	}
}

// paramElem reads one element of a list and returns the variable it is in.
func (g *generator) paramElem(f *file, list *model.Type) string {
	t := g.p.Type(list.Elem)
	v := variable("e")
	if t.Kind == model.Pointer {
		t = g.p.Type(t.Elem)
		v = pointed("e")
		f.L("e := new(", x(t.Go), ")")
	} else {
		f.L("var e ", x(t.Go))
	}
	if !t.Kind.Scalar() {
		g.fail("elements of kind %s cannot be read from a parameter", t.Kind)
		return "e"
	}
	f.read(opening{}, "p", readCall("p", t, v), g.checks(t, v, nil))
	return "e"
}

// lengthCheck writes the check of an array's length.
func (f *file) lengthCheck(sink, count string, n int) {
	f.If(count, " != ", n)
	f.L(sink, ".Fail(", str("len"), ", ", str(lengthDetail(n)), ")")
	f.End()
}

func lengthDetail(n int) string {
	if n == 1 {
		return "must have exactly 1 item"
	}
	return "must have exactly " + strconv.Itoa(n) + " items"
}

func closeIf(f *file, open bool) {
	if open {
		f.End()
	}
}
