package gogen

import (
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// value is a variable of generated code: text names it, or names a pointer
// to it.
type value struct {
	text    string
	pointer bool
}

func variable(name string) value { return value{text: name} }

// pointed is what the pointer called name points to.
func pointed(name string) value { return value{text: name, pointer: true} }

// deref is what v, a pointer, points to.
func (v value) deref() value { return value{text: v.operand(), pointer: true} }

// val reads or assigns the value.
func (v value) val() string {
	if v.pointer {
		return "*" + v.text
	}
	return v.text
}

// addr is a pointer to the value.
func (v value) addr() string {
	if v.pointer {
		return v.text
	}
	return "&" + v.text
}

// operand is the value in front of an index.
func (v value) operand() string {
	if v.pointer {
		return "(*" + v.text + ")"
	}
	return v.text
}

func (v value) index(i string) value { return value{text: v.operand() + "[" + i + "]"} }

func (v value) field(path []string) value {
	return value{text: v.text + "." + strings.Join(path, ".")}
}

// method calls a method of the value; Go takes the address or follows the
// pointer by itself.
func (v value) method(call string) string { return v.text + "." + call }

// basic describes a kind whose values the runtime reads and writes itself.
type basic struct {
	read   string // method of jsonrt.Decoder and genrt.Param
	write  string // method of jsonrt.Encoder
	goType expr   // type that read wants a pointer to
	wide   string // type that write takes, where it is wider
}

var basics = map[model.Kind]basic{
	model.Bool:     {"Bool", "Bool", x("bool"), ""},
	model.Int:      {"Int", "Int64", x("int"), "int64"},
	model.Int8:     {"Int8", "Int64", x("int8"), "int64"},
	model.Int16:    {"Int16", "Int64", x("int16"), "int64"},
	model.Int32:    {"Int32", "Int64", x("int32"), "int64"},
	model.Int64:    {"Int64", "Int64", x("int64"), ""},
	model.Uint:     {"Uint", "Uint64", x("uint"), "uint64"},
	model.Uint8:    {"Uint8", "Uint64", x("uint8"), "uint64"},
	model.Uint16:   {"Uint16", "Uint64", x("uint16"), "uint64"},
	model.Uint32:   {"Uint32", "Uint64", x("uint32"), "uint64"},
	model.Uint64:   {"Uint64", "Uint64", x("uint64"), ""},
	model.Float32:  {"Float32", "Float32", x("float32"), ""},
	model.Float64:  {"Float64", "Float64", x("float64"), ""},
	model.String:   {"String", "String", x("string"), ""},
	model.Bytes:    {"Bytes", "Base64", x("[]byte"), ""},
	model.Time:     {"Time", "Time", sym("time", "Time"), ""},
	model.Duration: {"Duration", "Duration", sym("time", "Duration"), ""},
	model.Any:      {"Any", "Value", x("any"), "any"},
}

// otherSpellings are the types that go by two names.
var otherSpellings = map[string]string{"byte": "uint8", "rune": "int32", "[]uint8": "[]byte", "interface{}": "any", "interface {}": "any"}

// isPlain reports whether t is spelled as the basic type itself, so that no
// conversion is called for.
func isPlain(t *model.Type, b basic) bool {
	if len(t.Go) != 1 || len(b.goType) != 1 {
		return false
	}
	have, want := t.Go[0], b.goType[0]
	text := have.Text
	if other := otherSpellings[text]; other != "" && have.Pkg == "" {
		text = other
	}
	return have.Pkg == want.pkg && text == want.text
}

// readCall reads a value from sink: the decoder d or the parameter p.
func readCall(sink string, t *model.Type, v value) expr {
	switch {
	case t.Kind == model.Text && t.Unmarshal == "UnmarshalText":
		return x(sink, ".Text(", v.addr(), ")")
	case t.Kind == model.JSON && t.Unmarshal == "UnmarshalJSON":
		return x(sink, ".Unmarshaler(", v.addr(), ")")
	case t.Kind == model.Text || t.Kind == model.JSON:
		return x(sink, ".Value(", v.addr(), ")")
	}
	b := basics[t.Kind]
	if isPlain(t, b) {
		return x(sink, ".", b.read, "(", v.addr(), ")")
	}
	return x(sink, ".", b.read, "((*", b.goType, ")(", v.addr(), "))")
}

// writeCall writes a value through the encoder e.
func writeCall(t *model.Type, v value) expr {
	switch {
	case t.Kind == model.Text && t.Marshal == "MarshalText":
		return x("e.Text(", v.addr(), ")")
	case t.Kind == model.JSON && t.Marshal == "MarshalJSON":
		return x("e.Marshaler(", v.addr(), ")")
	case t.Kind == model.Text || t.Kind == model.JSON:
		return x("e.Value(", v.addr(), ")")
	}
	b := basics[t.Kind]
	switch {
	case t.Kind == model.Any || b.wide == "" && isPlain(t, b):
		return x("e.", b.write, "(", v.val(), ")")
	case b.wide != "":
		return x("e.", b.write, "(", b.wide, "(", v.val(), "))")
	}
	return x("e.", b.write, "(", b.goType, "(", v.val(), "))")
}

// asString is a value of kind string as a string.
func asString(t *model.Type, v value) expr {
	if isPlain(t, basics[model.String]) {
		return x(v.val())
	}
	return x("string(", v.val(), ")")
}
