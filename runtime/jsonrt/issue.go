package jsonrt

import "strconv"

// maxIssues is how many issues a decoder collects.
const maxIssues = 64

// Issue is a value that is JSON and does not fit. Its texts never hold what was
// read, except for the names in the pointer.
type Issue struct {
	Pointer string // where (RFC 6901), cut at 256 bytes
	Code    string // missing, null, type, range, unknown, or the name of a rule
	Detail  string
}

// SyntaxError tells why and where a text is not JSON.
type SyntaxError struct {
	Offset int64  // in bytes from the beginning of the text
	Reason string // fixed text without anything that was read
}

// Error returns the reason and the offset.
func (e *SyntaxError) Error() string {
	return e.Reason + " at byte " + strconv.FormatInt(e.Offset, 10)
}

// Issues returns what was found so far, at most 64. It is valid until the next
// Reset.
func (d *Decoder) Issues() []Issue { return d.issues }

// Truncated reports whether there were more issues than Issues returns.
func (d *Decoder) Truncated() bool { return d.truncated }

// Fail reports that the current value breaks a rule.
func (d *Decoder) Fail(code, detail string) { d.issue(code, detail) }

// issue reports something about the current value and returns false.
func (d *Decoder) issue(code, detail string) bool {
	if d.room() {
		d.issues = append(d.issues, Issue{d.pointer(), code, detail})
	}
	return false
}

// MissingMembers reports the names, of members of the current value, whose bit
// is not set in seen. The first name has bit 0.
func (d *Decoder) MissingMembers(seen uint64, names ...string) {
	for i, name := range names {
		if seen&(1<<i) == 0 && d.room() { //check:missing
			d.issues = append(d.issues, Issue{d.memberPointer(name), "missing", "is required"})
		}
	}
}

// room reports whether one more issue can be added. There are none about a
// text that is not JSON.
func (d *Decoder) room() bool {
	if d.err != nil { //check:issue-after-error
		return false
	}
	if len(d.issues) == maxIssues { //check:issue-limit
		d.truncated = true
		return false
	}
	return true
}

// mismatch skips the next value and reports that it is of the wrong type.
func (d *Decoder) mismatch(detail string) bool {
	null := d.peek() == 'n'
	if !d.Skip() {
		return false
	}
	if null { //check:null
		return d.issue("null", "must not be null")
	}
	return d.issue("type", detail)
}
