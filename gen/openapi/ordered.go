package openapi

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ordered is a JSON object whose members keep the order they were added in.
type ordered[T any] struct {
	names  []string
	values map[string]T
}

// set adds a member, or replaces it where it stands.
func (o *ordered[T]) set(name string, v T) {
	if o.values == nil {
		o.values = map[string]T{}
	}
	if _, ok := o.values[name]; !ok {
		o.names = append(o.names, name)
	}
	o.values[name] = v
}

func (o *ordered[T]) get(name string) (T, bool) {
	v, ok := o.values[name]
	return v, ok
}

func (o *ordered[T]) len() int { return len(o.names) }

// IsZero makes omitzero leave out what has no members.
func (o ordered[T]) IsZero() bool { return len(o.names) == 0 }

// MarshalJSONTo writes the members in their order.
func (o ordered[T]) MarshalJSONTo(enc *jsontext.Encoder) error {
	if err := enc.WriteToken(jsontext.BeginObject); err != nil {
		return err
	}
	for _, name := range o.names {
		if err := enc.WriteToken(jsontext.String(name)); err != nil {
			return err
		}
		if err := json.MarshalEncode(enc, o.values[name]); err != nil {
			return err
		}
	}
	return enc.WriteToken(jsontext.EndObject)
}
