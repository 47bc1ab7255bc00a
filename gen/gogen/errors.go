package gogen

import (
	"encoding/json"

	"github.com/apigen-go/apigen/gen/model"
)

// matched are the declared errors that a returned error is compared with; the
// others only document.
func matched(r *model.Route) []model.Error {
	var out []model.Error
	for _, e := range r.Errors {
		if e.Match != "" {
			out = append(out, e)
		}
	}
	return out
}

// nameErrors names the functions that answer declared errors. Routes of a
// server that declare the same errors share one.
func (g *generator) nameErrors(s *model.Server) {
	users := map[string][]*model.Route{}
	var order []string
	for _, r := range s.Routes {
		list := matched(r)
		if len(list) == 0 || r.Shape == model.ShapeRaw {
			continue
		}
		key := errorKey(list)
		if len(users[key]) == 0 {
			order = append(order, key)
		}
		users[key] = append(users[key], r)
	}
	for _, key := range order {
		routes := users[key]
		base := g.nameRoute(s, routes[0]).method
		if len(routes) > 1 {
			base = lower(s.Field)
		}
		name := g.names.pick(base + "Error")
		for _, r := range routes {
			g.nameRoute(s, r).errors = name
		}
	}
}

// errorKey is equal for lists that mean the same.
func errorKey(list []model.Error) string {
	plain := make([]model.Error, len(list))
	for i, e := range list {
		e.Pos = model.Pos{}
		plain[i] = e
	}
	b, err := json.Marshal(plain)
	if err != nil {
		panic(err) // the model is plain data
	}
	return string(b)
}

// errorFunc writes the function that answers declared errors, at the first of
// the routes that share it.
func (g *generator) errorFunc(name string, s *model.Server, r *model.Route) {
	if g.helpers.written[name] {
		return
	}
	g.helpers.written[name] = true
	f, list := g.api, matched(r)
	f.Func(name+" answers the errors that "+g.declarer(name, s, r)+" declares.",
		"func ", name, "(c *", genrtSym("Call"), ", err error)")
	targets := g.errorTargets(f, list)
	f.L("switch {")
	for i, e := range list {
		switch {
		case e.Match == "is":
			f.Case(sym("errors", "Is"), "(err, ", x(e.Expr), ")")
		case targets[i] != "":
			f.Case(sym("errors", "As"), "(err, &", targets[i], ")")
		default:
			f.Case(sym("errors", "As"), "(err, new(", x(e.Expr), "))")
		}
		g.errorFields(f, e, targets[i])
		f.L("c.Declared(err, ", statusCode(e.Status), ", ", str(e.Code), ", ", str(e.Detail), ")")
	}
	f.Default()
	f.L("c.Fail(err)")
	f.End()
	f.End()
}

// declarer says whose errors a function answers.
func (g *generator) declarer(name string, s *model.Server, r *model.Route) string {
	for _, other := range s.Routes {
		if other != r && g.nameRoute(s, other).errors == name {
			return s.GoName
		}
	}
	return r.GoMethod
}

// errorTargets declares a variable for each error type with fields to send.
func (g *generator) errorTargets(f *file, list []model.Error) []string {
	targets := make([]string, len(list))
	inside := newScope(map[string]bool{}, g.names.hidden)
	for i, e := range list {
		if e.Match != "as" || len(e.Fields) == 0 {
			continue
		}
		targets[i] = inside.pick(lower(identifierOf(e.Expr)))
		f.L("var ", targets[i], " ", x(e.Expr))
	}
	return targets
}

// identifierOf is the last name of a type expression: NotFound of
// *store.NotFound.
func identifierOf(e model.Expr) string {
	text := x(e).text()
	end := len(text)
	for end > 0 && !identByte(text[end-1]) {
		end--
	}
	start := end
	for start > 0 && identByte(text[start-1]) {
		start--
	}
	if start == end {
		return "target"
	}
	return text[start:end]
}

// errorFields sends the fields of an error type: headers, and members of the
// problem document.
func (g *generator) errorFields(f *file, e model.Error, target string) {
	var members []*model.Field
	for _, field := range e.Fields {
		if field.In == model.InHeader {
			g.errorHeader(f, field, variable(target).field(field.Go))
		} else {
			members = append(members, field)
		}
	}
	if len(members) == 0 {
		return
	}
	f.L("e := c.Members()")
	for _, field := range members {
		g.encodeField(f, field, variable(target).field(field.Go))
	}
}

// errorHeader sends a field as a header; lists are joined by commas (RFC 9110
// section 5.6.1).
func (g *generator) errorHeader(f *file, field *model.Field, v value) {
	t := g.p.Type(field.Type)
	cond := g.present(t, v, field)
	switch {
	case t.Kind == model.Pointer:
		cond = x(v.val(), " != nil")
		t, v = g.p.Type(t.Elem), v.deref()
	case t.Kind == model.Opt:
		cond = x("o, ok := ", v.method("Get()"), "; ok")
		t, v = g.p.Type(t.Elem), variable("o")
	case t.Kind == model.Slice:
		cond = x("len(", v.val(), ") != 0")
	}
	if len(cond) > 0 {
		f.If(cond)
	}
	var text expr
	if t.Kind == model.Slice {
		f.L("list := make([]string, len(", v.val(), "))")
		f.For("i := range ", v.val())
		f.L("list[i] = ", g.headerText(g.p.Type(t.Elem), v.index("i")))
		f.End()
		text = x(sym("strings", "Join"), "(list, ", str(", "), ")")
	} else {
		text = g.headerText(t, v)
	}
	f.L("c.ErrorHeader(", str(field.Name), ", ", text, ")")
	closeIf(f, len(cond) > 0)
}

// headerText is a value as it travels in a header.
func (g *generator) headerText(t *model.Type, v value) expr {
	b := basics[t.Kind]
	wide := func(typ string) expr {
		if b.wide == "" && isPlain(t, b) {
			return x(v.val())
		}
		return x(typ, "(", v.val(), ")")
	}
	switch t.Kind {
	case model.String:
		return asString(t, v)
	case model.Bool:
		return x(sym("strconv", "FormatBool"), "(", wide("bool"), ")")
	case model.Int, model.Int8, model.Int16, model.Int32, model.Int64:
		return x(sym("strconv", "FormatInt"), "(", wide("int64"), ", 10)")
	case model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64:
		return x(sym("strconv", "FormatUint"), "(", wide("uint64"), ", 10)")
	case model.Float32, model.Float64:
		return x(sym("strconv", "FormatFloat"), "(float64(", v.val(), "), 'g', -1, 64)")
	case model.Duration:
		return x(v.method("String()"))
	case model.Time:
		return x(v.method("Format("), sym("time", "RFC3339Nano"), ")")
	case model.Text:
		return x(genrtSym("KeyName"), "(", v.addr(), ")")
	}
	g.fail("a field of kind %q cannot be sent as a header", t.Kind)
	return x(`""`)
}
