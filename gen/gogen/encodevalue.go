package gogen

import (
	"strings"
	"unicode/utf8"

	"github.com/apigen-go/apigen/gen/model"
)

// encoding is what writing a value depends on beside its type.
type encoding struct {
	quoted bool
	depth  int
}

// encodeValue writes one value through e.
func (g *generator) encodeValue(f *file, t *model.Type, v value, c encoding) {
	if c.depth >= maxDepth {
		g.fail("type %s nests too deeply; give its parts names", x(t.Go).text())
		return
	}
	switch t.Kind {
	case model.Pointer:
		f.If(v.val(), " == nil")
		f.L("e.Null()")
		f.Else()
		g.encodeValue(f, g.p.Type(t.Elem), v.deref(), c)
		f.End()
	case model.Opt:
		o := nested("o", c.depth)
		f.If(o, ", ok := ", v.method("Get()"), "; ok")
		g.encodeValue(f, g.p.Type(t.Elem), variable(o), c)
		f.Else()
		f.L("e.Null()")
		f.End()
	case model.Struct:
		f.L(g.encodeCall(t, v, "e"))
	case model.Slice, model.Array, model.Map:
		switch {
		case g.encoded.own(t):
			f.L(g.encodeCall(t, v, "e"))
		case t.Kind == model.Map:
			f.L("e.Object()")
			g.encodeEntries(f, t, v, c.depth)
		default:
			f.L("e.Array()")
			g.encodeElems(f, t, v, c.depth)
		}
	default:
		g.encodeLeaf(f, t, v, c)
	}
}

func (g *generator) encodeLeaf(f *file, t *model.Type, v value, c encoding) {
	if _, ok := basics[t.Kind]; !ok && t.Kind != model.Text && t.Kind != model.JSON {
		g.fail("type %s of kind %q cannot be encoded", x(t.Go).text(), t.Kind)
		return
	}
	if c.quoted {
		f.L("e.Quote()")
	}
	f.L(writeCall(t, v))
}

// encodeElems writes the elements of a list and its end.
func (g *generator) encodeElems(f *file, t *model.Type, v value, depth int) {
	i := nested("i", depth)
	f.For(i, " := range ", v.val())
	f.L("e.Elem()")
	g.encodeValue(f, g.p.Type(t.Elem), v.index(i), encoding{depth: depth + 1})
	f.End()
	f.L("e.EndArray()")
}

// encodeEntries writes the entries of a map in the order of their names, and
// its end.
func (g *generator) encodeEntries(f *file, t *model.Type, v value, depth int) {
	key, elem := g.p.Type(t.Key), g.p.Type(t.Elem)
	k, m := nested("k", depth), nested("m", depth)
	index := g.rangeKeys(f, key, v, k)
	f.L("e.NameString(", keyName(key, k), ")")
	entry := v.index(index)
	if elem.Kind == model.Any || elem.Kind != model.Text && elem.Kind != model.JSON && basics[elem.Kind].write != "" {
		g.encodeValue(f, elem, entry, encoding{depth: depth + 1})
	} else {
		f.L(m, " := ", entry.val())
		g.encodeValue(f, elem, variable(m), encoding{depth: depth + 1})
	}
	f.End()
	f.L("e.EndObject()")
}

// rangeKeys opens a loop over the keys of a map in the order of their names
// and returns the expression of the key.
func (g *generator) rangeKeys(f *file, key *model.Type, v value, k string) string {
	keys := x(sym("maps", "Keys"), "(", v.val(), ")")
	switch key.Kind {
	case model.String:
		f.For("_, ", k, " := range ", sym("slices", "Sorted"), "(", keys, ")")
	case model.Text, model.Time:
		f.For("_, ", k, " := range ", genrtSym("TextKeys"), "(e, ", keys, ")")
		return k + ".Key"
	default:
		f.For("_, ", k, " := range ", genrtSym("DecimalKeys"), "(", keys, ")")
	}
	return k
}

// keyName is the member name of a key.
func keyName(key *model.Type, k string) expr {
	switch key.Kind {
	case model.String:
		return asString(key, variable(k))
	case model.Text, model.Time:
		return x(k, ".Name")
	case model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64:
		return x(sym("strconv", "FormatUint"), "(", wideKey(key, k), ", 10)")
	}
	return x(sym("strconv", "FormatInt"), "(", wideKey(key, k), ", 10)")
}

func wideKey(key *model.Type, k string) string {
	b := basics[key.Kind]
	switch {
	case b.wide != "":
		return b.wide + "(" + k + ")"
	case isPlain(key, b):
		return k
	}
	return b.goType.text() + "(" + k + ")"
}

// jsonQuote writes a JSON string as encoding/json/v2 does: only quotes,
// backslashes and control characters are escaped. Tags hold valid UTF-8.
func jsonQuote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\b':
			b.WriteString(`\b`)
		case r == '\f':
			b.WriteString(`\f`)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ':
			const hex = "0123456789abcdef"
			b.WriteString(`\u00` + string(hex[r>>4]) + string(hex[r&15]))
		case r == utf8.RuneError:
			b.WriteRune('\ufffd')
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
