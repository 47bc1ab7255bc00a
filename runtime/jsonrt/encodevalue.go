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
	e.buf = jsontext.AppendFloat(e.buf, v, bits)
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
