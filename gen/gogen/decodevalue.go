package gogen

import (
	"github.com/apigen-go/apigen/gen/model"
)

// decoding is what reading a value depends on beside its type.
type decoding struct {
	open   opening
	rules  []model.Rule
	quoted bool
	depth  int // of lists and maps around the value in this function
}

// decodeValue reads one value from d.
func (g *generator) decodeValue(f *file, t *model.Type, v value, c decoding) {
	if c.depth >= maxDepth {
		g.fail("type %s nests too deeply; give its parts names", x(t.Go).text())
		return
	}
	switch t.Kind {
	case model.Pointer:
		open := f.block(c.open)
		f.L(v.val(), " = new(", g.typeOf(t.Elem), ")")
		c.open = opening{}
		g.decodeValue(f, g.p.Type(t.Elem), v.deref(), c)
		closeIf(f, open)
	case model.Opt:
		g.decodeOpt(f, t, v, c)
	case model.Struct:
		f.do(c.open, x(g.decodeFunc(t), "(d, ", v.addr(), ")"))
	case model.Slice, model.Array, model.Map:
		g.decodeList(f, t, v, c)
	default:
		g.decodeLeaf(f, t, v, c)
	}
}

func (g *generator) decodeLeaf(f *file, t *model.Type, v value, c decoding) {
	if _, ok := basics[t.Kind]; !ok && t.Kind != model.Text && t.Kind != model.JSON {
		g.fail("type %s of kind %q cannot be decoded", x(t.Go).text(), t.Kind)
		return
	}
	checks := g.checks(t, v, c.rules)
	if !c.quoted {
		f.read(c.open, "d", readCall("d", t, v), checks)
		return
	}
	open := f.block(c.open)
	f.L("d.Quote()")
	f.read(opening{}, "d", readCall("d", t, v), checks)
	closeIf(f, open)
}

// decodeOpt reads a value of runtime.Opt. Null was taken care of where it is
// allowed on a field; elements of lists and maps look for it here.
func (g *generator) decodeOpt(f *file, t *model.Type, v value, c decoding) {
	open := f.block(c.open)
	element := c.depth > 0
	if element {
		f.If("d.Null()")
		f.L(v.method("SetNull()"))
		f.Else()
	}
	o := nested("o", c.depth)
	f.L("var ", o, " ", g.typeOf(t.Elem))
	c.open = opening{}
	g.decodeValue(f, g.p.Type(t.Elem), variable(o), c)
	f.L(v.val(), " = ", runtimeSym("Some"), "(", o, ")")
	closeIf(f, element)
	closeIf(f, open)
}

// decodeList reads a slice, an array or a map.
func (g *generator) decodeList(f *file, t *model.Type, v value, c decoding) {
	if g.decoded.own(t) {
		f.read(c.open, "d", x(g.decodeFunc(t), "(d, ", v.addr(), ")"), g.checks(t, v, c.rules))
		return
	}
	if t.Kind == model.Map {
		f.when(c.open, x("d.Object()"))
	} else {
		f.when(c.open, x("d.Array()"))
	}
	g.decodeParts(f, t, v, c.rules, c.depth)
	f.End()
}

// decodeParts reads what stands between the brackets.
func (g *generator) decodeParts(f *file, t *model.Type, v value, rules []model.Rule, depth int) {
	switch t.Kind {
	case model.Slice:
		f.L(v.val(), " = ", x(t.Go), "{}")
		f.For("d.Elem()")
		g.decodeElem(f, t, v, depth)
		f.End()
	case model.Array:
		g.decodeArray(f, t, v, depth)
	case model.Map:
		f.L(v.val(), " = ", x(t.Go), "{}")
		f.For("d.Next()")
		g.decodeEntry(f, t, v, depth)
		f.End()
	}
	f.checks("d", g.checks(t, v, rules))
}

// decodeElem reads an element of a slice. Structs are read where they stay.
func (g *generator) decodeElem(f *file, t *model.Type, v value, depth int) {
	elem := g.p.Type(t.Elem)
	if elem.Kind == model.Struct {
		f.L(v.val(), " = append(", v.val(), ", ", x(elem.Go), "{})")
		f.L(g.decodeFunc(elem), "(d, ", v.index("len("+v.val()+")-1").addr(), ")")
		return
	}
	name := nested("e", depth)
	g.decodeInto(f, elem, name, depth)
	f.L(v.val(), " = append(", v.val(), ", ", name, ")")
}

// decodeInto declares a variable and reads a value into it.
func (g *generator) decodeInto(f *file, t *model.Type, name string, depth int) {
	c := decoding{depth: depth + 1}
	if t.Kind == model.Pointer {
		f.L(name, " := new(", g.typeOf(t.Elem), ")")
		g.decodeValue(f, g.p.Type(t.Elem), pointed(name), c)
		return
	}
	f.L("var ", name, " ", x(t.Go))
	g.decodeValue(f, t, variable(name), c)
}

// decodeArray reads exactly as many elements as there is room for.
func (g *generator) decodeArray(f *file, t *model.Type, v value, depth int) {
	i := nested("i", depth)
	elem := g.p.Type(t.Elem)
	f.L(i, " := 0")
	f.For("; d.Elem(); ", i, "++")
	f.If(i, " >= ", t.Len)
	f.L("d.Skip()")
	f.L("continue")
	f.End()
	g.decodeValue(f, elem, v.index(i), decoding{depth: depth + 1})
	f.End()
	f.lengthCheck("d", i, t.Len)
}

// decodeEntry reads an entry of a map.
func (g *generator) decodeEntry(f *file, t *model.Type, v value, depth int) {
	key, elem := g.p.Type(t.Key), g.p.Type(t.Elem)
	k, m := nested("k", depth), nested("m", depth)
	g.decodeKey(f, key, k, depth)
	f.If("_, ok := ", v.index(k).val(), "; ok")
	f.L("d.Duplicate()")
	f.End()
	if key.Enum != nil && !key.Enum.Open {
		f.checks("d", g.checks(key, variable(k), nil))
	}
	g.decodeInto(f, elem, m, depth)
	f.L(v.index(k).val(), " = ", m)
}

// decodeKey turns the name of a member into a key. A name that is no key is
// reported and its value passed over.
func (g *generator) decodeKey(f *file, key *model.Type, k string, depth int) {
	n := nested("n", depth)
	b := basics[key.Kind]
	switch key.Kind {
	case model.String:
		f.L(k, " := ", x(key.Go), "(d.Name())")
		return
	case model.Text, model.Time:
		f.L("var ", k, " ", x(key.Go))
		f.If("!d.KeyText(&", k, ")")
		f.L("d.Skip()")
		f.L("continue")
		f.End()
		return
	case model.Int, model.Int8, model.Int16, model.Int32, model.Int64:
		f.L(n, ", ok := d.KeyInt(", bitsOf[key.Kind], ")")
	case model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64:
		f.L(n, ", ok := d.KeyUint(", bitsOf[key.Kind], ")")
	default:
		g.fail("type %s of kind %q cannot be the key of a JSON object", x(key.Go).text(), key.Kind)
		return
	}
	f.If("!ok")
	f.L("d.Skip()")
	f.L("continue")
	f.End()
	if isPlain(key, b) && b.wide == "" {
		f.L(k, " := ", n)
		return
	}
	f.L(k, " := ", x(key.Go), "(", n, ")")
}

// bitsOf are the sizes of integers; int and uint are taken for 64 bits wide
// where the compiler says so.
var bitsOf = map[model.Kind]expr{
	model.Int: sym("strconv", "IntSize"), model.Int8: x("8"), model.Int16: x("16"), model.Int32: x("32"), model.Int64: x("64"),
	model.Uint: sym("strconv", "IntSize"), model.Uint8: x("8"), model.Uint16: x("16"), model.Uint32: x("32"), model.Uint64: x("64"),
}
