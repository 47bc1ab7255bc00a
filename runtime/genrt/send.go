package genrt

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// Encoder returns the encoder of the answer's body, empty.
func (c *Call) Encoder() *jsonrt.Encoder {
	c.enc.Reset(c.out[:0])
	return &c.enc
}

// Send answers with what the encoder holds. A value that cannot be encoded is a
// logged 500.
func (c *Call) Send(status int) {
	if err := c.enc.Err(); err != nil {
		c.internal("the answer cannot be encoded", err)
		return
	}
	c.out = c.enc.Bytes()
	if c.committed() {
		c.abort("an answer was to be sent after another", nil)
	}
	if !bodyAllowed(status) { //check:no-content
		c.NoContent(status)
		return
	}
	setContent(c.w.Header(), "application/json", len(c.out))
	c.write(status, c.out)
}

// NoContent answers without a body.
func (c *Call) NoContent(status int) {
	if c.committed() {
		c.abort("an answer was to be sent after another", nil)
	}
	c.sent = true
	c.boundDiscarding()
	c.w.WriteHeader(status)
}

// NilResponse answers for a handler that returned neither an answer nor an
// error: a logged 500.
func (c *Call) NilResponse() {
	c.internal("the request failed", errors.New("the handler returned neither an answer nor an error"))
}

// AnswerHeader returns the headers of the answer, to be changed before it is sent.
func (c *Call) AnswerHeader() http.Header { return c.w.Header() }

// write sends the header and, unless the request is HEAD (RFC 9110 section
// 9.3.2), the body.
func (c *Call) write(status int, body []byte) {
	c.sent = true
	c.boundDiscarding()
	c.w.WriteHeader(status)
	if c.r.Method == http.MethodHead { //check:head
		return
	}
	// An error means that the connection is gone: nobody is left to tell.
	_, _ = c.w.Write(body)
}

// setContent sets the headers that describe the body. Both values share one
// allocation; capacities keep appends by others apart.
func setContent(h http.Header, mediaType string, length int) {
	values := [2]string{mediaType, strconv.Itoa(length)}
	h["Content-Type"] = values[0:1:1]
	h["Content-Length"] = values[1:2:2]
}

// bodyAllowed reports whether an answer of the status has a body: not 204 and
// 304 (RFC 9110 section 6.4.1) and, by section 15.3.6, not 205.
func bodyAllowed(status int) bool {
	return status != http.StatusNoContent && status != http.StatusResetContent && status != http.StatusNotModified
}
