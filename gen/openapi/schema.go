package openapi

import "encoding/json"

// schema is a JSON Schema of draft 2020-12 with the keywords in use here.
type schema struct {
	// variant is what Ref is to lead to; its name is known only at the end.
	variant *variant

	Ref         string     `json:"$ref,omitempty"`
	Description string     `json:"description,omitempty"`
	Deprecated  bool       `json:"deprecated,omitempty"`
	Type        typeSet    `json:"type,omitempty"`
	Nullable    bool       `json:"nullable,omitempty"` // 3.0 alone
	Format      string     `json:"format,omitempty"`
	Encoding    string     `json:"contentEncoding,omitempty"`
	ReadOnly    bool       `json:"readOnly,omitempty"`
	WriteOnly   bool       `json:"writeOnly,omitempty"`
	Enum        []jsonText `json:"enum,omitempty"`
	Default     jsonText   `json:"default,omitempty"`

	Minimum       jsonText `json:"minimum,omitempty"`
	Maximum       jsonText `json:"maximum,omitempty"`
	MinLength     *int     `json:"minLength,omitempty"`
	MaxLength     *int     `json:"maxLength,omitempty"`
	Pattern       string   `json:"pattern,omitempty"`
	MinItems      *int     `json:"minItems,omitempty"`
	MaxItems      *int     `json:"maxItems,omitempty"`
	MinProperties *int     `json:"minProperties,omitempty"`
	MaxProperties *int     `json:"maxProperties,omitempty"`

	Items                *schema          `json:"items,omitempty"`
	Properties           ordered[*schema] `json:"properties,omitzero"`
	Required             []string         `json:"required,omitempty"`
	PropertyNames        *schema          `json:"propertyNames,omitempty"`
	AdditionalProperties any              `json:"additionalProperties,omitempty"` // false or *schema

	AnyOf []*schema `json:"anyOf,omitempty"`
	AllOf []*schema `json:"allOf,omitempty"`
	Not   *schema   `json:"not,omitempty"`

	Examples []jsonText `json:"examples,omitempty"`
	Example  jsonText   `json:"example,omitempty"` // 3.0 alone

	EnumNames        []string   `json:"x-enum-varnames,omitempty"`
	EnumDescriptions []string   `json:"x-enum-descriptions,omitempty"`
	OpenEnum         []jsonText `json:"x-extensible-enum,omitempty"`
}

// jsonText is a value that is JSON already.
type jsonText = json.RawMessage

// typeSet is the keyword type: one name, or several.
type typeSet []string

// MarshalJSON writes a single name without an array around it.
func (t typeSet) MarshalJSON() ([]byte, error) {
	if len(t) == 1 {
		return json.Marshal(t[0])
	}
	return json.Marshal([]string(t))
}

func typed(name string) *schema { return &schema{Type: typeSet{name}} }

// isEmpty reports whether the schema takes everything and says nothing.
func (s *schema) isEmpty() bool {
	b, err := json.Marshal(s)
	return err == nil && s.variant == nil && string(b) == "{}"
}

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
