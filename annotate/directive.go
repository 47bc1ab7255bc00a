package annotate

import (
	"go/ast"
	"go/token"
	"time"
)

// Directive is a directive comment of the user's source, attached to what it
// belongs on. Only arguments that fit the schema are in Args.
type Directive struct {
	Name string // "route"
	Spec *Spec
	// Pos and End enclose the whole comment.
	Pos, End token.Pos
	Args     []Arg
	// Broken tells that a mistake in the arguments was reported, so that
	// what follows from missing ones need not be.
	Broken bool

	Target Target
	File   *ast.File
	// Type and GenDecl are the type declaration (TargetType), or the interface
	// type that declares the method (TargetMethod).
	Type    *ast.TypeSpec
	GenDecl *ast.GenDecl
	// Func is the method (TargetMethod of a concrete type).
	Func *ast.FuncDecl
	// Field is the method of an interface type (TargetMethod).
	Field *ast.Field
}

// Span returns the place of the whole comment.
func (d *Directive) Span() Span { return Span{d.Pos, d.End} }

// Arg returns the argument of the given key, positional ones by the names the
// schema gives them. It is nil when absent.
func (d *Directive) Arg(key string) *Arg {
	for i := range d.Args {
		if d.Args[i].KeySpec.Name == key {
			return &d.Args[i]
		}
	}
	return nil
}

// Arg is an argument of a directive.
type Arg struct {
	Key     string // "" for a positional argument
	KeySpec *Key
	Values  []Value // none for a flag
	// Flag tells that the argument is a flag; On is its value.
	Flag bool
	On   bool
	// None tells that the single value is none.
	None bool
	// Pos and End enclose the key and its values.
	Pos, End token.Pos
}

// Span returns the place of the argument.
func (a *Arg) Span() Span { return Span{a.Pos, a.End} }

// Value returns the first value; the zero Value when there is none.
func (a *Arg) Value() Value {
	if a == nil || len(a.Values) == 0 {
		return Value{}
	}
	return a.Values[0]
}

// Text returns the text of the first value, "" for none or a nil argument.
func (a *Arg) Text() string { return a.Value().Text }

// Value is a value of an argument.
type Value struct {
	// Text is the decoded text; of a name of another package the part behind
	// the dot, of a Place the part behind the colon.
	Text string
	// Qual is the package qualifier as written in pkg.Name; of a Place one of
	// authorization, header, cookie and query.
	Qual string
	// Pkg is the import path of "import/path".Name.
	Pkg    string
	Quoted bool
	// Int is the number of a Status or Bytes value.
	Int int64
	// Duration is the time of a Duration value.
	Duration time.Duration
	Pos, End token.Pos

	lit string // as written
}

// Span returns the place of the value.
func (v Value) Span() Span { return Span{v.Pos, v.End} }

// At returns the position of the byte at offset of Text, for values without
// qualifier.
func (v Value) At(offset int) token.Pos {
	if v.Quoted {
		return v.Pos + token.Pos(quotedOffset(v.lit, offset))
	}
	return v.Pos + token.Pos(offset)
}
