package genrt

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// responseWriter notes whether an answer has begun, for handlers that write by
// themselves. It is made anew for each call: a handler may keep it too long.
type responseWriter struct {
	http.ResponseWriter
	committed bool
}

// Writer returns a writer for a handler that answers by itself. It flushes and
// hijacks as the one below it does.
func (c *Call) Writer() http.ResponseWriter {
	if c.writer == nil {
		c.writer = &responseWriter{ResponseWriter: c.w, committed: c.sent}
	}
	return c.writer
}

func (w *responseWriter) WriteHeader(status int) {
	w.ResponseWriter.WriteHeader(status) // panics for what is no status
	// Informational answers (RFC 9110 section 15.2) come before the one that
	// counts; 101 is the last word of HTTP on the connection.
	if status >= 200 || status == http.StatusSwitchingProtocols {
		w.committed = true
	}
}

func (w *responseWriter) Write(b []byte) (int, error) {
	w.committed = true
	return w.ResponseWriter.Write(b)
}

// WriteString spares the copy where the writer below can.
func (w *responseWriter) WriteString(s string) (int, error) {
	w.committed = true
	return io.WriteString(w.ResponseWriter, s)
}

// ReadFrom lets the writer below use the means of the operating system.
func (w *responseWriter) ReadFrom(r io.Reader) (int64, error) {
	before := w.committed
	w.committed = true // should reading panic half-way
	n, err := io.Copy(w.ResponseWriter, r)
	w.committed = before || n > 0
	return n, err
}

// Unwrap serves http.ResponseController.
func (w *responseWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush sends what is buffered, or nothing where the writer below cannot.
func (w *responseWriter) Flush() { _ = w.FlushError() }

// FlushError is Flush for http.ResponseController.
func (w *responseWriter) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	if err == nil {
		w.committed = true // the header went out with it
	}
	return err
}

// Hijack takes the connection over; no answer can be sent afterwards.
func (w *responseWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.committed = true
	}
	return conn, rw, err
}
