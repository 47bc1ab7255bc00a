package genrt

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/apigen-go/apigen/runtime"
)

const (
	// maxIssues is how many mistakes one answer lists.
	maxIssues = 64
	// maxPointer bounds, in bytes, the pointers and names that come from the
	// request.
	maxPointer = 256
)

// add reports a mistake.
func (c *Call) add(e runtime.FieldError) {
	if len(c.issues) >= maxIssues { //check:issue-limit
		c.truncated = true
		return
	}
	c.issues = append(c.issues, e)
}

// report422 reports a broken rule found at the place at.
func (c *Call) report422(at string, rule runtime.FieldError) {
	if rule.Parameter == "" {
		rule.Pointer = cutPointer(at + rule.Pointer)
		if c.bodyRead {
			rule.In = "body"
		} else {
			rule.In = "" // there is no body that it could be in
		}
	}
	c.add(rule)
}

// isUTF8 reports whether s can be written as JSON.
func isUTF8(s string) bool { return utf8.ValidString(s) }

// cut shortens s to maxPointer bytes, between runes.
func cut(s string) string {
	if len(s) <= maxPointer { //check:pointer-cut
		return s
	}
	n := maxPointer
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// cutPointer is cut for a JSON Pointer, whose escapes of two bytes stay whole.
func cutPointer(s string) string {
	if short := cut(s); len(short) < len(s) {
		return strings.TrimSuffix(short, "~")
	}
	return s
}

// refuse notes that the request cannot be read. The first reason stands.
func (c *Call) refuse(detail string) {
	if c.unreadable == "" {
		c.unreadable = detail
	}
}

// Checked answers the request when something was reported, and says whether
// nothing was: 400 for a request that cannot be read comes before 422 for one
// that does not fit. After an error of Validate that is not the client's it
// reports false without an answer; see Err.
func (c *Call) Checked() bool {
	c.finishBody()
	if c.unreadable != "" { //check:unreadable
		c.answer(&runtime.Problem{Status: http.StatusBadRequest, Detail: c.unreadable})
		return false
	}
	if c.err != nil {
		return false
	}
	if len(c.issues) > 0 { //check:invalid
		c.invalid()
		return false
	}
	return true
}

// Err returns the error of a Validate method that takes the error path: neither
// a broken rule nor nil.
func (c *Call) Err() error { return c.err }

// finishBody checks the body to its end and takes over what its decoder found.
func (c *Call) finishBody() {
	if !c.decoding {
		return
	}
	c.decoding = false
	if c.dec.Err() == nil { //check:trailing-data
		c.dec.End()
	}
	syntax := c.dec.Err()
	if syntax != nil { //check:syntax
		c.refuse("the body is not valid JSON: " + syntax.Reason + " at byte " + strconv.FormatInt(syntax.Offset, 10))
		return
	}
	for _, i := range c.dec.Issues() {
		c.add(runtime.FieldError{Pointer: i.Pointer, In: "body", Code: i.Code, Detail: i.Detail})
	}
	if c.dec.Truncated() {
		c.truncated = true
	}
}

// invalid answers what was reported.
func (c *Call) invalid() {
	c.answer(&runtime.Problem{
		Status:    c.s.invalid,
		Errors:    slices.Clone(c.issues), // the call is used again
		Truncated: c.truncated,
	})
}
