package genrt

import (
	"net/http"
	"time"
)

// cut ends the exchange before the panic that asks net/http to: a recovery of
// others, between this route and net/http, may keep the panic to itself, and half
// an answer would then be taken for a whole one. In HTTP/2 the stream is reset
// (RFC 9113 section 5.4.2), before that the connection is closed (RFC 9112
// section 8).
func (c *Call) cut() {
	if c.r.Context().Err() != nil {
		return // the client has left, or a timeout of the host has answered
	}
	defer func() { _ = recover() }() // of net/http, when the request is over for it
	out := http.NewResponseController(innermost(c.w))
	if c.r.ProtoMajor > 1 {
		_ = out.SetWriteDeadline(time.Unix(1, 0))
		return
	}
	// A deadline would do as well, but for answers of which nothing is left to
	// write: the next one on the connection would suffer.
	if conn, _, err := out.Hijack(); err == nil {
		_ = conn.Close()
	}
}

// innermost returns the writer below all that can be looked through: those in
// between may refuse to hand over a connection that was written to, as gin's do.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		outer, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = outer.Unwrap()
	}
}
