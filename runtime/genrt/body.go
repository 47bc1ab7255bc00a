package genrt

import (
	"errors"
	"io"
	"log/slog"
	"math"
	"net/http"
	"os"
	"slices"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/jsonrt"
)

const (
	// firstRead bounds the memory given to a body on the word of its
	// Content-Length alone.
	firstRead = 32 << 10
	// minRead is the least room a read of the body gets.
	minRead = 512
)

// errTooLarge tells that a body is larger than the route allows.
var errTooLarge = errors.New("the body is too large")

// ReadBody reads the body, of at most max bytes, which must be JSON unless it
// is empty. Otherwise it answers the request and returns false: 413, 415, 400
// when it breaks off, 503 when the route's time runs out first. What can be
// refused by the header alone is refused without reading, so that a client that
// waits for 100 (RFC 9110 section 10.1.1) need not send it.
func (c *Call) ReadBody(max int64) bool {
	c.bodyRead = true
	r := c.r
	if r.Body == nil || r.Body == http.NoBody || r.ContentLength == 0 {
		c.bodyAbsent = true
		return true
	}
	if r.ContentLength > max { //check:length
		c.tooLarge(max)
		return false
	}
	c.armReading()
	if !isJSON(r.Header) { //check:content-type
		return c.wrongType()
	}
	if err := c.readAll(max); err != nil {
		c.readFailed(err, max) // the answer closes the connection: the deadline may stay
		return false
	}
	c.disarmReading()
	c.bodyAbsent = len(c.body) == 0
	return true
}

// wrongType answers a body that is not JSON. One of unknown length may still
// turn out to be empty, which is no body at all.
func (c *Call) wrongType() bool {
	if c.r.ContentLength < 0 && c.r.Header.Get("Expect") == "" {
		var one [1]byte
		n, err := io.ReadFull(c.r.Body, one[:])
		if n == 0 && err == io.EOF {
			c.disarmReading()
			c.bodyAbsent = true
			return true
		}
		if n == 0 {
			c.readFailed(err, 0)
			return false
		}
	}
	c.refuseType()
	return false
}

// readAll reads the whole body into c.body.
func (c *Call) readAll(max int64) error {
	max = min(max, math.MaxInt64-1) // the limit and one byte more are added up
	buf := c.body[:0]
	if n := min(c.r.ContentLength, firstRead); n > 0 {
		buf = slices.Grow(buf, int(n)+1) // one more to see the end at once
	}
	for idle := 0; ; idle++ {
		if len(buf) == cap(buf) {
			buf = slices.Grow(buf, minRead)
		}
		n, err := c.r.Body.Read(buf[len(buf):min(int64(cap(buf)), max+1)])
		buf = buf[:len(buf)+n]
		c.body = buf
		if int64(len(buf)) > max { //check:too-large
			return errTooLarge
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case c.timed.expired(): // where reads cannot be interrupted
			return runtime.ErrTimeout
		case n > 0:
			idle = 0
		case idle > 100:
			return io.ErrNoProgress
		}
	}
}

// readFailed answers for a body that could not be read.
func (c *Call) readFailed(err error, max int64) {
	var outer *http.MaxBytesError // the limit of a middleware
	if err == errTooLarge {
		c.tooLarge(max)
		return
	}
	if errors.As(err, &outer) {
		c.tooLarge(outer.Limit)
		return
	}
	c.closeAfterAnswer()
	if c.timed.expired() { //check:body-timeout
		c.timedOut(slog.LevelDebug, err)
		return
	}
	p := &runtime.Problem{
		Status: http.StatusBadRequest,
		Detail: "the body cannot be read: it ends too early or is framed wrongly",
	}
	if errors.Is(err, os.ErrDeadlineExceeded) { // a limit of the server
		p.Status, p.Detail = http.StatusRequestTimeout, "the body did not arrive in time"
	}
	c.answer(p)
}

// BodyAbsent reports whether the request has no body, or one of zero bytes.
func (c *Call) BodyAbsent() bool { return c.bodyAbsent }

// emptyObject is what an absent body stands for.
var emptyObject = []byte("{}")

// Body returns the decoder of the body; an absent one reads as an empty object.
func (c *Call) Body() *jsonrt.Decoder {
	text := c.body
	if c.bodyAbsent {
		text = emptyObject
	}
	c.dec.Reset(text)
	c.dec.RejectUnknown, c.dec.NullsAbsent = c.rejectUnknown, c.nullsAbsent
	c.decoding = true
	return &c.dec
}
