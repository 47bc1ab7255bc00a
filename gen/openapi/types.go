package openapi

import (
	"slices"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// element is the schema of a type where no field says more of it: the answer
// as a whole, an element of a list or a map, what a pointer leads to.
func (d *describer) element(id model.TypeID, m mode) *schema {
	t := d.pkg.Type(id)
	switch t.Kind {
	case model.Pointer:
		s := d.element(t.Elem, m)
		if m.request {
			return s // null is no element
		}
		return s.nullable()
	case model.Opt:
		return d.element(t.Elem, m).nullable()
	}
	if t.Kind == model.JSON && m.request && wellKnown(t) != nil {
		return wellKnown(t).nullable() // its own method reads null
	}
	if !d.isComponent(t) {
		return d.inline(t, m)
	}
	plain, long, own := d.names(t)
	return d.variant(variantKey{d.typeID(t), m}, plain, long, own, func() *schema {
		s := d.inline(t, m)
		s.Description = d.markdown(t.Doc)
		s.Deprecated = t.Doc.Deprecated != ""
		describeEnum(d, s, t)
		return s
	})
}

// isComponent reports whether a type has a schema of its own among the
// components: types with names, but for those of the standard library.
func (d *describer) isComponent(t *model.Type) bool {
	switch {
	case !t.Named, t.Kind == model.Time, t.Kind == model.Duration, t.Kind == model.Any, wellKnown(t) != nil:
		return false
	case t.Kind == model.Struct, t.Enum != nil, t.Go[0].Pkg == "":
		return true
	}
	first, _, _ := strings.Cut(t.Go[0].Pkg, "/")
	return strings.Contains(first, ".")
}

// inline is the schema of a type written out.
func (d *describer) inline(t *model.Type, m mode) *schema {
	if s := wellKnown(t); s != nil {
		return s
	}
	if s := scalar(t); s != nil {
		return s
	}
	switch t.Kind {
	case model.Any, model.JSON:
		return &schema{}
	case model.Slice:
		return &schema{Type: typeSet{"array"}, Items: d.element(t.Elem, m)}
	case model.Array:
		return &schema{Type: typeSet{"array"}, Items: d.element(t.Elem, m), MinItems: number(t.Len), MaxItems: number(t.Len)}
	case model.Map:
		return &schema{Type: typeSet{"object"}, PropertyNames: d.keys(d.pkg.Type(t.Key)), AdditionalProperties: d.element(t.Elem, m)}
	case model.Struct:
		s := d.object(t.Fields, m)
		d.fill(s, t, m)
		return s
	}
	fault("type %s of kind %q has no schema", t.Label, t.Kind)
	return nil
}

// object is the schema of a struct.
func (d *describer) object(fields []*model.Field, m mode) *schema {
	s := typed("object")
	for _, f := range fields {
		if !travels(f, m) || f.Hidden {
			continue
		}
		s.Properties.set(f.Name, d.member(f, m))
		if d.present(f, m) {
			s.Required = append(s.Required, f.Name)
		}
	}
	if m.request && m.reject {
		s.AdditionalProperties = false
	}
	return s
}

// fill takes null from the member of an envelope that holds the answer: a
// handler that returns nil answers without an envelope.
func (d *describer) fill(s *schema, t *model.Type, m mode) {
	field, ok := d.filled[t]
	if !ok || m.request {
		return
	}
	for _, f := range t.Fields {
		if inner := d.pkg.Type(f.Type); len(f.Go) == 1 && f.Go[0] == field && inner.Kind == model.Pointer {
			value := d.valueOf(f, m)
			d.describeField(value, f)
			s.Properties.set(f.Name, value)
		}
	}
}

// travels reports whether a member stands in that direction at all.
func travels(f *model.Field, m mode) bool {
	return m.request && !f.ReadOnly || !m.request && !f.WriteOnly
}

// present reports whether a member is always there: what a request must have,
// and what an answer never leaves out.
func (d *describer) present(f *model.Field, m mode) bool {
	if m.request {
		return f.Required
	}
	return !d.omitted(f)
}

// omitted reports whether an answer may lack a member. With the meaning that
// omitempty has in version 1 of encoding/json, structs and the like are never
// empty.
func (d *describer) omitted(f *model.Field) bool {
	if f.OmitZero {
		return true
	}
	if !f.OmitEmpty {
		return false
	}
	switch t := d.pkg.Type(f.Type); t.Kind {
	case model.Struct, model.Time, model.Opt:
		return false
	case model.Array:
		return t.Len == 0
	}
	return true
}

// null reports whether null may stand for a member.
func (d *describer) null(f *model.Field, m mode) bool {
	t := d.pkg.Type(f.Type)
	switch {
	case t.Kind == model.Any || t.Kind == model.JSON:
		return false // whose schema takes it anyway
	case m.request:
		return f.Nullable || m.nulls && !f.Required
	case t.Kind == model.Pointer:
		return !d.omitted(f)
	}
	return t.Kind == model.Opt
}

// keys is the schema of the names of a map's members, nil for any.
func (d *describer) keys(t *model.Type) *schema {
	switch t.Kind {
	case model.Int, model.Int8, model.Int16, model.Int32, model.Int64:
		return &schema{Pattern: `^(0|-?[1-9][0-9]*)$`}
	case model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64:
		return &schema{Pattern: `^(0|[1-9][0-9]*)$`}
	case model.Time:
		return &schema{Format: "date-time"}
	}
	if t.Enum != nil && !t.Enum.Open {
		return &schema{Enum: enumValues(t)}
	}
	return nil
}

// scalar is the schema of a type that is one value, nil for others.
func scalar(t *model.Type) *schema {
	s := &schema{}
	switch t.Kind {
	case model.Bool:
		s.Type = typeSet{"boolean"}
	case model.Float32:
		s.Type, s.Format = typeSet{"number"}, "float"
	case model.Float64:
		s.Type, s.Format = typeSet{"number"}, "double"
	case model.String, model.Text:
		s.Type = typeSet{"string"}
	case model.Bytes:
		s.Type, s.Encoding, s.Pattern = typeSet{"string"}, "base64", base64Pattern
	case model.Time:
		s.Type, s.Format = typeSet{"string"}, "date-time"
	case model.Duration:
		s.Type, s.Pattern, s.Examples = typeSet{"string"}, durationPattern, []jsonText{jsonText(`"1m30s"`)}
	default:
		if !integer(s, t.Kind) {
			return nil
		}
	}
	if t.Enum == nil {
		return s
	}
	if t.Enum.Open {
		s.OpenEnum = enumValues(t)
	} else {
		s.Enum, s.Minimum, s.Maximum = enumValues(t), nil, nil
	}
	return s
}

// The forms that have no keyword of their own.
const (
	// base64Pattern is RFC 4648 section 4, with padding and without line ends.
	base64Pattern = `^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$`
	// durationPattern is what time.ParseDuration takes.
	durationPattern = `^[-+]?(0|(([0-9]+(\.[0-9]*)?|\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$`
)

// integer describes a whole number. Bounds of 64 bits are left to the format:
// readers that count in floating point would round them (RFC 7493 section 2.2).
func integer(s *schema, k model.Kind) bool {
	name := string(k)
	unsigned := strings.HasPrefix(name, "uint")
	bits, isInt := strings.CutPrefix(strings.TrimPrefix(name, "u"), "int")
	if !isInt {
		return false
	}
	s.Type = typeSet{"integer"}
	if unsigned {
		s.Minimum = jsonText("0")
	}
	switch n, _ := strconv.Atoi(bits); {
	case n == 0 || n == 64:
		s.Format = "int64"
		if unsigned {
			s.Format = "uint64"
		}
	case unsigned:
		s.Format, s.Maximum = name, jsonText(strconv.FormatUint(1<<n-1, 10))
	default:
		s.Format = name
		s.Minimum, s.Maximum = jsonText(strconv.FormatInt(-1<<(n-1), 10)), jsonText(strconv.FormatInt(1<<(n-1)-1, 10))
	}
	return true
}

// wellKnown is the schema of types whose own form everybody knows, nil for
// others.
func wellKnown(t *model.Type) *schema {
	if len(t.Go) != 1 {
		return nil
	}
	switch t.Go[0].Pkg + "." + t.Go[0].Text {
	case "github.com/google/uuid.UUID", "github.com/gofrs/uuid/v5.UUID":
		return &schema{Type: typeSet{"string"}, Format: "uuid"}
	case "math/big.Int":
		return typed("integer")
	}
	return nil
}

// enumValues are the constants of an enum as JSON.
func enumValues(t *model.Type) []jsonText {
	var out []jsonText
	for _, v := range t.Enum.Values {
		out = append(out, literal(v.Literal))
	}
	return out
}

// describeEnum adds what the constants of an enum say of themselves.
func describeEnum(d *describer, s *schema, t *model.Type) {
	if t.Enum == nil {
		return
	}
	var lines []string
	for _, v := range t.Enum.Values {
		s.EnumNames = append(s.EnumNames, v.GoName)
		text := strings.Join(strings.Fields(d.markdown(v.Doc)), " ")
		s.EnumDescriptions = append(s.EnumDescriptions, text)
		if text != "" {
			lines = append(lines, "- "+code(v.Text)+": "+text)
		}
	}
	if len(lines) == 0 {
		s.EnumDescriptions = nil
		return
	}
	if !slices.ContainsFunc(s.EnumDescriptions, func(text string) bool { return text != "" }) {
		s.EnumDescriptions = nil
	}
	s.Description = paragraphs(s.Description, strings.Join(lines, "\n"))
}
