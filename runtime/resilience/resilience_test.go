package resilience_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/failsafe-go/failsafe-go/adaptivelimiter"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"github.com/apigen-go/apigen/runtime/resilience"
)

func get(h http.Handler) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	return w
}

func TestShed(t *testing.T) {
	entered, leave := make(chan bool), make(chan bool)
	limiter := adaptivelimiter.NewBuilder[any]().WithLimits(1, 1, 1).Build()
	h := resilience.Shed(limiter)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		entered <- true
		if panics := <-leave; panics {
			panic(http.ErrAbortHandler)
		}
	}))
	for _, panics := range []bool{false, true, false} { // the place is free again each time
		done := make(chan bool)
		go func() {
			defer close(done)
			defer func() { _ = recover() }()
			get(h)
		}()
		<-entered
		w := get(h)
		if w.Code != 503 || w.Header().Get("Retry-After") != "1" ||
			w.Body.String() != `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the service has more to do than it can: try again later"}` {
			t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
		}
		leave <- panics
		<-done
	}
	if w := get(resilience.Shed(nil)(http.NotFoundHandler())); w.Code != 404 {
		t.Errorf("with the default limiter: %d", w.Code)
	}
}

func TestBreak(t *testing.T) {
	status, panics := 500, false
	routes := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if panics {
			panic("broken")
		}
		w.WriteHeader(status)
	})
	breaking := resilience.Break(func() circuitbreaker.CircuitBreaker[any] {
		return circuitbreaker.NewBuilder[any]().WithFailureThreshold(3).WithDelay(90 * time.Second).Build()
	})
	one, other := breaking(routes), breaking(routes)
	for _, s := range []int{404, 500, 503, 422, 500, 599} { // 3 in a row open it
		status = s
		if w := get(one); w.Code != s {
			t.Fatalf("got %d, want %d", w.Code, s)
		}
	}
	panics = true
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic did not come through")
			}
		}()
		get(one)
	}()
	panics, status = false, 200
	w := get(one)
	if w.Code != 503 || w.Header().Get("Retry-After") != "90" ||
		w.Body.String() != `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the route fails too often at the moment: try again later"}` {
		t.Errorf("the open one answers %d %v %s", w.Code, w.Header(), w.Body)
	}
	if w := get(other); w.Code != 200 {
		t.Errorf("the other one answers %d", w.Code)
	}
}

// A client that leaves is no failure of the route.
func TestBreakClientGone(t *testing.T) {
	h := resilience.Break(func() circuitbreaker.CircuitBreaker[any] {
		return circuitbreaker.NewBuilder[any]().WithFailureThreshold(1).WithDelay(time.Hour).Build()
	})(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(gone, "GET", "/", nil))
	if w := get(h); w.Code != 500 {
		t.Errorf("opened by a client that left: %d", w.Code)
	}
	if w := get(h); w.Code != 503 {
		t.Errorf("not opened by a failure: %d", w.Code)
	}
}

// What clients that left got hides no failures, and keeps no half-open breaker
// from trying again.
func TestBreakClientsGone(t *testing.T) {
	b := circuitbreaker.NewBuilder[any]().WithFailureRateThreshold(0.5, 4, time.Hour).WithSuccessThreshold(1).Build()
	status, panics := 499, false
	h := resilience.Break(func() circuitbreaker.CircuitBreaker[any] { return b })(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			if panics {
				panic(http.ErrAbortHandler)
			}
			w.WriteHeader(status)
		}))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	leave := func() {
		defer func() { _ = recover() }()
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, "GET", "/", nil))
	}
	for range 100 {
		leave()
	}
	status = 500
	for range 4 {
		get(h)
	}
	if !b.IsOpen() {
		t.Error("4 failures of 4 do not open it once clients have left")
	}
	b.HalfOpen()
	panics = true
	leave()
	panics, status = false, 200
	if w := get(h); w.Code != 200 {
		t.Errorf("a client that left has kept its permit: %d", w.Code)
	}
}

// The status that counts is the one that is sent.
func TestBreakStatus(t *testing.T) {
	for _, c := range []struct {
		codes []int
		opens bool
	}{
		{[]int{103, 500}, true},
		{[]int{500, 200}, true},
		{[]int{200, 500}, false},
		{[]int{101, 500}, false},
		{nil, false},
	} {
		b := circuitbreaker.NewBuilder[any]().WithFailureThreshold(1).Build()
		get(resilience.Break(func() circuitbreaker.CircuitBreaker[any] { return b })(
			http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				for _, code := range c.codes {
					w.WriteHeader(code)
				}
			})))
		if b.IsOpen() != c.opens {
			t.Errorf("after %v it is %v", c.codes, b.State())
		}
	}
}

// Handlers control the connection through both, and a panic frees what it held.
func TestController(t *testing.T) {
	b := resilience.Breaker()
	h := resilience.Shed(adaptivelimiter.NewBuilder[any]().WithLimits(1, 1, 1).Build())(
		resilience.Break(func() circuitbreaker.CircuitBreaker[any] { return b })(
			http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				rc := http.NewResponseController(w)
				if r.URL.Path == "/abort" {
					panic(http.ErrAbortHandler)
				}
				if err := errors.Join(rc.SetReadDeadline(time.Time{}), rc.SetWriteDeadline(time.Time{}), rc.EnableFullDuplex()); err != nil {
					t.Error(err)
				}
				conn, _, err := rc.Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				defer conn.Close()
				_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
			})))
	srv := httptest.NewServer(h)
	defer srv.Close()
	if resp, err := http.Get(srv.URL + "/abort"); err == nil {
		resp.Body.Close()
		t.Errorf("an answer that was aborted came: %d", resp.StatusCode)
	}
	// The place is free once the handler has returned, which the client cannot see.
	for end := time.Now().Add(20 * time.Second); ; {
		resp, err := http.Get(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		if resp.Body.Close(); string(body) == "ok" {
			break
		}
		if resp.StatusCode != 503 || time.Now().After(end) {
			t.Fatalf("got %d %s", resp.StatusCode, body)
		}
	}
}

// It opens, rests, tries again and closes.
func TestBreakerRecovers(t *testing.T) {
	b := resilience.Breaker()
	status := 500
	h := resilience.Break(func() circuitbreaker.CircuitBreaker[any] { return b })(
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	for range 19 {
		get(h)
	}
	if b.IsOpen() {
		t.Fatal("open too early")
	}
	get(h)
	if w := get(h); !b.IsOpen() || w.Header().Get("Retry-After") != "5" {
		t.Fatalf("after 20 failures it is %v, Retry-After %q", b.State(), w.Header().Get("Retry-After"))
	}
	b.HalfOpen() // as after its delay
	status = 200
	for range 3 {
		get(h)
	}
	if !b.IsClosed() {
		t.Errorf("after 3 successes it is %v", b.State())
	}
}
