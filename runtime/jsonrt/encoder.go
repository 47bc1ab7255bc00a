package jsonrt

import "errors"

// Encoder appends JSON. The first error sticks.
type Encoder struct {
	buf    []byte
	err    error
	depth  int
	quoted bool
}

// Reset starts over behind what buf holds.
func (e *Encoder) Reset(buf []byte) { *e = Encoder{buf: buf} }

// Bytes returns what was written.
func (e *Encoder) Bytes() []byte { return e.buf }

// Err returns the first error.
func (e *Encoder) Err() error { return e.err }

func (e *Encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *Encoder) open(c byte) bool {
	if e.err != nil {
		return false
	}
	if e.depth++; e.depth > 1000 {
		e.fail(errors.New("value nested too deeply, or in a cycle"))
		return false
	}
	e.buf = append(e.buf, c)
	return true
}

// Object opens an object; false once an error stands.
func (e *Encoder) Object() bool { return e.open('{') }

// EndObject closes an object.
func (e *Encoder) EndObject() { e.depth--; e.buf = append(e.buf, '}') }

// Array opens an array; false once an error stands.
func (e *Encoder) Array() bool { return e.open('[') }

// EndArray closes an array.
func (e *Encoder) EndArray() { e.depth--; e.buf = append(e.buf, ']') }

// Name writes a name given with its quotes and colon.
func (e *Encoder) Name(quoted string) {
	if n := len(e.buf); n > 0 && e.buf[n-1] != '{' {
		e.buf = append(e.buf, ',')
	}
	e.buf = append(e.buf, quoted...)
}

// NameString writes a name.
func (e *Encoder) NameString(s string) {
	e.Name("")
	e.String(s)
	e.buf = append(e.buf, ':')
}

// Elem starts an element of an array.
func (e *Encoder) Elem() {
	if n := len(e.buf); n > 0 && e.buf[n-1] != '[' {
		e.buf = append(e.buf, ',')
	}
}
