package genrt

import (
	"encoding"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

// Param is a part of a request outside its body: a value of the path, a
// parameter of the query, a header or a cookie. Its reading methods store the
// value and return true, or report what is wrong with it and return false.
type Param struct {
	c        *Call
	in, name string
	text     string   // the value, or the current element
	elements []string // of a list
	next     int
	count    int  // how often it was given
	list     bool // may be given often
	present  bool
	filled   bool // some value is not empty
	failed   bool // reported already
}

// cleared returns p without references to the request.
func (p *Param) cleared() Param {
	clear(p.elements[:cap(p.elements)]) // an earlier list may have been longer
	return Param{elements: keep(p.elements, keepItems)}
}

// Has reports whether the parameter was given.
func (p *Param) Has() bool {
	if !p.present { //check:missing
		return false
	}
	return true
}

// HasValue reports whether it was given and is not empty. To every kind but
// strings "?q=" is absence.
func (p *Param) HasValue() bool {
	if !p.filled { //check:empty-value
		return false
	}
	return true
}

// Missing reports that the parameter is required.
func (p *Param) Missing() { p.Fail("missing", "is required") }

// Len returns the number of elements of a list.
func (p *Param) Len() int { return len(p.elements) }

// Next moves to the next element of a list.
func (p *Param) Next() bool {
	if p.next >= len(p.elements) {
		return false
	}
	p.text = p.elements[p.next]
	p.next++
	return true
}

// Fail reports that the parameter does not fit.
func (p *Param) Fail(code, detail string) {
	p.c.add(runtime.FieldError{Parameter: p.name, In: p.in, Code: code, Detail: detail})
}

// value returns the text to be read.
func (p *Param) value() (string, bool) {
	if p.failed {
		return "", false
	}
	if !p.list && p.count > 1 { //check:repeated
		p.Fail("repeated", "must be given only once")
		return "", false
	}
	return p.text, true
}

// mistyped reports a value of another kind.
func (p *Param) mistyped(detail string) bool {
	p.Fail("type", detail)
	return false
}

// String reads text.
func (p *Param) String(v *string) bool {
	s, ok := p.value()
	if ok {
		*v = s
	}
	return ok
}

// Bool reads true or false.
func (p *Param) Bool(v *bool) bool {
	s, ok := p.value()
	switch {
	case !ok:
		return false
	case s == "true":
		*v = true
	case s == "false":
		*v = false
	default:
		return p.mistyped("must be true or false")
	}
	return true
}

// Duration reads a duration such as 1m30s.
func (p *Param) Duration(v *time.Duration) bool {
	s, ok := p.value()
	if !ok {
		return false
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		return p.mistyped("must be a duration such as 1m30s")
	}
	*v = d
	return true
}

// Text reads a value in the form of its own type, whose error is not shown.
func (p *Param) Text(v encoding.TextUnmarshaler) bool {
	s, ok := p.value()
	if !ok {
		return false
	}
	if err := v.UnmarshalText([]byte(s)); err != nil {
		return p.mistyped("has not the form expected")
	}
	return true
}
