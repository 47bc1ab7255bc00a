// Package jsonrt reads and writes JSON under the generated codecs: strictly as
// RFC 8259 and RFC 7493 have it, token by token, without reflection.
package jsonrt

import "bytes"

// Decoder reads one JSON text held in memory.
type Decoder struct {
	RejectUnknown bool // unknown members are issues
	NullsAbsent   bool // null stands for absence on optional members

	buf       []byte
	pos       int
	err       *SyntaxError
	errValue  SyntaxError
	issues    []Issue
	truncated bool
	frames    []frame
	first     []bool // by open object or array: nothing read yet
	kinds     []byte // '{' or '['
	unknown   []map[string]struct{}
	scratch   []byte
	quoted    bool // the next number stands in a string
	escaped   bool // the string scanned last holds escapes
}

// Reset starts over with a text.
func (d *Decoder) Reset(text []byte) {
	*d = Decoder{
		buf: text, issues: d.issues[:0], frames: d.frames[:0], first: d.first[:0],
		kinds: d.kinds[:0], unknown: d.unknown[:0], scratch: d.scratch[:0],
	}
}

// Err returns the first syntax error, nil for none.
func (d *Decoder) Err() *SyntaxError { return d.err }

// Issues returns what was read and does not fit, at most 64.
func (d *Decoder) Issues() []Issue { return d.issues }

// Truncated reports whether there were more issues.
func (d *Decoder) Truncated() bool { return d.truncated }

func (d *Decoder) fail(at int, reason string) bool {
	if d.err == nil {
		d.errValue = SyntaxError{int64(at), reason}
		d.err = &d.errValue
	}
	return false
}

// Fail reports that the current value breaks a rule.
func (d *Decoder) Fail(code, detail string) { d.issue(code, detail, "", false) }

func (d *Decoder) issue(code, detail, name string, named bool) bool {
	if d.err != nil {
		return false
	}
	if len(d.issues) == maxIssues {
		d.truncated = true
		return false
	}
	d.issues = append(d.issues, Issue{d.pointer(name, named), code, detail})
	return false
}

func (d *Decoder) space() {
	for d.pos < len(d.buf) {
		switch d.buf[d.pos] {
		case ' ', '\t', '\n', '\r':
			d.pos++
		default:
			return
		}
	}
}

// Kind returns the class of the next value: { [ " 0 t f n, or 0.
func (d *Decoder) Kind() byte {
	if d.err != nil {
		return 0
	}
	d.space()
	if d.pos == len(d.buf) {
		return 0
	}
	switch c := d.buf[d.pos]; {
	case c == '-' || '0' <= c && c <= '9':
		return '0'
	case c == '{' || c == '[' || c == '"' || c == 't' || c == 'f' || c == 'n':
		return c
	}
	return 0
}

// End checks that nothing follows the value.
func (d *Decoder) End() {
	if d.err != nil {
		return
	}
	d.space()
	if d.pos < len(d.buf) { //check:trailing
		d.fail(d.pos, "data after the value")
	}
}

// mismatch reports a value of another kind than wanted and skips it.
func (d *Decoder) mismatch(detail string) bool {
	if d.err != nil {
		return false
	}
	if d.Kind() == 'n' { //check:null
		if d.literal("null") {
			d.issue("null", "must not be null", "", false)
		}
		return false
	}
	if d.Skip() {
		d.issue("type", detail, "", false)
	}
	return false
}

func (d *Decoder) literal(word string) bool {
	if !bytes.HasPrefix(d.buf[d.pos:], []byte(word)) {
		return d.fail(d.pos, "invalid literal")
	}
	d.pos += len(word)
	return true
}

// Null consumes a null if one is next.
func (d *Decoder) Null() bool {
	return d.Kind() == 'n' && d.literal("null")
}

// AbsentNull consumes a null that stands for absence.
func (d *Decoder) AbsentNull() bool { return d.NullsAbsent && d.Null() }
