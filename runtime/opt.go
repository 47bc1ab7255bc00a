package runtime

import (
	"bytes"
	"encoding/json"
)

// Opt is a field that tells apart three things a JSON object can say about a
// member: absent (the zero Opt), null, and a value. Patch requests need all
// three. In answers an absent one is left out where its tag has omitzero, which
// asks IsZero, and is null elsewhere.
type Opt[T any] struct {
	value T
	state optState
}

type optState uint8

const (
	optAbsent optState = iota
	optNull
	optValue
)

// Some returns an Opt that holds v.
func Some[T any](v T) Opt[T] { return Opt[T]{value: v, state: optValue} }

// Null returns an Opt that is null.
func Null[T any]() Opt[T] { return Opt[T]{state: optNull} }

// IsZero reports whether o is absent.
func (o Opt[T]) IsZero() bool { return o.state == optAbsent }

// IsSet reports whether o is present: null or a value.
func (o Opt[T]) IsSet() bool { return o.state != optAbsent }

// IsNull reports whether o is null.
func (o Opt[T]) IsNull() bool { return o.state == optNull }

// Get returns the value, and whether there is one.
func (o Opt[T]) Get() (T, bool) { return o.value, o.state == optValue }

// Or returns the value, or def where o is absent or null.
func (o Opt[T]) Or(def T) T {
	if o.state == optValue {
		return o.value
	}
	return def
}

// Set makes o hold v.
func (o *Opt[T]) Set(v T) { o.value, o.state = v, optValue }

// SetNull makes o null.
func (o *Opt[T]) SetNull() { *o = Opt[T]{state: optNull} }

// MarshalJSON writes the value, or null where there is none. It serves
// encoding/json; generated code writes the value itself.
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if o.state != optValue {
		return []byte("null"), nil
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // whoever asked escapes what it wants escaped
	if err := enc.Encode(o.value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buf.Bytes(), []byte("\n")), nil
}

// UnmarshalJSON reads a value or null. It is not called for absent members,
// which leaves o absent.
func (o *Opt[T]) UnmarshalJSON(text []byte) error {
	if string(bytes.TrimSpace(text)) == "null" {
		o.SetNull()
		return nil
	}
	var v T
	if err := json.Unmarshal(text, &v); err != nil {
		return err
	}
	o.Set(v)
	return nil
}
