package genrt

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	goruntime "runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

func TestTimedContext(t *testing.T) {
	type key struct{}
	synctest.Test(t, func(t *testing.T) {
		parent := context.WithValue(t.Context(), key{}, "v")
		start := time.Now()
		ctx := newTimedContext(parent, time.Second)
		if d, ok := ctx.Deadline(); !ok || !d.Equal(start.Add(time.Second)) {
			t.Errorf("Deadline() = %v, %v", d, ok)
		}
		if ctx.Err() != nil || ctx.real.Load() != nil {
			t.Error("a timer was made before anybody waits")
		}
		if ctx.Value(key{}) != "v" {
			t.Error("the value of the parent is not found")
		}
		before := goruntime.NumGoroutine()
		child, cancel := context.WithCancel(ctx)
		defer cancel()
		if n := goruntime.NumGoroutine(); n > before { // one of an earlier test may end meanwhile
			t.Errorf("a derived context takes %d goroutines", n-before)
		}
		<-child.Done()
		if got := time.Since(start); got != time.Second {
			t.Errorf("done after %v", got)
		}
		for name, c := range map[string]context.Context{"ctx": ctx, "child": child} {
			if c.Err() != context.DeadlineExceeded || context.Cause(c) != runtime.ErrTimeout {
				t.Errorf("%s: Err %v, Cause %v", name, c.Err(), context.Cause(c))
			}
		}
		if ctx.Value(key{}) != "v" {
			t.Error("the value of the parent is lost")
		}
		ctx.end()
	})
	synctest.Test(t, func(t *testing.T) {
		ctx := newTimedContext(t.Context(), time.Second)
		time.Sleep(2 * time.Second)
		if context.Cause(ctx) != runtime.ErrTimeout || ctx.Err() != context.DeadlineExceeded {
			t.Errorf("nobody waited: Err %v, Cause %v", ctx.Err(), context.Cause(ctx))
		}
		ctx.end()
	})
	synctest.Test(t, func(t *testing.T) {
		for _, waited := range []bool{false, true} {
			ctx := newTimedContext(t.Context(), time.Second)
			if waited {
				ctx.Done()
			}
			ctx.end()
			select {
			case <-ctx.Done():
			default:
				t.Error("not done after the request")
			}
			if ctx.Err() != context.Canceled {
				t.Errorf("after the request: %v", ctx.Err())
			}
		}
	})
	synctest.Test(t, func(t *testing.T) {
		parent, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		ctx := newTimedContext(parent, time.Minute)
		if d, _ := ctx.Deadline(); time.Until(d) != time.Second {
			t.Errorf("the deadline of the parent is not seen: %v", d)
		}
		<-ctx.Done()
		if ctx.Err() != context.DeadlineExceeded || context.Cause(ctx) == runtime.ErrTimeout {
			t.Errorf("Err %v, Cause %v", ctx.Err(), context.Cause(ctx))
		}
		ctx.end()
	})
}

func TestTimeout(t *testing.T) {
	doc503 := doc("503", "Service Unavailable", `,"detail":"the request was not finished in time"`)
	synctest.Test(t, func(t *testing.T) {
		s, l := newServer(t)
		var after context.Context
		w := serve(route(s, func(c *Call) {
			c.Timeout(time.Second)
			after = c.Context()
			<-c.Request().Context().Done()
			c.Fail(errors.New("the store was interrupted"))
		}), httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 503, doc503)
		if w.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
		if l.records() != 1 || !strings.Contains(l.text(), "the store was interrupted") {
			t.Errorf("logged %s", l.text())
		}
		if after.Err() == nil {
			t.Error("the context lives on")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s, _ := newServer(t)
		w := serve(route(s, func(c *Call) {
			c.Timeout(time.Second)
			time.Sleep(2 * time.Second)
			sendName(c, 200, "late") // it is cooperative
		}), httptest.NewRequest("GET", "/", nil))
		wantAnswer(t, w, 200, `{"name":"late"}`)
	})
	synctest.Test(t, func(t *testing.T) {
		s, l := newServer(t)
		h := post(s, 100, func(c *Call) { c.Timeout(time.Second) })
		for _, mediaType := range []string{"application/json", "text/plain"} {
			r := withType(withLength(jsonRequest("POST", "/", ""), -1), mediaType)
			r.Body = io.NopCloser(dripping{}) // a recorder has no read deadline
			if mediaType == "text/plain" {
				r.Body = io.NopCloser(stuck{})
			}
			w := serve(h, r)
			wantAnswer(t, w, 503, doc503)
		}
		if l.records() != 0 {
			t.Errorf("slow clients were logged: %s", l.text())
		}
	})
}

// dripping is a body that takes for ever.
type dripping struct{}

func (dripping) Read(b []byte) (int, error) {
	time.Sleep(100 * time.Millisecond)
	b[0] = ' '
	return 1, nil
}

// stuck is a body whose reads fail once it is too late.
type stuck struct{}

func (stuck) Read([]byte) (int, error) {
	time.Sleep(2 * time.Second)
	return 0, io.ErrNoProgress
}
