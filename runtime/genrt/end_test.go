package genrt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

type stringer struct{}

func (stringer) String() string { return "a stringer" }

func TestPanics(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
	}{
		{"text", "panic=text"},
		{errors.New("err"), "panic=err"},
		{(*runtime.Problem)(nil), "panic=<nil>"}, // its method Error panics in turn
		{stringer{}, `panic="a stringer"`},
		{7, "panic=7"},
		{&item{Name: "secret"}, `panic="a value of type *genrt.item"`},
		{[]string{"secret"}, `panic="a value of type []string"`},
	} {
		s, l := newServer(t)
		w := serve(route(s, func(*Call) { panic(tt.value) }), httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 500, doc500)
		text := l.text()
		if l.records() != 1 || !strings.Contains(text, tt.want) || !strings.Contains(text, "end_test.go") || strings.Contains(text, "secret") {
			t.Errorf("%v was logged as %s", tt.value, text)
		}
	}
}

// panicOf returns what h panics with.
func panicOf(h http.Handler, r *http.Request) (v any, w *httptest.ResponseRecorder) {
	w = httptest.NewRecorder()
	defer func() { v = recover() }()
	h.ServeHTTP(w, r)
	return nil, w
}

func TestAbort(t *testing.T) {
	begun := func(c *Call) { _, _ = io.WriteString(c.Writer(), "half") }
	tests := []struct {
		name string
		f    func(*Call)
		logs int
	}{
		{"ErrAbortHandler", func(*Call) { panic(http.ErrAbortHandler) }, 0},
		{"panic after the header", func(c *Call) { begun(c); panic("x") }, 1},
		{"error after the header", func(c *Call) { begun(c); c.Fail(io.EOF) }, 1},
		{"problem after the header", func(c *Call) { begun(c); c.Problem(&runtime.Problem{Status: 404}) }, 1},
		{"answer after the header", func(c *Call) { begun(c); sendName(c, 200, "") }, 1},
		{"nothing after the header", func(c *Call) { begun(c); c.NoContent(204) }, 1},
		{"two answers", func(c *Call) { sendName(c, 200, ""); sendName(c, 200, "") }, 1},
		{"panic after the answer", func(c *Call) { sendName(c, 200, ""); panic("x") }, 1},
		{"error after the answer", func(c *Call) { sendName(c, 200, ""); c.NilResponse() }, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, l := newServer(t)
			v, _ := panicOf(route(s, tt.f), httptest.NewRequest("GET", "/", nil))
			if v != http.ErrAbortHandler {
				t.Errorf("panicked with %v", v)
			}
			if l.records() != tt.logs {
				t.Errorf("logged %s", l.text())
			}
		})
	}
}

// TestAbortWithoutReader makes sure that a client that leaves in the middle of
// an answer is no news, as one that leaves before it.
func TestAbortWithoutReader(t *testing.T) {
	s, l := newServer(t)
	ctx, leave := context.WithCancel(t.Context())
	v, _ := panicOf(route(s, func(c *Call) {
		_, _ = io.WriteString(c.Writer(), "half")
		leave()
		c.Fail(io.ErrClosedPipe)
	}), httptest.NewRequestWithContext(ctx, "GET", "/", nil))
	if v != http.ErrAbortHandler || l.records() != 0 || l.text() == "" {
		t.Errorf("panicked with %v, logged %s", v, l.text())
	}
}

// TestAbortedConnection looks at it from the other side: a client must see that
// the answer is not whole.
func TestAbortedConnection(t *testing.T) {
	s, _ := newServer(t)
	srv := httptest.NewServer(route(s, func(c *Call) {
		w := c.Writer()
		_, _ = io.WriteString(w, "half")
		_ = http.NewResponseController(w).Flush()
		c.Fail(io.EOF)
	}))
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err == nil {
		t.Errorf("the answer %q seems whole", body)
	}
}

func TestErrOfValidateIsNotLost(t *testing.T) {
	s, l := newServer(t)
	w := serve(route(s, func(c *Call) {
		c.Validation().CheckContext(io.EOF)
		c.Checked()
	}), httptest.NewRequest("GET", "/", nil))
	wantAnswer(t, w, 500, doc500)
	if l.records() != 1 {
		t.Errorf("logged %s", l.text())
	}
}

// TestCallsAreClean makes sure that nothing of a request shows up in the next.
func TestCallsAreClean(t *testing.T) {
	s, _ := newServer(t)
	dirty := route(s, func(c *Call) {
		c.RejectUnknown("a")
		c.NullsAbsent()
		c.Challenge("x")
		c.ErrorHeader("X-A", "1")
		c.Members().Name(`"x":`)
		c.Members().Int64(1)
		c.ReadBody(100)
		c.Body()
		c.Query("a").Missing()
		c.refuse("x")
		c.Validation().Enter("x")
		c.Encoder().String("x")
		c.SetContext(context.WithValue(c.Context(), stringer{}, 1))
		c.NoContent(204)
	})
	clean := route(s, func(c *Call) {
		d := *c
		if d.rejectUnknown || d.tokenNames != nil || d.nullsAbsent || d.challenge != "" || d.header != nil || d.hasMembers || d.bodyRead || d.decoding ||
			d.queryRead || len(d.issues)+len(d.pairs)+len(d.body)+len(d.validation.path)+len(d.unreadable) > 0 || d.truncated ||
			d.err != nil || d.sent || d.writer != nil || d.timed != nil || d.cur != nil || d.ctx != d.r.Context() {
			t.Errorf("the call is not clean: %+v", d)
		}
		c.Fail(&runtime.Problem{Status: 401})
	})
	for range 20 {
		serve(dirty, jsonRequest("POST", "/?a=1&b=2", `{"name":"x"}`))
		w := serve(clean, httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 401, doc("401", "Unauthorized", ""))
		if h := w.Header(); h.Get("X-A") != "" || h.Get("WWW-Authenticate") != `Bearer realm="api"` {
			t.Fatalf("headers %v", h)
		}
	}
}

// TestNothingOfAListIsKept has a shorter list come after a longer one.
func TestNothingOfAListIsKept(t *testing.T) {
	s, _ := newServer(t)
	c := s.Begin(httptest.NewRecorder(), httptest.NewRequest("GET", "/?a=1&a=2&a=3&b=4", nil))
	c.QueryList("a")
	c.QueryList("b")
	c.clean()
	for _, e := range c.param.elements[:cap(c.param.elements)] {
		if e != "" {
			t.Errorf("%q is kept", e)
		}
	}
}

func TestConcurrentCalls(t *testing.T) {
	s, _ := newServer(t)
	srv := httptest.NewServer(post(s, 1000, func(c *Call) { c.QueryNames("q") }))
	defer srv.Close()
	done := make(chan error)
	for i := range 8 {
		go func() {
			for n := range 25 {
				name := strings.Repeat(fmt.Sprint(i), n+1)
				resp, err := http.Post(srv.URL+"?q="+name, "application/json", strings.NewReader(`{"name":"`+name+`"}`))
				if err != nil {
					done <- err
					return
				}
				body, err := io.ReadAll(resp.Body)
				resp.Body.Close()
				if want := `{"name":"` + name + `"}`; err != nil || string(body) != want {
					done <- fmt.Errorf("got %s, %v, want %s", body, err, want)
					return
				}
			}
			done <- nil
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
