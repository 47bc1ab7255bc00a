package genrt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// failing is a route that fails with err.
func failing(s *Server, err error) http.Handler {
	return route(s, func(c *Call) { c.Fail(err) })
}

func TestFail(t *testing.T) {
	inv := runtime.Invalid("/x", "own", "no")
	secret := errors.New("password=hunter2")
	tests := []struct {
		name   string
		err    error
		status int
		body   string
		logs   int
	}{
		{"other", secret, 500, doc500, 1},
		{"nil", nil, 500, doc500, 1},
		{"problem", &runtime.Problem{Status: 409, Code: "taken", Detail: "is taken", Cause: secret}, 409, doc("409", "Conflict", `,"code":"taken","detail":"is taken"`), 0},
		{"wrapped problem", fmt.Errorf("x: %w", &runtime.Problem{Status: 404}), 404, doc404, 0},
		{"problem 500", &runtime.Problem{Status: 500, Cause: secret}, 500, doc500, 1},
		{"problem 503", &runtime.Problem{Status: 503}, 503, doc("503", "Service Unavailable", ""), 1},
		{"problem without status", &runtime.Problem{Detail: "x"}, 500, doc500, 1},
		{"problem 200", &runtime.Problem{Status: 200}, 500, doc500, 1},
		{"problem 399", &runtime.Problem{Status: 399}, 500, doc500, 1},
		{"problem 600", &runtime.Problem{Status: 600}, 500, doc500, 1},
		{"nil problem", (*runtime.Problem)(nil), 500, doc500, 1},
		{"rule", inv, 422, doc422(`{"pointer":"/x","code":"own","detail":"no"}`), 0},
		{"rules", fmt.Errorf("x: %w", errors.Join(inv, inv)), 422, doc422(`{"pointer":"/x","code":"own","detail":"no"},{"pointer":"/x","code":"own","detail":"no"}`), 0},
		{"rule and more", errors.Join(inv, secret), 500, doc500, 1},
		{"too large", fmt.Errorf("x: %w", &http.MaxBytesError{Limit: 7}), 413, doc("413", "Request Entity Too Large", `,"detail":"the body must not have more than 7 bytes"`), 0},
		{"somebody's deadline", context.DeadlineExceeded, 500, doc500, 1},
		{"somebody's cancellation", context.Canceled, 500, doc500, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, l := newServer(t)
			w := serve(failing(s, tt.err), httptest.NewRequest("GET", "/x?token=abc", nil))
			wantAnswer(t, w, tt.status, tt.body)
			if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type = %q", got)
			}
			if got, want := w.Header().Get("Content-Length"), fmt.Sprint(len(tt.body)); got != want {
				t.Errorf("Content-Length = %q, want %s", got, want)
			}
			if n := l.records(); n != tt.logs {
				t.Errorf("logged %d times: %s", n, l.text())
			}
			if strings.Contains(l.text(), "abc") {
				t.Errorf("the query was logged: %s", l.text())
			}
		})
	}
}

func TestClientGone(t *testing.T) {
	s, l := newServer(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := serve(failing(s, io.EOF), httptest.NewRequestWithContext(ctx, "GET", "/", nil))
	if w.Code != statusGone || l.records() != 0 || !strings.Contains(l.text(), "level=DEBUG") {
		t.Errorf("answered %d, logged %s", w.Code, l.text())
	}
}

func TestLogNamesTheRoute(t *testing.T) {
	s, l := newServer(t)
	mux := http.NewServeMux()
	mux.Handle("GET /a/{id}", failing(s, errors.New("the reason")))
	serve(mux, httptest.NewRequest("GET", "/a/secret", nil))
	for _, want := range []string{"level=ERROR", "method=GET", `pattern="GET /a/{id}"`, `error="the reason"`} {
		if !strings.Contains(l.text(), want) {
			t.Errorf("%s is missing in %s", want, l.text())
		}
	}
	if strings.Contains(l.text(), "secret") {
		t.Error("the path was logged")
	}
}

func TestRequiredHeaders(t *testing.T) {
	s, _ := newServer(t)
	challenged := func(c *Call) { c.Challenge(`Bearer realm="x"`) }
	tests := []struct {
		name   string
		before func(*Call)
		p      runtime.Problem
		header string
		want   []string
	}{
		{"401", nil, runtime.Problem{Status: 401}, "Www-Authenticate", []string{`Bearer realm="api"`}},
		{"401 of a scheme", challenged, runtime.Problem{Status: 401}, "Www-Authenticate", []string{`Bearer realm="x"`}},
		{"401 with its own", challenged, runtime.Problem{Status: 401, Header: http.Header{"WWW-Authenticate": {"Basic", "Digest"}}}, "Www-Authenticate", []string{"Basic", "Digest"}},
		{"403", challenged, runtime.Problem{Status: 403}, "Www-Authenticate", nil},
		{"405", nil, runtime.Problem{Status: 405}, "Allow", []string{""}},
		{"405 with its own", nil, runtime.Problem{Status: 405, Header: http.Header{"Allow": {"PUT"}}}, "Allow", []string{"PUT"}},
		{"503", nil, runtime.Problem{Status: 503}, "Retry-After", []string{"5"}},
		{"503 with its own", nil, runtime.Problem{Status: 503, Header: http.Header{"Retry-After": {"60"}}}, "Retry-After", []string{"60"}},
		{"framing stays ours", nil, runtime.Problem{Status: 400, Header: http.Header{"content-type": {"text/html"}}}, "Content-Type", []string{"application/problem+json"}},
		{"a header", nil, runtime.Problem{Status: 400, Header: http.Header{"x-a": {"1"}}}, "X-A", []string{"1"}},
	}
	for _, own := range []bool{false, true} {
		if own { // a problem type of the service cannot change any of it
			s.EncodeProblems(func(_ context.Context, p *runtime.Problem, e *jsonrt.Encoder) {
				p.Status = 200
				p.Header.Del("WWW-Authenticate")
				clear(p.Header)
				e.Object()
				e.EndObject()
			})
		}
		for _, tt := range tests {
			t.Run(fmt.Sprintf("%s own=%v", tt.name, own), func(t *testing.T) {
				w := serve(route(s, func(c *Call) {
					if tt.before != nil {
						tt.before(c)
					}
					c.Problem(&tt.p)
				}), httptest.NewRequest("GET", "/", nil))
				want := tt.want
				if own && tt.header == "Content-Type" {
					want = []string{"application/json"}
				}
				if got := w.Header()[tt.header]; fmt.Sprintf("%q", got) != fmt.Sprintf("%q", want) || w.Code != tt.p.Status {
					t.Errorf("%d, %s = %q, want %q", w.Code, tt.header, got, want)
				}
			})
		}
	}
}

func TestDeclared(t *testing.T) {
	s, l := newServer(t)
	tests := []struct {
		name    string
		declare func(*Call)
		status  int
		body    string
		logs    int
	}{
		{"plain", func(c *Call) { c.Declared(io.EOF, 404, "no_order", "") }, 404, doc("404", "Not Found", `,"code":"no_order"`), 0},
		{"server error", func(c *Call) { c.Declared(io.EOF, 502, "upstream", "d") }, 502, doc("502", "Bad Gateway", `,"code":"upstream","detail":"d"`), 1},
		{"members", func(c *Call) {
			c.ErrorHeader("x-balance", "3")
			m := c.Members()
			m.Name(`"balance":`)
			m.Int64(3)
			c.Members().Name(`"cur":`)
			m.String("EUR")
			c.Declared(io.EOF, 402, "credit", "")
		}, 402, doc("402", "Payment Required", `,"code":"credit","balance":3,"cur":"EUR"`), 0},
		{"no members", func(c *Call) { c.Members(); c.Declared(io.EOF, 402, "", "") }, 402, doc("402", "Payment Required", ""), 0},
		{"members that fail", func(c *Call) {
			m := c.Members()
			m.Name(`"x":`)
			m.Float64(math.NaN())
			c.Declared(io.EOF, 402, "", "")
		}, 402, doc("402", "Payment Required", ""), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			before := l.records()
			w := serve(route(s, tt.declare), httptest.NewRequest("GET", "/", nil))
			wantAnswer(t, w, tt.status, tt.body)
			if n := l.records() - before; n != tt.logs {
				t.Errorf("logged %d times", n)
			}
			if tt.name == "members" && w.Header().Get("X-Balance") != "3" {
				t.Errorf("headers %v", w.Header())
			}
		})
	}
}

func TestOwnProblems(t *testing.T) {
	s, l := newServer(t)
	mode := ""
	s.EncodeProblems(func(ctx context.Context, p *runtime.Problem, e *jsonrt.Encoder) {
		if ctx == nil {
			t.Error("no context")
		}
		switch mode {
		case "panic":
			panic("secret")
		case "fail":
			e.Float64(math.NaN())
			return
		}
		e.Object()
		e.Name(`"code":`)
		e.Int64(int64(p.Status))
		e.EndObject()
	})
	h := route(s, func(c *Call) {
		c.Members().Name(`"x":`)
		c.Members().Int64(1)
		c.Declared(io.EOF, 404, "", "")
	})
	w := serve(h, httptest.NewRequest("GET", "/", nil))
	wantAnswer(t, w, 404, `{"code":404}`)
	if w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("headers %v", w.Header())
	}
	for _, mode = range []string{"panic", "fail"} {
		before := l.records()
		w := serve(h, httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 404, doc404)
		if w.Header().Get("Content-Type") != "application/problem+json" || l.records() != before+1 {
			t.Errorf("%s: headers %v, log %s", mode, w.Header(), l.text())
		}
	}
}

func TestOwnProblemsMayAbort(t *testing.T) {
	s, l := newServer(t)
	s.EncodeProblems(func(context.Context, *runtime.Problem, *jsonrt.Encoder) { panic(http.ErrAbortHandler) })
	v, _ := panicOf(route(s, func(c *Call) { c.Fail(io.EOF) }), httptest.NewRequest("GET", "/", nil))
	if v != http.ErrAbortHandler || l.records() != 1 {
		t.Errorf("panicked with %v, log %s", v, l.text())
	}
}

// TestOwnProblemsOfPanics: the type of the service may ask its context, for the
// language of the caller, after a panic as well.
func TestOwnProblemsOfPanics(t *testing.T) {
	s, _ := newServer(t)
	var during error
	var ctx context.Context
	s.EncodeProblems(func(given context.Context, _ *runtime.Problem, e *jsonrt.Encoder) {
		ctx, during = given, given.Err()
		e.Null()
	})
	serve(route(s, func(c *Call) { c.Timeout(time.Minute); panic("x") }), httptest.NewRequest("GET", "/", nil))
	if during != nil || ctx.Err() == nil {
		t.Errorf("the context was done with %v, and afterwards with %v", during, ctx.Err())
	}
}

// TestMembersThatPanic: what a declared error has begun to say does not get
// into the answer to the panic of one of its methods.
func TestMembersThatPanic(t *testing.T) {
	s, _ := newServer(t)
	w := serve(route(s, func(c *Call) {
		c.ErrorHeader("X-Balance", "3")
		c.Members().Name(`"x":`)
		panic("in MarshalJSON")
	}), httptest.NewRequest("GET", "/", nil))
	wantAnswer(t, w, 500, doc500)
	if w.Header().Get("X-Balance") != "" {
		t.Errorf("headers %v", w.Header())
	}
}

func TestContentHeadersGo(t *testing.T) {
	s, _ := newServer(t)
	for given, want := range map[string]string{"max-age=60": "", "private, no-store": "private, no-store"} {
		w := serve(route(s, func(c *Call) {
			h := c.Writer().Header()
			for _, name := range []string{"ETag", "Content-Encoding", "Last-Modified"} {
				h.Set(name, "x")
			}
			h.Set("Cache-Control", given)
			h.Set("Content-Length", "1")
			c.Fail(&runtime.Problem{Status: 404})
		}), httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 404, doc404)
		h := w.Header()
		if h.Get("ETag")+h.Get("Content-Encoding")+h.Get("Last-Modified") != "" || h.Get("Cache-Control") != want || h.Get("Content-Length") == "1" {
			t.Errorf("headers %v", h)
		}
	}
}
