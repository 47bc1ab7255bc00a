package model

// TypeID indexes Package.Types.
type TypeID int

// NoType stands where there is no type.
const NoType TypeID = -1

// MaxDepth bounds how deeply lists, maps and the like nest in a type without a
// name: generated code nests as deep, with variables for each level.
const MaxDepth = 16

// Kind tells how a type travels.
type Kind string

// The kinds. A named type has the kind of its underlying type unless it has
// methods that take its JSON over (Text, JSON).
const (
	Bool     Kind = "bool"
	Int      Kind = "int"
	Int8     Kind = "int8"
	Int16    Kind = "int16"
	Int32    Kind = "int32"
	Int64    Kind = "int64"
	Uint     Kind = "uint"
	Uint8    Kind = "uint8"
	Uint16   Kind = "uint16"
	Uint32   Kind = "uint32"
	Uint64   Kind = "uint64"
	Float32  Kind = "float32"
	Float64  Kind = "float64"
	String   Kind = "string"
	Bytes    Kind = "bytes"    // []byte: base64 in JSON
	Time     Kind = "time"     // time.Time: RFC 3339
	Duration Kind = "duration" // time.Duration: "1m30s"
	Any      Kind = "any"      // interface{}
	Text     Kind = "text"     // encoding.TextMarshaler / TextUnmarshaler
	JSON     Kind = "json"     // its own MarshalJSON / UnmarshalJSON (v1 or v2 form)
	Struct   Kind = "struct"
	Slice    Kind = "slice"
	Array    Kind = "array"
	Map      Kind = "map"
	Pointer  Kind = "pointer"
	Opt      Kind = "opt" // runtime.Opt[Elem]
)

// Scalar reports whether a value of the kind fits in one parameter text.
func (k Kind) Scalar() bool {
	switch k {
	case Struct, Slice, Array, Map, Pointer, Opt, Any, JSON, Bytes:
		return false
	}
	return true
}

// Type is one Go type.
type Type struct {
	ID   TypeID `json:"id"`
	Kind Kind   `json:"kind"`
	// Go spells the type in Go source.
	Go Expr `json:"go"`
	// Named tells that the type has a name of its own; Label is a Go
	// identifier part made of it (type arguments included), unique in the
	// table, from which helper functions take their names: "PageOfItem".
	// Types without a name have a Label too where they need a helper.
	Named bool   `json:"named,omitempty"`
	Label string `json:"label,omitempty"`

	Elem TypeID `json:"elem,omitempty"` // slice, array, map, pointer, opt; NoType otherwise
	Key  TypeID `json:"key,omitempty"`  // map
	Len  int    `json:"len,omitempty"`  // array

	// Fields are the JSON members of a struct, embedded ones flattened, in
	// the order they are written.
	Fields []*Field `json:"fields,omitempty"`

	// Comparable zero: IsZeroMethod tells that omitzero calls v.IsZero().
	IsZeroMethod bool `json:"isZeroMethod,omitempty"`

	// Decoding and encoding of Text and JSON kinds: the method to call.
	Unmarshal string `json:"unmarshal,omitempty"` // UnmarshalText, UnmarshalJSON, UnmarshalJSONFrom, ""
	Marshal   string `json:"marshal,omitempty"`   // MarshalText, AppendText, MarshalJSON, MarshalJSONTo, ""
	// MarshalPointer tells that Marshal has a pointer receiver.
	MarshalPointer bool `json:"marshalPointer,omitempty"`

	// Validate is "" or the form of the type's own Validate method: "plain"
	// for Validate() error, "context" for Validate(context.Context) error.
	Validate string `json:"validate,omitempty"`
	// InnerValidate lists the Validate methods of embedded structs that the
	// type's own Validate hides; they run before it, in this order.
	InnerValidate []InnerValidate `json:"innerValidate,omitempty"`

	// Enum holds the constants of an enum, nil for other types.
	Enum *Enum `json:"enum,omitempty"`

	NeedsDecode   bool `json:"needsDecode,omitempty"`   // reached from a request or a claims type
	NeedsEncode   bool `json:"needsEncode,omitempty"`   // reached from a response
	NeedsValidate bool `json:"needsValidate,omitempty"` // it or a part of it has a Validate method, reached from a request
	// Validates tells which forms occur in the type's tree: error path needed for "context".
	ValidatesContext bool `json:"validatesContext,omitempty"`
	Recursive        bool `json:"recursive,omitempty"`

	Doc Doc `json:"doc"`
	Pos Pos `json:"pos"`
}

// InnerValidate is the Validate method of an embedded struct.
type InnerValidate struct {
	Go   []string `json:"go"`   // selector path of the embedded struct
	Form string   `json:"form"` // "plain" or "context"
}

// Enum is a named string or integer type with two or more constants in one
// block.
type Enum struct {
	Open   bool        `json:"open,omitempty"` // unknown values are accepted
	Values []EnumValue `json:"values"`
}

// EnumValue is one constant of an enum.
type EnumValue struct {
	GoName  string `json:"goName"`
	Literal string `json:"literal"` // Go literal: "\"asc\"" or "3"
	Text    string `json:"text"`    // as it travels in a parameter
	Doc     Doc    `json:"doc"`
}

// In is where a field travels.
type In string

// The locations.
const (
	InBody   In = "body"
	InPath   In = "path"
	InQuery  In = "query"
	InHeader In = "header"
	InCookie In = "cookie"
)

// Field is a field of a struct or of a request.
type Field struct {
	// Go is the selector path: ["Base", "ID"] for a field of an embedded struct.
	Go   []string `json:"go"`
	Name string   `json:"name"` // on the wire
	In   In       `json:"in"`
	Type TypeID   `json:"type"`
	Doc  Doc      `json:"doc"`
	Pos  Pos      `json:"pos"`

	Required bool `json:"required,omitempty"` // absence is an error
	Nullable bool `json:"nullable,omitempty"` // null is a value of it
	// Default is a Go expression assigned on absence, nil for none.
	Default *Expr `json:"default,omitempty"`
	// DefaultText is the default as the tag has it: lists with commas.
	DefaultText string `json:"defaultText,omitempty"`
	Rules       []Rule `json:"rules,omitempty"`

	// ReadOnly members are never read from requests, WriteOnly ones never written
	// to answers, Hidden ones are left out of documents.
	ReadOnly  bool `json:"readOnly,omitempty"`
	WriteOnly bool `json:"writeOnly,omitempty"`
	Hidden    bool `json:"hidden,omitempty"`

	OmitEmpty bool   `json:"omitEmpty,omitempty"` // v1's meaning
	OmitZero  bool   `json:"omitZero,omitempty"`
	Quoted    bool   `json:"quoted,omitempty"` // json:",string": a number inside a string
	CSV       bool   `json:"csv,omitempty"`    // list in one parameter, comma-separated
	Example   string `json:"example,omitempty"`
}

// Rule is one check of a validate tag.
type Rule struct {
	// Name is required, min, max, len, oneof, email, enum or omitempty. It is
	// the code a client sees. "omitempty" skips the rules behind it when the
	// value is empty; "enum" stands for a closed enum's own check.
	Name string `json:"name"`
	// Of tells what is compared: "value" (number), "runes" (string), "items"
	// (slice, array, map), "duration".
	Of string `json:"of,omitempty"`
	// Param is a Go literal to compare with: 3, 2.5, int64(1500000000).
	Param string `json:"param,omitempty"`
	// Values are Go literals, for oneof and enum.
	Values []string `json:"values,omitempty"`
	// Detail is the sentence a client reads.
	Detail string `json:"detail"`
	Pos    Pos    `json:"pos"`
}

// Expr is Go source cut where it names another package, so that a back end
// can write the qualifier its imports call for.
type Expr []Piece

// Piece is text as it stands, or Name of package Pkg (an import path; "" is
// text).
type Piece struct {
	Pkg  string `json:"pkg,omitempty"`
	Text string `json:"text"` // the name, where Pkg is set
}
