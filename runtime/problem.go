package runtime

import (
	"net/http"
	"strconv"
)

// Problem is the answer to a request that failed: a problem document of
// RFC 9457 and the headers that go with it. A handler that returns a *Problem,
// also wrapped, has it sent as it is; the status must be from 400 to 599.
//
// The type of the document is always about:blank, so its title is the text of
// the status (RFC 9457 section 4.2.1).
type Problem struct {
	// Status is the HTTP status, also the member status of the document.
	Status int
	// Code is what clients switch on, such as "out_of_stock". May be empty.
	Code string
	// Detail is an explanation for people. It is sent, so it must not tell what
	// callers may not know.
	Detail string
	// Errors lists what is wrong with the request, where that is known.
	Errors []FieldError
	// Truncated tells that more was wrong than Errors lists.
	Truncated bool
	// Header holds headers of the answer. The status, the content headers and,
	// where it is required and missing here, a challenge are set by the runtime.
	Header http.Header
	// Cause is the error behind the problem. It is never sent.
	Cause error
}

// Type is the member type of the document, always "about:blank".
func (p *Problem) Type() string { return "about:blank" }

// Title is the member title of the document: the text of the status.
func (p *Problem) Title() string {
	switch text := http.StatusText(p.Status); {
	case text != "":
		return text
	case p.Status == 499: // what servers agree to note for callers that left
		return "Client Closed Request"
	case p.Status >= 400 && p.Status < 500:
		return "Client Error"
	default:
		return "Server Error"
	}
}

// Error describes the problem in one line, without the fields that are wrong.
func (p *Problem) Error() string {
	text := strconv.Itoa(p.Status) + " " + p.Title()
	if p.Code != "" {
		text += " (" + p.Code + ")"
	}
	if p.Detail != "" {
		text += ": " + p.Detail
	}
	return text
}

// Unwrap returns Cause.
func (p *Problem) Unwrap() error { return p.Cause }

// MarshalJSON writes the problem document: the members type, title and status,
// then code, detail, errors and truncated where they are set, in this order.
// It never fails; bytes that are not UTF-8 are replaced by U+FFFD.
func (p Problem) MarshalJSON() ([]byte, error) {
	b := make([]byte, 0, 128+len(p.Detail)+96*len(p.Errors))
	b = append(b, `{"type":`...)
	b = appendString(b, p.Type())
	b = append(b, `,"title":`...)
	b = appendString(b, p.Title())
	b = append(b, `,"status":`...)
	b = strconv.AppendInt(b, int64(p.Status), 10)
	if p.Code != "" {
		b = appendMember(b, `,"code":`, p.Code)
	}
	if p.Detail != "" {
		b = appendMember(b, `,"detail":`, p.Detail)
	}
	for i, e := range p.Errors {
		if i == 0 {
			b = append(b, `,"errors":[`...)
		} else {
			b = append(b, ',')
		}
		b = e.appendJSON(b)
	}
	if len(p.Errors) > 0 {
		b = append(b, ']')
	}
	if p.Truncated {
		b = append(b, `,"truncated":true`...)
	}
	return append(b, '}'), nil
}
