package jsonrt

import "errors"

// maxEncodeDepth is how deeply arrays and objects are written into each other:
// as deeply as they are read, so that what was taken can be given back. What
// nests deeper is taken for a cycle.
const maxEncodeDepth = maxDepth

var errTooDeep = errors.New("nested too deeply, perhaps in a cycle")

// Encoder appends JSON to a buffer, without white space. The first error
// stands; what is written afterwards is of no use. Commas are put between
// members and elements; otherwise the caller calls in the order of the grammar.
type Encoder struct {
	buf    []byte
	depth  int
	quoted bool // the next number is written as a string
	err    error
}

// Reset starts over and appends to buf, which the encoder takes.
func (e *Encoder) Reset(buf []byte) { *e = Encoder{buf: buf} }

// Bytes returns the buffer with what was written.
func (e *Encoder) Bytes() []byte { return e.buf }

// Err returns the first error.
func (e *Encoder) Err() error { return e.err }

func (e *Encoder) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

// Object opens an object. It returns false, and nothing is to be written into
// it, when it is nested too deeply or there was an error before.
func (e *Encoder) Object() bool { return e.open('{') }

// EndObject closes the object.
func (e *Encoder) EndObject() {
	e.depth--
	e.buf = append(e.buf, '}')
}

// Array opens an array, as Object does an object.
func (e *Encoder) Array() bool { return e.open('[') }

// EndArray closes the array.
func (e *Encoder) EndArray() {
	e.depth--
	e.buf = append(e.buf, ']')
}

func (e *Encoder) open(c byte) bool {
	if e.err != nil {
		return false
	}
	if e.depth >= maxEncodeDepth { //check:encode-depth
		e.fail(errTooDeep)
		return false
	}
	e.depth++
	e.buf = append(e.buf, c)
	return true
}

// Name begins a member. It takes the name as it is to be written, with its
// quotes and the colon.
func (e *Encoder) Name(quotedWithColon string) {
	e.separate('{')
	e.buf = append(e.buf, quotedWithColon...)
}

// NameString begins a member with a name that is not known beforehand.
func (e *Encoder) NameString(name string) {
	e.separate('{')
	e.String(name)
	e.buf = append(e.buf, ':')
}

// Elem begins an element.
func (e *Encoder) Elem() { e.separate('[') }

// separate writes a comma unless the bracket was just opened, which a value
// never ends in.
func (e *Encoder) separate(bracket byte) {
	if n := len(e.buf); n > 0 && e.buf[n-1] != bracket {
		e.buf = append(e.buf, ',')
	}
}
