package genrt

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/internal/query"
	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// Call is one request on its way through a route. It belongs to the goroutine
// that serves the request and is used again after End.
type Call struct {
	callState

	// Memory for the next call.
	body       []byte
	dec        jsonrt.Decoder
	pairs      []query.Pair
	param      Param
	issues     []runtime.FieldError
	validation Validation
	out        []byte
	membersOut []byte
}

// callState is what a call forgets with its request.
type callState struct {
	s     *Server
	w     http.ResponseWriter
	r     *http.Request // as it came
	ctx   context.Context
	cur   *http.Request // r with ctx; nil until asked for
	timed *timedContext // nil without a timeout

	writer *responseWriter // nil until a handler asks to write by itself
	sent   bool            // the header of the answer is out
	armed  bool            // the connection has a read deadline of ours

	// What was read of the request.
	rejectUnknown, nullsAbsent bool
	tokenNames                 []string // of parameters that hold a token
	bodyRead, bodyAbsent       bool
	decoding                   bool // dec has a text that is not checked to its end
	queryRead                  bool

	// What is wrong with it.
	unreadable string // not empty: the request cannot be read, and why
	truncated  bool
	err        error

	// What is to be sent.
	enc        jsonrt.Encoder
	challenge  string
	header     http.Header // of the next problem
	members    jsonrt.Encoder
	hasMembers bool
}

// What is kept for the next request is bounded: one giant body must not occupy
// memory for good.
const (
	keepBytes = 64 << 10
	keepItems = 1 << 10 // of lists
)

var calls = sync.Pool{New: func() any { return new(Call) }}

// Begin starts the call of a request. The caller defers End.
func (s *Server) Begin(w http.ResponseWriter, r *http.Request) *Call {
	c := calls.Get().(*Call)
	c.s, c.w, c.r, c.ctx = s, w, r, r.Context()
	return c
}

// End must be deferred right after Begin. It turns a panic of the handler into
// an answer of status 500, which is logged with the stack, or, when an answer
// has begun, cuts the connection, so that nobody takes half an answer for a
// whole one. http.ErrAbortHandler is left to net/http.
func (c *Call) End() {
	v := recover()
	if c.cur != nil && c.r.MultipartForm == nil {
		c.r.MultipartForm = c.cur.MultipartForm // net/http removes its files
	}
	if c.timed != nil {
		defer c.timed.end() // whatever is still said of the request has its context
	}
	if v == nil && c.err != nil && !c.committed() {
		c.Fail(c.err) // the route did not ask for the error of Validate
	}
	if v == nil {
		c.release()
		return
	}
	if v == http.ErrAbortHandler { //check:abort-handler
		c.cut()
		panic(v)
	}
	c.panicked(v) // the call is not used again: nobody knows its state
}

func (c *Call) panicked(v any) {
	c.reportPanic("the handler panicked", v)
	if c.committed() { //check:abort-panic
		c.cut()
		panic(http.ErrAbortHandler)
	}
	c.header, c.hasMembers = nil, false // of an error whose methods panicked half-way
	c.answer(&runtime.Problem{Status: http.StatusInternalServerError})
}

// release gives the call back, without references to the request.
func (c *Call) release() {
	c.clean()
	calls.Put(c)
}

// clean makes c as good as new, but for its buffers.
func (c *Call) clean() {
	clear(c.pairs)
	clear(c.issues)
	if cap(c.body) > keepBytes {
		c.dec = jsonrt.Decoder{} // what it keeps grows with the body
	}
	c.callState = callState{}
	c.body, c.out, c.membersOut = keep(c.body, keepBytes), keep(c.out, keepBytes), keep(c.membersOut, keepBytes)
	c.pairs, c.issues = keep(c.pairs, keepItems), c.issues[:0]
	c.param, c.validation = c.param.cleared(), c.validation.cleared()
}

// keep empties a slice, and drops it when it has room for more than limit.
func keep[T any](s []T, limit int) []T {
	if cap(s) > limit { //check:keep
		return nil
	}
	return s[:0]
}

// Context returns the context of the call.
func (c *Call) Context() context.Context { return c.ctx }

// SetContext replaces the context of the call.
func (c *Call) SetContext(ctx context.Context) { c.ctx, c.cur = ctx, nil }

// Request returns the request with the context of the call.
func (c *Call) Request() *http.Request {
	if c.cur == nil {
		c.cur = c.r
		if c.ctx != c.r.Context() {
			c.cur = c.r.WithContext(c.ctx)
		}
	}
	return c.cur
}

// Timeout starts the time the route has, including the time to read the body.
// When it has run out, the context is done with the cause runtime.ErrTimeout.
func (c *Call) Timeout(d time.Duration) {
	c.timed = newTimedContext(c.ctx, d)
	c.SetContext(c.timed)
}

// RejectUnknown makes query parameters and members that the route does not know
// an error, but for the parameters in which its scheme looks for a token.
func (c *Call) RejectUnknown(tokens ...string) { c.rejectUnknown, c.tokenNames = true, tokens }

// NullsAbsent makes null stand for absence on optional members.
func (c *Call) NullsAbsent() { c.nullsAbsent = true }

// Challenge sets the WWW-Authenticate value of later 401 answers (RFC 9110
// section 11.6.1).
func (c *Call) Challenge(value string) { c.challenge = value }

// committed reports whether the header of an answer has been sent.
func (c *Call) committed() bool {
	return c.sent || c.writer != nil && c.writer.committed
}
