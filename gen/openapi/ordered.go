package openapi

import (
	"bytes"
	"encoding/json"
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

// MarshalJSON writes the members in their order.
func (o ordered[T]) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, name := range o.names {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := appendJSON(&b, name); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := appendJSON(&b, o.values[name]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// appendJSON writes v without the escapes that only HTML needs.
func appendJSON(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the newline
	return nil
}
