package gogen

import (
	"fmt"
	"slices"

	"github.com/apigen-go/apigen/gen/model"
)

// decodeFuncs writes the decoders of the types that were asked for, those that
// they ask for included.
func (g *generator) decodeFuncs() {
	for id, ok := g.helpers.decodes.take(); ok; id, ok = g.helpers.decodes.take() {
		t := g.p.Type(id)
		if t.Kind == model.Struct {
			g.decodeStruct(g.decodeFunc(t), t, readable(t.Fields))
		} else {
			g.decodeListFunc(t)
		}
	}
}

// decodeListFunc writes the decoder of a list or map, which reports whether
// there was one.
func (g *generator) decodeListFunc(t *model.Type) {
	f, name := g.codec, g.decodeFunc(t)
	v := pointed("v")
	start := "d.Array()"
	if t.Kind == model.Map {
		start = "d.Object()"
	}
	f.Func("", "func ", name, "(d *", jsonrtSym("Decoder"), ", v *", x(t.Go), ") bool")
	f.If("!", start)
	f.Return("false")
	f.End()
	g.decodeParts(f, t, v, nil, 0)
	f.Return("true")
	f.End()
}

// presence keeps track of the members that were seen: a bit each, the
// required ones first, in as many words as it takes.
type presence struct {
	bits     map[*model.Field]int
	order    []*model.Field
	required int
}

func newPresence(fields []*model.Field) *presence {
	p := &presence{bits: map[*model.Field]int{}}
	p.order = slices.Clone(fields)
	slices.SortStableFunc(p.order, func(a, b *model.Field) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	for i, f := range p.order {
		p.bits[f] = i
		if f.Required { //check:write-required-member
			p.required++
		}
	}
	return p
}

// word is the variable that holds a bit.
func (p *presence) word(bit int) string {
	if len(p.order) <= 64 {
		return "seen"
	}
	return fmt.Sprintf("seen[%d]", bit/64)
}

func (p *presence) declare(f *file) {
	switch n := len(p.order); {
	case n > 64:
		f.L("var seen [", (n+63)/64, "]uint64")
	case n > 0:
		f.L("var seen uint64")
	}
}

func (p *presence) mark(f *file, field *model.Field) {
	bit := p.bits[field]
	w := p.word(bit)
	f.L(w, " = d.Mark(", w, ", 1<<", bit%64, ")")
}

// missing reports required members that were not seen, a word at a time.
func (p *presence) missing(f *file) {
	for first := 0; first < p.required; first += 64 {
		n := min(p.required-first, 64)
		w := p.word(first)
		if n == 1 {
			f.If(w, "&1 == 0")
		} else {
			mask := fmt.Sprintf("%#x", ^uint64(0)>>(64-n))
			f.If(w, "&", mask, " != ", mask)
		}
		names := []expr{x(w)}
		for _, field := range p.order[first : first+n] {
			names = append(names, x(str(field.Name)))
		}
		f.call("d.MissingMembers", names)
		f.End()
	}
}

// call writes a call, over several lines where one would be too long.
func (f *file) call(fn string, args []expr) {
	list := join(args, ", ")
	if list.width() < 110 {
		f.L(fn, "(", list, ")")
		return
	}
	var line []expr
	f.L(fn, "(")
	for i, a := range args {
		line = append(line, a)
		if joined := join(line, ", "); joined.width() > 90 || i == len(args)-1 {
			f.L(joined, ",")
			line = nil
		}
	}
	f.L(")")
}

func (p *presence) defaults(f *file, v value) {
	for _, field := range p.order {
		if field.Default == nil {
			continue
		}
		bit := p.bits[field]
		f.If(p.word(bit), "&(1<<", bit%64, ") == 0")
		f.L(v.field(field.Go).val(), " = ", x(*field.Default))
		f.End()
	}
}

// decodeStruct writes a function that reads fields from a JSON object.
func (g *generator) decodeStruct(name string, t *model.Type, fields []*model.Field) {
	f, v := g.codec, pointed("v")
	param := "v"
	if len(fields) == 0 {
		param = "_"
	}
	f.Func("", "func ", name, "(d *", jsonrtSym("Decoder"), ", ", param, " *", x(t.Go), ")")
	g.decodeMembers(f, v, fields)
	f.End()
}

// decodeMembers reads fields of v from a JSON object. The function is left with
// the given results when there is no object.
func (g *generator) decodeMembers(f *file, v value, fields []*model.Field, results ...any) {
	f.If("!d.Object()")
	f.Return(results...)
	f.End()
	seen := newPresence(fields)
	seen.declare(f)
	f.For("d.Next()")
	if len(fields) == 0 {
		f.L("d.Unknown()")
	} else {
		f.Switch("string(d.Name())")
		for _, field := range fields {
			f.Case(str(field.Name))
			seen.mark(f, field)
			g.decodeField(f, field, g.p.Type(field.Type), v.field(field.Go), opening{})
		}
		f.Default()
		f.L("d.Unknown()")
		f.End()
	}
	f.End()
	seen.missing(f)
	seen.defaults(f, v)
}

// decodeField reads the value of a field: null first, where it has a meaning
// of its own, then the value.
func (g *generator) decodeField(f *file, field *model.Field, t *model.Type, v value, o opening) {
	c := decoding{open: o, rules: field.Rules, quoted: field.Quoted}
	null := g.nullMeaning(f, field, t, v)
	if null == nil {
		g.decodeValue(f, t, v, c)
		return
	}
	open := f.block(o)
	c.open = null()
	g.decodeValue(f, t, v, c)
	closeIf(f, open)
}

// nullMeaning returns what writes the treatment of null ahead of the value and
// how the value follows it, nil where null is no concern of the field.
func (g *generator) nullMeaning(f *file, field *model.Field, t *model.Type, v value) func() opening {
	branch := func(cond string, then ...any) func() opening {
		return func() opening {
			f.If(cond)
			f.L(then...)
			return opening{els: true}
		}
	}
	absent := g.nulls && !field.Required // nulls=absent acts on optional fields
	switch {
	case t.Kind == model.Opt && field.Nullable && absent:
		return func() opening {
			f.If("d.Null()")
			f.If("!d.NullsAbsent")
			f.L(v.method("SetNull()"))
			f.End()
			return opening{els: true}
		}
	case t.Kind == model.Opt && field.Nullable:
		return branch("d.Null()", v.method("SetNull()"))
	case t.Kind == model.Pointer && field.Nullable:
		return func() opening { return opening{cond: x("!d.Null()")} } // nil as it is
	case absent && field.Default != nil:
		return branch("d.AbsentNull()", v.val(), " = ", x(*field.Default))
	case absent:
		return func() opening { return opening{cond: x("!d.AbsentNull()")} }
	case (t.Kind == model.Any || t.Kind == model.JSON) && !field.Nullable: //check:write-null-value
		return branch("d.Null()", "d.Fail(", str("null"), ", ", str("must not be null"), ")")
	}
	return nil
}
