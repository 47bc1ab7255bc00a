package openapi

import (
	"reflect"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// schema is a JSON Schema of draft 2020-12 with the keywords in use here.
type schema struct {
	// variant is what Ref is to lead to; its name is known only at the end.
	variant *variant

	Ref         string     `json:"$ref,omitzero"`
	Description string     `json:"description,omitzero"`
	Deprecated  bool       `json:"deprecated,omitzero"`
	Type        typeSet    `json:"type,omitzero"`
	Nullable    bool       `json:"nullable,omitzero"` // 3.0 alone
	Format      string     `json:"format,omitzero"`
	Encoding    string     `json:"contentEncoding,omitzero"`
	ReadOnly    bool       `json:"readOnly,omitzero"`
	WriteOnly   bool       `json:"writeOnly,omitzero"`
	Enum        []jsonText `json:"enum,omitzero"`
	Default     jsonText   `json:"default,omitzero"`

	Minimum       jsonText `json:"minimum,omitzero"`
	Maximum       jsonText `json:"maximum,omitzero"`
	MinLength     *int     `json:"minLength,omitzero"`
	MaxLength     *int     `json:"maxLength,omitzero"`
	Pattern       string   `json:"pattern,omitzero"`
	MinItems      *int     `json:"minItems,omitzero"`
	MaxItems      *int     `json:"maxItems,omitzero"`
	MinProperties *int     `json:"minProperties,omitzero"`
	MaxProperties *int     `json:"maxProperties,omitzero"`

	Items                *schema          `json:"items,omitzero"`
	Properties           ordered[*schema] `json:"properties,omitzero"`
	Required             []string         `json:"required,omitzero"`
	PropertyNames        *schema          `json:"propertyNames,omitzero"`
	AdditionalProperties any              `json:"additionalProperties,omitzero"` // false or *schema

	AnyOf []*schema `json:"anyOf,omitzero"`
	AllOf []*schema `json:"allOf,omitzero"`
	Not   *schema   `json:"not,omitzero"`

	Examples []jsonText `json:"examples,omitzero"`
	Example  jsonText   `json:"example,omitzero"` // 3.0 alone

	EnumNames        []string   `json:"x-enum-varnames,omitzero"`
	EnumDescriptions []string   `json:"x-enum-descriptions,omitzero"`
	OpenEnum         []jsonText `json:"x-extensible-enum,omitzero"`
}

// jsonText is a value that is JSON already.
type jsonText = jsontext.Value

// typeSet is the keyword type: one name, or several.
type typeSet []string

// MarshalJSONTo writes a single name without an array around it.
func (t typeSet) MarshalJSONTo(enc *jsontext.Encoder) error {
	if len(t) == 1 {
		return enc.WriteToken(jsontext.String(t[0]))
	}
	return json.MarshalEncode(enc, []string(t))
}

func typed(name string) *schema { return &schema{Type: typeSet{name}} }

// isEmpty reports whether the schema takes everything and says nothing.
func (s *schema) isEmpty() bool { return reflect.ValueOf(*s).IsZero() }

// each calls f for the schema and all inside it, outer ones first.
func (s *schema) each(f func(*schema)) {
	if s == nil {
		return
	}
	f(s)
	s.Items.each(f)
	for _, name := range s.Properties.names {
		s.Properties.values[name].each(f)
	}
	s.PropertyNames.each(f)
	if inner, ok := s.AdditionalProperties.(*schema); ok {
		inner.each(f)
	}
	for _, list := range [][]*schema{s.AnyOf, s.AllOf} {
		for _, inner := range list {
			inner.each(f)
		}
	}
	s.Not.each(f)
}

// nullable returns the schema widened by null.
func (s *schema) nullable() *schema {
	switch {
	case s.isEmpty():
		return s
	case len(s.Type) == 0:
		out := &schema{AnyOf: []*schema{s, typed("null")}}
		out.describeAs(s)
		return out
	}
	// The other keywords in use speak of values of other types, so that they
	// let null pass; only enum does not.
	s.Type = append(s.Type, "null")
	if len(s.Enum) > 0 {
		s.Enum = append(s.Enum, jsonText("null"))
	}
	return s
}

// describeAs takes what only describes from inner, which s is put around.
func (s *schema) describeAs(inner *schema) {
	s.Description, s.Deprecated, s.ReadOnly, s.WriteOnly, s.Default, s.Examples = inner.Description, inner.Deprecated, inner.ReadOnly, inner.WriteOnly, inner.Default, inner.Examples
	inner.Description, inner.Deprecated, inner.ReadOnly, inner.WriteOnly, inner.Default, inner.Examples = "", false, false, false, nil, nil
}

func number(n int) *int { return &n }
