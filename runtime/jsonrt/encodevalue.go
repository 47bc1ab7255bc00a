package jsonrt

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

var (
	errNotFinite   = errors.New("a number is infinite or not a number")
	errInvalidJSON = errors.New("a value with a JSON form of its own is not valid JSON")
)

// Null writes null.
func (e *Encoder) Null() { e.buf = append(e.buf, "null"...) }

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) { e.buf = strconv.AppendBool(e.buf, v) }

// Quote makes the next number be written inside a string.
func (e *Encoder) Quote() { e.quoted = true }

// Int64 writes an integer.
func (e *Encoder) Int64(v int64) {
	if e.quoted {
		e.quote()
		defer e.unquote()
	}
	e.buf = strconv.AppendInt(e.buf, v, 10)
}

// Uint64 writes an integer.
func (e *Encoder) Uint64(v uint64) {
	if e.quoted {
		e.quote()
		defer e.unquote()
	}
	e.buf = strconv.AppendUint(e.buf, v, 10)
}

// Float64 writes the shortest number that reads as v. Infinities and NaN are
// errors.
func (e *Encoder) Float64(v float64) { e.float(v, 64) }

// Float32 is Float64 for 32 bits.
func (e *Encoder) Float32(v float32) { e.float(float64(v), 32) }

func (e *Encoder) float(v float64, bits int) {
	if math.IsNaN(v) || math.IsInf(v, 0) { //check:not-finite
		e.fail(errNotFinite)
		return
	}
	if e.quoted {
		e.quote()
		defer e.unquote()
	}
	e.buf = appendFloat(e.buf, v, bits)
}

// appendFloat writes numbers as ECMAScript does (RFC 8785 section 3.2.2.3), but
// for the sign of zero.
func appendFloat(b []byte, v float64, bits int) []byte {
	format := byte('f')
	abs := math.Abs(v)
	small, large := abs < 1e-6, abs >= 1e21
	if bits == 32 {
		small, large = float32(abs) < 1e-6, float32(abs) >= 1e21
	}
	if abs != 0 && (small || large) {
		format = 'e'
	}
	b = strconv.AppendFloat(b, v, format, -1, bits)
	if n := len(b); format == 'e' && n >= 4 && b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1] // e-09 becomes e-9
		b = b[:n-1]
	}
	return b
}

func (e *Encoder) quote() {
	e.quoted = false
	e.buf = append(e.buf, '"')
}

func (e *Encoder) unquote() { e.buf = append(e.buf, '"') }

// Marshaler writes a type with a JSON form of its own, which is checked.
func (e *Encoder) Marshaler(v interface{ MarshalJSON() ([]byte, error) }) {
	b, err := v.MarshalJSON()
	if err != nil {
		e.fail(err)
		return
	}
	e.Raw(b)
}

// Raw writes a JSON text, checked and without white space.
func (e *Encoder) Raw(text []byte) {
	b, err := jsontext.AppendFormat(e.buf, text)
	if err != nil { //check:raw
		e.fail(errInvalidJSON) // err quotes the text
		return
	}
	e.buf = b
}

// Value writes any value as encoding/json/v2 does: with the names of maps in
// order, and what version 1 means by omitempty.
func (e *Encoder) Value(v any) {
	switch v := v.(type) {
	case nil:
		e.Null()
	case bool:
		e.Bool(v)
	case string:
		e.String(v)
	case float64:
		e.Float64(v)
	case []any:
		e.values(v)
	case map[string]any:
		e.members(v)
	default:
		b, err := json.Marshal(v, encodeOptions)
		if err != nil {
			e.fail(err)
			return
		}
		e.buf = append(e.buf, b...)
	}
}

func (e *Encoder) values(v []any) {
	if !e.Array() {
		return
	}
	for _, x := range v {
		e.Elem()
		e.Value(x)
	}
	e.EndArray()
}

func (e *Encoder) members(v map[string]any) {
	if !e.Object() {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		e.NameString(name)
		e.Value(v[name])
	}
	e.EndObject()
}
