package authtest

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// member is one of a JSON object. Both parts are JSON text as it is sent, so that
// they may be wrong; the name has no quotes around it.
type member struct{ name, value string }

// object is a JSON object whose members keep their order.
type object []member

// objectOf returns what v is as JSON; nil is an empty object.
func objectOf(v any) (object, error) {
	if v == nil {
		return nil, nil
	}
	text, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	dec := jsontext.NewDecoder(bytes.NewReader(text))
	if dec.PeekKind() != '{' {
		return nil, fmt.Errorf("expected claims that are a JSON object, got a %T", v)
	}
	_, _ = dec.ReadToken() // the brace just seen
	var o object
	for dec.PeekKind() != '}' {
		name, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		quotes := string(name)
		value, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		o = append(o, member{quotes[1 : len(quotes)-1], string(value)})
	}
	return o, nil
}

func (o object) index(name string) int {
	return slices.IndexFunc(o, func(m member) bool { return m.name == name })
}

func (o object) has(name string) bool { return o.index(name) >= 0 }

// with returns o with one member changed, or added at the end.
func (o object) with(name, value string) object {
	o = slices.Clone(o)
	if i := o.index(name); i >= 0 {
		o[i].value = value
		return o
	}
	return append(o, member{name, value})
}

// without returns o with one member less.
func (o object) without(name string) object {
	return slices.DeleteFunc(slices.Clone(o), func(m member) bool { return m.name == name })
}

// first returns o with a member in front, whatever other members o has.
func (o object) first(name, value string) object { return append(object{{name, value}}, o...) }

// last returns o with a member behind, whatever other members o has.
func (o object) last(name, value string) object { return append(slices.Clone(o), member{name, value}) }

// String returns the JSON text.
func (o object) String() string {
	members := make([]string, len(o))
	for i, m := range o {
		members[i] = `"` + m.name + `":` + m.value
	}
	return "{" + strings.Join(members, ",") + "}"
}

// quoted returns s as a JSON string.
func quoted(s string) string { return string(must(jsontext.AppendQuote(nil, s))) }
