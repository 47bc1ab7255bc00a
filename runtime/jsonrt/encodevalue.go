package jsonrt

import (
	"encoding"
	"encoding/base64"
	"errors"
	"math"
	"strconv"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// Null writes null.
func (e *Encoder) Null() { e.buf = append(e.buf, "null"...) }

// Bool writes a boolean.
func (e *Encoder) Bool(v bool) { e.buf = strconv.AppendBool(e.buf, v) }

// String writes a string.
func (e *Encoder) String(s string) {
	b, err := jsontext.AppendQuote(e.buf, s)
	if err != nil {
		e.fail(errors.New("string is not valid UTF-8"))
		return
	}
	e.buf = b
}

// Quote makes the next number be written inside a string.
func (e *Encoder) Quote() { e.quoted = true }

func (e *Encoder) quote() bool {
	q := e.quoted
	if e.quoted {
		e.buf = append(e.buf, '"')
	}
	e.quoted = false
	return q
}

func (e *Encoder) unquote(q bool) {
	if q {
		e.buf = append(e.buf, '"')
	}
}

// Int64 writes an integer.
func (e *Encoder) Int64(v int64) {
	q := e.quote()
	e.buf = strconv.AppendInt(e.buf, v, 10)
	e.unquote(q)
}

// Uint64 writes an integer.
func (e *Encoder) Uint64(v uint64) {
	q := e.quote()
	e.buf = strconv.AppendUint(e.buf, v, 10)
	e.unquote(q)
}

// Float32 writes a number.
func (e *Encoder) Float32(v float32) { e.float(float64(v), 32) }

// Float64 writes a number.
func (e *Encoder) Float64(v float64) { e.float(v, 64) }

func (e *Encoder) float(v float64, bits int) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		e.fail(errors.New("number is not finite"))
		return
	}
	q := e.quote()
	format := byte('f')
	if abs := math.Abs(v); abs != 0 {
		if bits == 64 && (abs < 1e-6 || abs >= 1e21) || bits == 32 && (float32(abs) < 1e-6 || float32(abs) >= 1e21) {
			format = 'e'
		}
	}
	e.buf = strconv.AppendFloat(e.buf, v, format, -1, bits)
	if format == 'e' {
		if n := len(e.buf); n >= 4 && e.buf[n-4] == 'e' && e.buf[n-3] == '-' && e.buf[n-2] == '0' {
			e.buf[n-2] = e.buf[n-1]
			e.buf = e.buf[:n-1]
		}
	}
	e.unquote(q)
}

// Base64 writes base64 (RFC 4648 section 4, padded).
func (e *Encoder) Base64(v []byte) {
	e.buf = append(e.buf, '"')
	e.buf = base64.StdEncoding.AppendEncode(e.buf, v)
	e.buf = append(e.buf, '"')
}

// Time writes a time as RFC 3339 has it.
func (e *Encoder) Time(v time.Time) { e.Text(v) }

// Duration writes a duration such as "1m30s".
func (e *Encoder) Duration(v time.Duration) { e.String(v.String()) }

// Text writes a type with a text form.
func (e *Encoder) Text(v encoding.TextMarshaler) {
	b, err := v.MarshalText()
	if err != nil {
		e.fail(err)
		return
	}
	e.String(string(b))
}

// Marshaler writes a type with a JSON form of its own.
func (e *Encoder) Marshaler(v interface{ MarshalJSON() ([]byte, error) }) {
	b, err := v.MarshalJSON()
	if err != nil {
		e.fail(err)
		return
	}
	e.Raw(b)
}

// Raw writes JSON made elsewhere.
func (e *Encoder) Raw(b []byte) {
	v := jsontext.Value(append([]byte(nil), b...))
	if v.Format() != nil { // unlike Compact, it writes strings as the encoder does
		e.fail(errors.New("value is not valid JSON"))
		return
	}
	e.buf = append(e.buf, v...)
}

// Value writes a value as encoding/json/v2 does.
func (e *Encoder) Value(v any) {
	b, err := json.Marshal(v, json.Deterministic(true), jsonv1.OmitEmptyWithLegacySemantics(true))
	if err != nil {
		e.fail(err)
		return
	}
	e.buf = append(e.buf, b...)
}
