package genrt

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/internal/answer"
	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// Problem answers the request with p. A status that is none of an error is a
// mistake of the service and answered as such; 500 and above are logged.
func (c *Call) Problem(p *runtime.Problem) {
	if p == nil {
		c.internal("the request failed", errors.New("a nil *runtime.Problem was returned"))
		return
	}
	if p.Status < 400 || p.Status > 599 { //check:problem-status
		c.internal("the request failed", fmt.Errorf("a problem has the status %d: it must be from 400 to 599", p.Status))
		return
	}
	c.reportServerError(p)
	c.answer(p)
}

// reportServerError logs p when it is an error of the server.
func (c *Call) reportServerError(p *runtime.Problem) {
	if p.Status < 500 {
		return
	}
	level := slog.LevelWarn // the service meant to answer so
	if p.Status == http.StatusInternalServerError {
		level = slog.LevelError
	}
	err := p.Cause
	if err == nil {
		err = p
	}
	c.report(level, "the request failed", slog.Int("status", p.Status), slog.Any("error", err))
}

// Declared answers an error that the route declares. Headers and members that
// were set for it before go along.
func (c *Call) Declared(err error, status int, code, detail string) {
	c.Problem(&runtime.Problem{Status: status, Code: code, Detail: detail, Cause: err})
}

// ErrorHeader sets a header of the error that is declared next.
func (c *Call) ErrorHeader(name, value string) {
	if c.header == nil {
		c.header = make(http.Header)
	}
	c.header.Set(name, value)
}

// Members returns the encoder of the extension members (RFC 9457 section 3.2)
// of the error that is declared next, inside an object. They are left out where
// the service has a problem type of its own.
func (c *Call) Members() *jsonrt.Encoder {
	if !c.hasMembers {
		c.hasMembers = true
		c.members.Reset(c.membersOut[:0])
		c.members.Object()
	}
	return &c.members
}

// answer sends p, which is not logged any more.
func (c *Call) answer(p *runtime.Problem) {
	if c.committed() { //check:abort
		c.abort("an error came after the header was sent", p)
	}
	status := p.Status // whatever encoders do to p
	h := c.w.Header()
	answer.DropContentHeaders(h)
	answer.CopyHeader(h, c.header)
	answer.CopyHeader(h, p.Header)
	c.requireHeaders(h, status)
	doc, mediaType := c.document(p)
	setContent(h, mediaType, len(doc))
	c.write(status, doc)
}

// abort cuts the connection, the only way left to say that an answer that has
// begun is not to be relied on.
func (c *Call) abort(message string, cause error) {
	level := slog.LevelError
	if c.gone() { //check:abort-gone
		level = slog.LevelDebug // what was being written had no reader left
	}
	if cause != nil {
		c.reportError(level, message, cause)
	} else {
		c.report(level, message)
	}
	panic(http.ErrAbortHandler)
}

// requireHeaders adds what RFC 9110 demands with a status: a challenge with 401
// (section 15.5.2) and Allow with 405 (section 15.5.6); and Retry-After with 503.
func (c *Call) requireHeaders(h http.Header, status int) {
	switch status {
	case http.StatusUnauthorized:
		if h.Get("WWW-Authenticate") == "" { //check:challenge
			h.Set("WWW-Authenticate", c.challengeOrDefault())
		}
	case http.StatusMethodNotAllowed:
		if len(h["Allow"]) == 0 { //check:allow
			h["Allow"] = []string{""} // none that this route knows of
		}
	case http.StatusServiceUnavailable:
		if h.Get("Retry-After") == "" { //check:retry-after
			h.Set("Retry-After", retryAfter)
		}
	}
}

// retryAfter is what 503 answers ask for, in seconds (RFC 9110 section 10.2.3).
const retryAfter = "5"

func (c *Call) challengeOrDefault() string {
	if c.challenge != "" {
		return c.challenge
	}
	return `Bearer realm="api"`
}

// document returns the body that describes p, and its media type.
func (c *Call) document(p *runtime.Problem) (doc []byte, mediaType string) {
	if c.s.problem != nil {
		if doc, ok := c.ownDocument(p); ok {
			return doc, "application/json"
		}
	}
	doc, err := p.MarshalJSON()
	if err != nil { // it does not fail; an empty document would still be valid
		doc = []byte(`{}`)
	}
	return c.appendMembers(doc), "application/problem+json"
}

// ownDocument has the service's own problem type encoded. Should that fail, the
// standard document is better than none.
func (c *Call) ownDocument(p *runtime.Problem) (doc []byte, ok bool) {
	defer func() {
		if v := recover(); v == http.ErrAbortHandler {
			panic(v)
		} else if v != nil {
			c.reportPanic("the problem type of the service panicked", v)
			doc, ok = nil, false
		}
	}()
	seen := *p
	seen.Header = p.Header.Clone()
	seen.Errors = slices.Clone(p.Errors)
	c.hasMembers = false // they have no place in a form of the service's own
	c.members.Reset(c.membersOut[:0])
	c.s.problem(c.ctx, &seen, &c.members)
	if err := c.members.Err(); err != nil {
		c.reportError(slog.LevelError, "the problem type of the service cannot be encoded", err)
		return nil, false
	}
	c.membersOut = c.members.Bytes()
	return c.membersOut, true
}

// appendMembers puts the extension members at the end of a document.
func (c *Call) appendMembers(doc []byte) []byte {
	if !c.hasMembers {
		return doc
	}
	c.members.EndObject()
	if err := c.members.Err(); err != nil {
		c.reportError(slog.LevelError, "the members of an error cannot be encoded", err)
		return doc
	}
	c.membersOut = c.members.Bytes()
	inner := bytes.TrimSuffix(bytes.TrimPrefix(c.membersOut, []byte("{")), []byte("}"))
	if len(inner) == 0 {
		return doc
	}
	doc = append(doc[:len(doc)-1], ',')
	doc = append(doc, inner...)
	return append(doc, '}')
}
