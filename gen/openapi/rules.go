package openapi

import (
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// ruled narrows the schema of a type by the rules of a field.
func ruled(s *schema, t *model.Type, rules []model.Rule) *schema {
	for i, r := range rules {
		if r.Name == "omitempty" {
			return orEmpty(s, t, rules[i+1:])
		}
		rule(s, t, r)
	}
	return s
}

// orEmpty is the schema of a value that is empty or keeps the rules. An enum
// need not hold then either.
func orEmpty(s *schema, t *model.Type, rules []model.Rule) *schema {
	nothing := &schema{}
	switch t.Kind {
	case model.String, model.Bytes:
		nothing.MaxLength = number(0)
	case model.Slice:
		nothing.MaxItems = number(0)
	case model.Map:
		nothing.MaxProperties = number(0)
	default:
		return ruled(s, t, rules)
	}
	if t.Enum != nil && !t.Enum.Open {
		nothing.Type = typeSet{"string"}
		return &schema{AnyOf: []*schema{nothing, ruled(s, t, rules)}}
	}
	full := ruled(&schema{}, t, rules)
	if full.isEmpty() {
		return s
	}
	if !emptyOrSized(s, full, t) {
		s.AnyOf = []*schema{nothing, full}
	}
	return s
}

// emptyOrSized narrows s to what is empty or has the length that full asks for,
// and reports false when full asks for more than that. It takes away the lengths
// between: a choice of two schemas would say the same, and is two types to makers
// of clients.
func emptyOrSized(s, full *schema, t *model.Type) bool {
	rest := *full
	var least, most *int
	between := &schema{}
	switch t.Kind {
	case model.String:
		between.Type, least, most = typeSet{"string"}, full.MinLength, full.MaxLength
		rest.MinLength, rest.MaxLength = nil, nil
	case model.Slice:
		between.Type, between.Items = typeSet{"array"}, &schema{} // which 3.0 wants of every array
		least, most = full.MinItems, full.MaxItems
		rest.MinItems, rest.MaxItems = nil, nil
	case model.Map:
		between.Type, least, most = typeSet{"object"}, full.MinProperties, full.MaxProperties
		rest.MinProperties, rest.MaxProperties = nil, nil
	}
	if !rest.isEmpty() {
		return false
	}
	if most != nil {
		length(s, t, "max", *most)
	}
	if least != nil && *least > 1 {
		length(between, t, "min", 1)
		length(between, t, "max", *least-1)
		s.Not = between
	}
	return true
}

// rule adds one rule.
func rule(s *schema, t *model.Type, r model.Rule) {
	switch r.Name {
	case "required":
		length(s, t, "min", 1)
	case "min", "max", "len":
		bound(s, t, r)
	case "oneof":
		values := make([]jsonText, len(r.Values))
		for i, v := range r.Values {
			values[i] = literal(v)
		}
		if len(s.Enum) > 0 {
			s.AllOf = append(s.AllOf, &schema{Enum: values})
		} else {
			s.Enum = values
		}
	case "email":
		s.Format = "email"
	case "enum":
	default:
		fault("rule %q has no schema", r.Name)
	}
}

func bound(s *schema, t *model.Type, r model.Rule) {
	switch r.Of {
	case "runes", "items":
		n, err := strconv.Atoi(r.Param)
		if err != nil {
			fault("rule %s counts to %q", r.Name, r.Param)
		}
		length(s, t, r.Name, n)
	case "value":
		n := numeral(r.Param)
		switch r.Name {
		case "min":
			s.Minimum = n
		case "max":
			s.Maximum = n
		case "len":
			s.Enum = []jsonText{n}
		}
	}
}

// length bounds what is counted of a type: the characters of a string, the
// bytes behind base64, the items of a list, the members of a map. The length of
// an array is its type.
func length(s *schema, t *model.Type, rule string, n int) {
	var least, most **int
	switch t.Kind {
	case model.String:
		least, most = &s.MinLength, &s.MaxLength
	case model.Slice:
		least, most = &s.MinItems, &s.MaxItems
	case model.Map:
		least, most = &s.MinProperties, &s.MaxProperties
	case model.Bytes:
		encodedLength(s, rule, n)
		return
	default:
		return
	}
	if rule != "max" && (*least == nil || **least < n) && n > 0 {
		*least = number(n)
	}
	if rule != "min" && (*most == nil || **most > n) {
		*most = number(n)
	}
}

// encodedLength bounds base64 by the number of bytes behind it. n bytes take
// ⌈4n/3⌉ characters and then padding, so that a pattern says it exactly;
// patterns that count far are not read everywhere, and there only the length of
// the whole is given.
func encodedLength(s *schema, rule string, n int) {
	const farthest = 1000 // what RE2 counts to
	chars := (4*n + 2) / 3
	whole := (n + 2) / 3 * 4
	if rule != "max" && n > 0 {
		s.MinLength = number(whole)
	}
	if rule != "min" {
		s.MaxLength = number(whole)
	}
	if n%3 == 0 && rule == "max" || chars > farthest {
		return // the length of the whole says it, or nearly
	}
	count := map[string]string{"min": "{" + strconv.Itoa(chars) + ",}", "max": "{0," + strconv.Itoa(chars) + "}", "len": "{" + strconv.Itoa(chars) + "}"}[rule]
	if rule == "min" && n <= 1 {
		return
	}
	s.AllOf = append(s.AllOf, &schema{Pattern: "^[A-Za-z0-9+/]" + count + "=*$"})
}

// inQuotes is the schema of a number that travels inside a string. Its bounds
// cannot be said of a string, but for lists of values.
func inQuotes(t *model.Type, rules []model.Rule) *schema {
	s := typed("string")
	switch {
	case strings.HasPrefix(string(t.Kind), "uint"):
		s.Pattern = `^(0|[1-9][0-9]*)$`
	case strings.HasPrefix(string(t.Kind), "int"):
		s.Pattern = `^-?(0|[1-9][0-9]*)$`
	default:
		s.Pattern = `^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`
	}
	if strings.HasPrefix(string(t.Kind), "float") {
		return s
	}
	values := func(list []string) {
		if s.Enum != nil {
			return
		}
		for _, v := range list {
			s.Enum = append(s.Enum, quoted(v))
		}
	}
	for _, r := range rules {
		if r.Name == "oneof" {
			values(r.Values)
		}
		if r.Name == "len" {
			values([]string{r.Param})
		}
	}
	if t.Enum != nil && !t.Enum.Open {
		var list []string
		for _, v := range t.Enum.Values {
			list = append(list, v.Literal)
		}
		values(list)
	}
	return s
}

// unsaid are the rules of a field that no keyword says, in words.
func unsaid(p *model.Package, f *model.Field) string {
	var out []string
	for _, r := range f.Rules {
		if r.Of == "duration" || f.Quoted && (r.Name == "min" || r.Name == "max") {
			out = append(out, "The value "+r.Detail+".")
		}
	}
	return strings.Join(out, " ")
}
