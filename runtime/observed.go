package runtime

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// observed is a writer that notes what goes through it.
type observed struct {
	http.ResponseWriter
	status   int // of the final answer, 0 before it
	bytes    int64
	hijacked bool
}

func (w *observed) WriteHeader(status int) {
	// Informational answers (RFC 9110 section 15.2) come before the one that
	// counts; 101 is the last word of HTTP on the connection.
	w.ResponseWriter.WriteHeader(status) // panics for what is no status
	if w.status == 0 && !w.hijacked && (status >= 200 || status == http.StatusSwitchingProtocols) {
		w.status = status
	}
}

func (w *observed) Write(b []byte) (int, error) {
	w.begin()
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// WriteString spares the copy where the writer below can.
func (w *observed) WriteString(s string) (int, error) {
	w.begin()
	n, err := io.WriteString(w.ResponseWriter, s)
	w.bytes += int64(n)
	return n, err
}

// ReadFrom lets the writer below use the means of the operating system.
func (w *observed) ReadFrom(r io.Reader) (int64, error) {
	before := w.status
	w.begin() // should reading panic half-way
	n, err := io.Copy(w.ResponseWriter, r)
	if w.bytes += n; n == 0 {
		w.status = before // nothing was written: another answer may follow
	}
	return n, err
}

// begin notes the status of an answer that names none.
func (w *observed) begin() {
	if w.status == 0 && !w.hijacked {
		w.status = http.StatusOK
	}
}

// Unwrap serves http.ResponseController.
func (w *observed) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Flush sends what is buffered, or nothing where the writer below cannot.
func (w *observed) Flush() { _ = w.FlushError() }

// FlushError is Flush for http.ResponseController.
func (w *observed) FlushError() error {
	err := http.NewResponseController(w.ResponseWriter).Flush()
	if err == nil {
		w.begin() // the header went out with it
	}
	return err
}

// Hijack takes the connection over.
func (w *observed) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	w.hijacked = w.hijacked || err == nil
	return conn, rw, err
}
