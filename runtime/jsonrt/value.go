package jsonrt

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"time"

	"github.com/go-json-experiment/json"
)

// Bool reads a boolean.
func (d *Decoder) Bool(v *bool) bool {
	switch d.Kind() {
	case 't':
		*v = true
		return d.literal("true")
	case 'f':
		*v = false
		return d.literal("false")
	}
	return d.mismatch("must be a boolean")
}

// text reads a string; the bytes are valid until the next call.
func (d *Decoder) text() ([]byte, bool) {
	if d.Kind() != '"' {
		return nil, d.mismatch("must be a string")
	}
	start := d.pos
	if !d.scanString() {
		return nil, false
	}
	if d.escaped {
		return d.unquote(start, d.pos), true
	}
	return d.buf[start+1 : d.pos-1], true
}

// String reads a string.
func (d *Decoder) String(v *string) bool {
	b, ok := d.text()
	if ok {
		*v = string(b)
	}
	return ok
}

// Bytes reads base64 (RFC 4648 section 4, padded).
func (d *Decoder) Bytes(v *[]byte) bool {
	b, ok := d.text()
	if !ok {
		return false
	}
	out, err := base64.StdEncoding.AppendDecode([]byte{}, b)
	if err != nil || bytes.ContainsAny(b, "\r\n") { // which the decoder passes over
		return d.issue("type", "must be base64", "", false)
	}
	*v = out
	return true
}

// Time reads a time as RFC 3339 has it.
func (d *Decoder) Time(v *time.Time) bool {
	b, ok := d.text()
	if !ok {
		return false
	}
	t := time.Time{}
	if err := t.UnmarshalText(b); err != nil {
		return d.issue("type", "must be a time as in RFC 3339", "", false)
	}
	*v = t
	return true
}

// Duration reads a duration such as "1m30s".
func (d *Decoder) Duration(v *time.Duration) bool {
	b, ok := d.text()
	if !ok {
		return false
	}
	t, err := time.ParseDuration(string(b))
	if err != nil {
		return d.issue("type", "must be a duration such as 1m30s", "", false)
	}
	*v = t
	return true
}

// Text reads a string into a type of its own.
func (d *Decoder) Text(v encoding.TextUnmarshaler) bool {
	b, ok := d.text()
	if !ok {
		return false
	}
	if v.UnmarshalText(append([]byte(nil), b...)) != nil {
		return d.issue("type", "has not the form expected", "", false)
	}
	return true
}

// Unmarshaler reads a value into a type with a JSON form of its own.
func (d *Decoder) Unmarshaler(v interface{ UnmarshalJSON([]byte) error }) bool {
	raw := d.Raw()
	if raw == nil {
		return false
	}
	if v.UnmarshalJSON(append([]byte(nil), raw...)) != nil {
		return d.issue("type", "has not the form expected", "", false)
	}
	return true
}

// Value reads a value as encoding/json/v2 does.
func (d *Decoder) Value(v any) bool {
	raw := d.Raw()
	if raw == nil {
		return false
	}
	if json.Unmarshal(raw, v) != nil {
		return d.issue("type", "has not the form expected", "", false)
	}
	return true
}

// Any reads any value.
func (d *Decoder) Any(v *any) bool { return d.Value(v) }
