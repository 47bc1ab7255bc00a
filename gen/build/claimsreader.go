package build

import (
	"go/types"
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/apigen-go/apigen/gen/model"
)

// describeReader lists the claims of the scheme that generated code can read
// without reflection. It does nothing for a type with a claim that needs more.
func (b *builder) describeReader(s *model.Scheme, claims types.Type) {
	st, ok := claims.Underlying().(*types.Struct)
	if !ok {
		return
	}
	var reader model.ClaimsReader
	for i := range st.NumFields() {
		f := st.Field(i)
		if f.Embedded() && isAuthClaims(f.Type()) {
			reader.Embedded = f.Name()
			continue
		}
		tag, tagged := reflect.StructTag(st.Tag(i)).Lookup("json")
		if tag == "-" && tagged || !f.Exported() && !f.Embedded() && !tagged {
			continue
		}
		name, ok := claimName(f.Name(), tag)
		if !ok || f.Embedded() || !f.Exported() {
			return
		}
		if slices.Contains(registeredClaims, name) || slices.ContainsFunc(reader.Own, named(name)) {
			return
		}
		c := b.claim(f.Type())
		if c == nil {
			return
		}
		c.Go, c.Name = f.Name(), name
		reader.Own = append(reader.Own, c)
	}
	if reader.Embedded != "" {
		s.Reader = &reader
	}
}

func named(name string) func(*model.Claim) bool {
	return func(c *model.Claim) bool { return c.Name == name }
}

// claimName returns the name that a json tag gives to a field, and false for a tag
// that says more than the name and when to leave the field out, or whose name is
// only found in tokens with escapes, which are not read this way.
func claimName(field, tag string) (name string, ok bool) {
	name, options, more := strings.Cut(tag, ",")
	if strings.ContainsAny(name, "\\'\"`") || strings.ContainsFunc(name, unicode.IsControl) || !utf8.ValidString(name) {
		return "", false
	}
	if name == "" {
		name = field
	}
	if !more {
		return name, true
	}
	for option := range strings.SplitSeq(options, ",") {
		if option != "omitempty" && option != "omitzero" {
			return "", false
		}
	}
	return name, true
}

// claim describes the value of a claim, nil when it is neither a plain one nor a
// list of strings or integers.
func (b *builder) claim(t types.Type) *model.Claim {
	c := &model.Claim{Kind: b.plainKind(t)}
	_, c.Basic = types.Unalias(t).(*types.Basic)
	if c.Kind != "" {
		return c
	}
	list, ok := t.Underlying().(*types.Slice)
	if !ok || b.hasForm(t) {
		return nil
	}
	c.List, c.Kind = true, b.plainKind(list.Elem())
	_, unnamed := types.Unalias(t).(*types.Slice)
	_, c.Basic = types.Unalias(list.Elem()).(*types.Basic)
	c.Basic = c.Basic && unnamed
	switch c.Kind {
	case "", model.Bool, model.Float32, model.Float64, model.Uint8: // bytes are base64
		return nil
	}
	return c
}

var plainKinds = map[types.BasicKind]model.Kind{
	types.Bool: model.Bool, types.String: model.String, types.Float32: model.Float32, types.Float64: model.Float64,
	types.Int: model.Int, types.Int8: model.Int8, types.Int16: model.Int16, types.Int32: model.Int32, types.Int64: model.Int64,
	types.Uint: model.Uint, types.Uint8: model.Uint8, types.Uint16: model.Uint16, types.Uint32: model.Uint32, types.Uint64: model.Uint64,
}

// plainKind is the kind of a string, number or boolean without a JSON form of its
// own, "" of all other types.
func (b *builder) plainKind(t types.Type) model.Kind {
	if tn := typeName(types.Unalias(t)); tn != nil && tn.Pkg() != nil {
		if name := tn.Pkg().Path() + "." + tn.Name(); name == "time.Duration" || name == "encoding/json.Number" {
			return ""
		}
	}
	basic, ok := t.Underlying().(*types.Basic)
	if !ok || b.hasForm(t) {
		return ""
	}
	return plainKinds[basic.Kind()]
}

func (b *builder) hasForm(t types.Type) bool {
	return b.types.ownForm(new(model.Type), t)
}
