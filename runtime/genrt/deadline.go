package genrt

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// armReading makes reads of the body fail at the deadline of the route. Writers
// that cannot do so are read all the same, and the clock is looked at between
// reads. A sooner limit of the server itself is left in force.
func (c *Call) armReading() {
	if c.timed == nil {
		return
	}
	if c.serverIsSooner() { //check:server-timeout
		return
	}
	err := http.NewResponseController(c.w).SetReadDeadline(c.timed.deadline)
	c.armed = err == nil // or http.ErrNotSupported
}

// serverIsSooner reports whether the server's own limit for reading a request
// comes before the deadline of the route.
func (c *Call) serverIsSooner() bool {
	srv, ok := c.r.Context().Value(http.ServerContextKey).(*http.Server)
	return ok && srv.ReadTimeout > 0 && srv.ReadTimeout < time.Until(c.timed.deadline)
}

// disarmReading lets later reads wait again: what reads the connection after
// the body, to notice that the client leaves, must not be cut short.
func (c *Call) disarmReading() {
	if c.armed { //check:clear-deadline
		_ = http.NewResponseController(c.w).SetReadDeadline(time.Time{})
	}
}

// boundDiscarding limits what follows an answer to a request whose body was not
// read: net/http reads a short rest before it sends the answer, and a client
// that never sends it must not hold the route longer than its timeout.
func (c *Call) boundDiscarding() {
	if !c.bodyRead && c.r.ContentLength != 0 { //check:bound-discarding
		c.armReading()
	}
}

// closeAfterAnswer makes the answer the last one on the connection, which
// spares reading the rest of the body. In HTTP/2 every request has a stream of
// its own.
func (c *Call) closeAfterAnswer() {
	if c.r.ProtoMajor != 1 {
		return
	}
	c.w.Header().Set("Connection", "close")
	// This also makes net/http linger, so that the answer is not lost to a
	// client that is still sending. Only a MaxBytesReader can ask for it.
	limited := http.MaxBytesReader(c.w, io.NopCloser(strings.NewReader("x")), 0)
	_, _ = limited.Read(make([]byte, 1))
}
