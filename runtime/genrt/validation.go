package genrt

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

// Validation collects what the Validate methods of a request say, and knows
// where in the request it is.
type Validation struct {
	c    *Call
	path []step
}

// step is a member, or an index where name is empty and index is set.
type step struct {
	name    string
	index   int
	isIndex bool
}

// Validation returns the validation of the request, at its top.
func (c *Call) Validation() *Validation {
	c.validation.c = c
	c.validation.path = c.validation.path[:0]
	return &c.validation
}

func (x *Validation) cleared() Validation {
	clear(x.path[:cap(x.path)])
	return Validation{path: keep(x.path, keepItems)}
}

// Context returns the context of the call.
func (x *Validation) Context() context.Context { return x.c.ctx }

// Enter goes into the member called name.
func (x *Validation) Enter(name string) { x.path = append(x.path, step{name: name}) }

// Index goes into the element at i.
func (x *Validation) Index(i int) { x.path = append(x.path, step{index: i, isIndex: true}) }

// Leave goes back out of the last step.
func (x *Validation) Leave() { x.path = x.path[:len(x.path)-1] }

// Check reports the error of a Validate method without a context, all of which
// the client may see.
func (x *Validation) Check(err error) {
	if err == nil || x.c.err != nil {
		return
	}
	if x.rules(err) {
		return
	}
	if parts := joined(err); parts != nil {
		for _, part := range parts {
			x.Check(part)
		}
		return
	}
	x.c.report422(x.pointer(), runtime.FieldError{Code: "validate", Detail: err.Error()})
}

// CheckContext reports the error of a Validate method that takes a context:
// only broken rules are for the client; any other error ends the request, see
// Call.Err.
func (x *Validation) CheckContext(err error) {
	if err == nil || x.c.err != nil {
		return
	}
	if !x.rules(err) { //check:validate-error
		x.c.err = err
	}
}

// rules reports the broken rules err consists of, if it does.
func (x *Validation) rules(err error) bool {
	rules, ok := brokenRules(err)
	if !ok {
		return false
	}
	at := x.pointer()
	for _, rule := range rules {
		x.c.report422(at, rule)
	}
	return true
}

// joined returns the errors that errors.Join made err of, or nil for another
// error, whose text may say more than its parts.
func joined(err error) []error {
	several, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	parts := several.Unwrap()
	if len(parts) == 0 || errors.Join(parts...).Error() != err.Error() {
		return nil
	}
	return parts
}

// escapePointer escapes a member name (RFC 6901 section 3).
var escapePointer = strings.NewReplacer("~", "~0", "/", "~1")

// pointer returns the current place as a JSON Pointer. It stops where the rest
// would be cut off: requests nest deeply, and every broken rule asks.
func (x *Validation) pointer() string {
	var b strings.Builder
	for _, s := range x.path {
		if b.Len() > maxPointer {
			break
		}
		b.WriteByte('/')
		if s.isIndex {
			b.WriteString(strconv.Itoa(s.index))
		} else {
			b.WriteString(escapePointer.Replace(s.name[:min(len(s.name), maxPointer)]))
		}
	}
	return b.String()
}
