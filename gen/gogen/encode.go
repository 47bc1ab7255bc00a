package gogen

import (
	"github.com/apigen-go/apigen/gen/model"
)

// encodeFuncs writes the encoders that were asked for.
func (g *generator) encodeFuncs() {
	for id, ok := g.helpers.encodes.take(); ok; id, ok = g.helpers.encodes.take() {
		t := g.p.Type(id)
		f, name := g.codec, g.encodeFunc(t)
		param, v := "v ", variable("v")
		if byPointer(t) {
			param, v = "v *", pointed("v")
		}
		fields := writable(t.Fields)
		if t.Kind == model.Struct && len(fields) == 0 {
			param = "_ *"
		}
		f.Func("", "func ", name, "(e *", jsonrtSym("Encoder"), ", ", param, x(t.Go), ")")
		switch t.Kind {
		case model.Struct:
			g.begin(f, t, "e.Object()")
			for _, field := range fields {
				g.encodeField(f, field, v.field(field.Go))
			}
			f.L("e.EndObject()")
		case model.Map:
			g.begin(f, t, "e.Object()")
			g.encodeEntries(f, t, v, 0)
		default:
			g.begin(f, t, "e.Array()")
			g.encodeElems(f, t, v, 0)
		}
		f.End()
	}
}

// begin opens an object or array. A type that may contain itself looks whether
// the nesting has become too deep, which is how a cycle shows.
func (g *generator) begin(f *file, t *model.Type, start string) {
	if !g.encoded.cyclic(t.ID) {
		f.L(start)
		return
	}
	f.If("!", start)
	f.Return()
	f.End()
}

// byPointer reports whether the function of a type takes a pointer: slices and
// maps are small.
func byPointer(t *model.Type) bool { return t.Kind == model.Struct || t.Kind == model.Array }

// encodeCall is the call of a type's function.
func (g *generator) encodeCall(t *model.Type, v value, encoder string) expr {
	if byPointer(t) {
		return x(g.encodeFunc(t), "(", encoder, ", ", v.addr(), ")")
	}
	return x(g.encodeFunc(t), "(", encoder, ", ", v.val(), ")")
}

// encodeTop writes a whole answer through the given encoder.
func (g *generator) encodeTop(f *file, t *model.Type, v value, encoder string) {
	if g.encoded.own(t) {
		f.L(g.encodeCall(t, v, encoder))
		return
	}
	if encoder != "e" {
		f.L("e := ", encoder)
	}
	g.encodeValue(f, t, v, encoding{})
}

// encodeField writes a member, unless its tag has it left out.
func (g *generator) encodeField(f *file, field *model.Field, v value) {
	t := g.p.Type(field.Type)
	if field.OmitEmpty && t.Kind == model.Array && t.Len == 0 {
		return // which is always empty
	}
	c := encoding{quoted: field.Quoted}
	cond := g.present(t, v, field)
	if len(cond) > 0 {
		f.If(cond)
	}
	f.L("e.Name(", memberName(field.Name), ")")
	if t.Kind == model.Pointer && len(cond) > 0 {
		t, v = g.p.Type(t.Elem), v.deref() // which is not nil here
	}
	g.encodeValue(f, t, v, c)
	closeIf(f, len(cond) > 0)
}

// memberName is the literal of a member's name with quotes and colon, as the
// encoder appends it.
func memberName(name string) string {
	if plainName(name) {
		return "`\"" + name + "\":`"
	}
	return str(jsonQuote(name) + ":")
}

// present is the condition under which a member is written, nothing for
// always. It follows encoding/json/v2 with v1's meaning of omitempty.
func (g *generator) present(t *model.Type, v value, field *model.Field) expr {
	var conds []expr
	if field.OmitEmpty {
		conds = append(conds, notLegacyEmpty(t, v)...)
	}
	if field.OmitZero {
		for _, c := range g.notZero(t, v) {
			if len(conds) == 0 || conds[0].text() != c.text() {
				conds = append(conds, c)
			}
		}
	}
	return join(conds, " && ")
}

// notLegacyEmpty holds for values that encoding/json of version 1 takes for
// not empty. Structs never are.
func notLegacyEmpty(t *model.Type, v value) []expr {
	switch t.Kind {
	case model.Bool:
		return []expr{x(v.val())}
	case model.String, model.Bytes, model.Slice, model.Map:
		if t.Kind == model.String {
			return []expr{x(v.val(), ` != ""`)}
		}
		return []expr{x("len(", v.val(), ") != 0")}
	case model.Pointer, model.Any:
		return []expr{x(v.val(), " != nil")}
	case model.Struct, model.Array, model.Time, model.Opt:
		return nil
	case model.Text, model.JSON:
		return []expr{x("!", genrtSym("IsEmpty"), "(", v.addr(), ")")}
	}
	return []expr{x(v.val(), " != 0")}
}

// notZero holds for values that omitzero keeps.
func (g *generator) notZero(t *model.Type, v value) []expr {
	switch t.Kind {
	case model.Pointer:
		if g.p.Type(t.Elem).IsZeroMethod {
			return []expr{x(v.val(), " != nil"), x("!", v.method("IsZero()"))}
		}
		return []expr{x(v.val(), " != nil")}
	case model.Opt:
		return []expr{x("!", v.method("IsZero()"))}
	}
	if t.IsZeroMethod {
		return []expr{x("!", v.method("IsZero()"))}
	}
	switch t.Kind {
	case model.Bool, model.String:
		return notLegacyEmpty(t, v)
	case model.Bytes, model.Slice, model.Map, model.Any:
		return []expr{x(v.val(), " != nil")}
	case model.Struct, model.Array, model.Time, model.Text, model.JSON:
		return []expr{x("!", genrtSym("IsZero"), "(", v.addr(), ")")}
	}
	return notLegacyEmpty(t, v)
}
