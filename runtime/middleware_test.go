package runtime_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/genrt"
)

// service has routes as generated code has them, to try middlewares around.
func service(t testing.TB) http.Handler {
	t.Helper()
	s := genrt.NewServer(nil)
	route := func(pattern string, h func(c *genrt.Call)) genrt.Route {
		return genrt.Route{Pattern: pattern, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			c := s.Begin(w, r)
			defer c.End()
			h(c)
		})}
	}
	h, err := s.NewHandler([]genrt.Route{
		route("POST /echo/{id}", func(c *genrt.Call) {
			if c.ReadBody(64) {
				c.Encoder().Bool(c.BodyAbsent())
				c.Send(http.StatusOK)
			}
		}),
		route("GET /fail", func(c *genrt.Call) { c.Fail(errors.New("the store is down")) }),
	})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// do sends a request and returns the answer with its body.
func do(t *testing.T, h http.Handler, r *http.Request) (*http.Response, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result(), w.Body.String()
}

// logs collects what slog.Default gets until the test ends.
func logs(t *testing.T) *lockedBuffer {
	t.Helper()
	b, old := &lockedBuffer{}, slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(old) })
	return b
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestRecover(t *testing.T) {
	log := logs(t)
	panics := func(v any) http.Handler {
		return runtime.Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(v) }))
	}
	r := httptest.NewRequest("GET", "/x?secret=QUERY", strings.NewReader("BODY"))
	r.Header.Set("Authorization", "HEADER")
	resp, body := do(t, panics("broken"), r)
	if resp.StatusCode != 500 || body != `{"type":"about:blank","title":"Internal Server Error","status":500}` {
		t.Errorf("got %d %s", resp.StatusCode, body)
	}
	if text := log.String(); strings.Count(text, "a handler panicked") != 1 || !strings.Contains(text, "panic=broken") ||
		!strings.Contains(text, "TestRecover") || strings.Contains(text, "QUERY") || strings.Contains(text, "HEADER") {
		t.Errorf("logged %s", text)
	}
	do(t, panics(r), r)
	if text := log.String(); !strings.Contains(text, "a value of type *http.Request") || strings.Contains(text, "HEADER") {
		t.Errorf("logged %s", text)
	}
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("%v came through, want ErrAbortHandler", v)
		}
	}()
	do(t, panics(http.ErrAbortHandler), r)
}

// Half an answer is not taken for a whole one.
func TestRecoverAfterHeader(t *testing.T) {
	log := logs(t)
	srv := httptest.NewServer(runtime.Recover(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half")
		w.(http.Flusher).Flush()
		panic("broken")
	})))
	defer srv.Close()
	resp, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err == nil {
		t.Errorf("the client takes %q for the whole answer", body)
	}
	if !strings.Contains(log.String(), "panic=broken") {
		t.Errorf("logged %s", log)
	}
}

// Nothing has begun: a panic is answered.
func TestRecoverBeforeHeader(t *testing.T) {
	logs(t)
	for name, h := range map[string]http.HandlerFunc{
		"no status": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(1) },
		"early hints": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusEarlyHints)
			panic("broken")
		},
		"nothing to copy": func(w http.ResponseWriter, _ *http.Request) {
			_, err := io.Copy(w, iotest.ErrReader(errors.New("broken")))
			panic(err)
		},
	} {
		srv := httptest.NewServer(runtime.AccessLog(nil)(runtime.Recover(h)))
		resp, err := http.Get(srv.URL)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if resp.Body.Close(); resp.StatusCode != 500 {
			t.Errorf("%s: status %d", name, resp.StatusCode)
		}
		srv.Close()
	}
}

// There is one id, also where the middleware stands twice.
func TestRequestIDTwice(t *testing.T) {
	var seen string
	h := http.Handler(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = runtime.RequestIDFrom(r.Context()) }))
	log := &lockedBuffer{}
	h = runtime.RequestID(runtime.AccessLog(slog.New(slog.NewTextHandler(log, nil)))(runtime.RequestID(h)))
	resp, _ := do(t, h, httptest.NewRequest("GET", "/", nil))
	if id := resp.Header.Get("X-Request-Id"); id == "" || id != seen || !strings.Contains(log.String(), "request_id="+id) {
		t.Errorf("sent back %q, in the context %q, logged %s", id, seen, log)
	}
}

func TestRequestID(t *testing.T) {
	log := logs(t)
	var seen string
	h := runtime.RequestID(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = runtime.RequestIDFrom(r.Context())
		service(t).ServeHTTP(w, r)
	}))
	for _, c := range []struct {
		given []string
		kept  bool
	}{
		{nil, false},
		{[]string{"abc-123_x.y:z/1+2=@~"}, true},
		{[]string{strings.Repeat("a", 128)}, true},
		{[]string{strings.Repeat("a", 129)}, false},
		{[]string{""}, false},
		{[]string{"two words"}, false},
		{[]string{"line\nbreak"}, false},
		{[]string{`quote"`}, false},
		{[]string{"é"}, false},
		{[]string{"one", "two"}, false},
	} {
		r := httptest.NewRequest("GET", "/fail", nil)
		if c.given != nil {
			r.Header["X-Request-Id"] = c.given
		}
		resp, _ := do(t, h, r)
		got := resp.Header.Get("X-Request-Id")
		if got == "" || got != seen || (len(c.given) > 0 && got == c.given[0]) != c.kept {
			t.Errorf("%q: sent back %q, in the context %q", c.given, got, seen)
		}
		if !strings.Contains(strings.ReplaceAll(log.String(), `"`, ""), "error=the store is down request_id="+got) {
			t.Errorf("%q is not in the report %s", got, log)
		}
		if r.Pattern != "GET /fail" {
			t.Errorf("outside the pattern is %q", r.Pattern)
		}
	}
	if id := runtime.RequestIDFrom(t.Context()); id != "" {
		t.Errorf("without the middleware there is an id %q", id)
	}
}

func TestAccessLog(t *testing.T) {
	h := runtime.AccessLog(nil)(runtime.RequestID(service(t)))
	for _, c := range []struct {
		method, target, body string
		want                 []string
	}{
		{"POST", "/echo/SECRET?q=SECRET", "{}", []string{"method=POST", `pattern="POST /echo/{id}"`, "status=200", "bytes=5", "client=192.0.2.1", "duration="}},
		{"GET", "/fail", "", []string{`pattern="GET /fail"`, "status=500"}},
		{"GET", "/nowhere?q=SECRET", "", []string{"path=/nowhere ", "status=404"}},
		{"GET", "/" + strings.Repeat("long", 100), "", []string{"path=/" + strings.Repeat("long", 63) + "lon…", "status=404"}},
		{"PUT", "/fail", "", []string{"status=405"}},
	} {
		log := logs(t)
		r := httptest.NewRequest(c.method, c.target, strings.NewReader(c.body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer SECRET")
		do(t, h, r)
		text := log.String()
		line := text[max(strings.Index(text, "msg=request "), 0):]
		if strings.Count(text, "msg=request ") != 1 || strings.Contains(text, "SECRET") {
			t.Errorf("%s %s: logged %s", c.method, c.target, text)
		}
		for _, want := range c.want {
			if !strings.Contains(line, want) {
				t.Errorf("%s %s: %q is not in %s", c.method, c.target, want, line)
			}
		}
	}
}

// What the status of an answer is that never came, or came in another way.
func TestAccessLogEnds(t *testing.T) {
	for _, c := range []struct {
		name string
		h    http.HandlerFunc
		want string
	}{
		{"nothing written", func(http.ResponseWriter, *http.Request) {}, "status=200 bytes=0"},
		{"early hints", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(103)
			w.WriteHeader(204)
			w.WriteHeader(500)
		}, "status=204 bytes=0"},
		{"copied", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.Copy(w, strings.NewReader("12345")) }, "status=200 bytes=5"},
		{"flushed", func(w http.ResponseWriter, _ *http.Request) {
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, "aborted=true"},
		{"panic", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "status=0 bytes=0"},
		{"a file that cannot be read", func(w http.ResponseWriter, _ *http.Request) {
			if _, err := io.Copy(w, iotest.ErrReader(errors.New("broken"))); err != nil {
				w.WriteHeader(500)
			}
		}, "status=500 bytes=0"},
		{"hijacked and written to", func(w http.ResponseWriter, _ *http.Request) {
			if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
				_ = conn.Close()
			}
			_, _ = io.WriteString(w, "lost")
		}, "status=0 bytes=0"},
		{"hijacked", func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err == nil {
				_ = conn.Close()
			}
		}, "hijacked=true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := &lockedBuffer{}
			logged := runtime.AccessLog(slog.New(slog.NewTextHandler(log, nil)))(c.h)
			done := make(chan bool, 10) // GET may be tried again
			srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				defer func() { done <- true }()
				logged.ServeHTTP(w, r)
			}))
			srv.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelInfo)
			srv.Start()
			if resp, err := http.Get(srv.URL); err == nil {
				resp.Body.Close()
			}
			<-done // the server does not wait for handlers that hijack
			srv.Close()
			if !strings.Contains(log.String(), c.want) {
				t.Errorf("logged %s, want %s", log, c.want)
			}
		})
	}
}

func TestMaxInFlight(t *testing.T) {
	entered, leave := make(chan bool), make(chan bool)
	h := runtime.MaxInFlight(2)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		entered <- true
		<-leave
		if r.URL.Path == "/panic" {
			panic(http.ErrAbortHandler)
		}
	}))
	run := func(path string) chan int {
		status := make(chan int, 1)
		go func() {
			defer func() { _ = recover() }()
			w := httptest.NewRecorder()
			defer func() { status <- w.Code }()
			h.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		}()
		return status
	}
	for range 3 { // a slot is free again, also after a panic
		a, b := run("/panic"), run("/")
		<-entered
		<-entered
		resp, body := do(t, h, httptest.NewRequest("GET", "/", nil))
		if resp.StatusCode != 503 || resp.Header.Get("Retry-After") != "1" ||
			body != `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"too many requests are being served: try again later"}` {
			t.Errorf("the third got %d %v %s", resp.StatusCode, resp.Header, body)
		}
		leave <- true
		leave <- true
		<-a
		<-b
	}
	defer func() {
		if recover() == nil {
			t.Error("MaxInFlight(0) serves nothing and says nothing")
		}
	}()
	runtime.MaxInFlight(0)
}

// A refusal that is read slowly takes no place.
func TestMaxInFlightSlowRefusal(t *testing.T) {
	entered, leave, done := make(chan bool, 1), make(chan bool, 1), make(chan bool)
	h := runtime.MaxInFlight(1)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		entered <- true
		<-leave
	}))
	go func() {
		do(t, h, httptest.NewRequest("GET", "/", nil))
		close(done)
	}()
	<-entered
	slow := slowWriter{httptest.NewRecorder(), make(chan bool), make(chan bool)}
	defer close(slow.release)
	go h.ServeHTTP(slow, httptest.NewRequest("GET", "/", nil))
	<-slow.writing
	leave <- true
	<-done
	leave <- true
	if resp, _ := do(t, h, httptest.NewRequest("GET", "/", nil)); resp.StatusCode != 200 {
		t.Errorf("nothing is being served, and the next one gets %d", resp.StatusCode)
	}
}

type slowWriter struct {
	*httptest.ResponseRecorder
	writing, release chan bool
}

func (s slowWriter) Write(b []byte) (int, error) {
	close(s.writing)
	<-s.release
	return len(b), nil
}

// What requests pay that find nothing to object to.
func BenchmarkMiddlewares(b *testing.B) {
	nothing := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	for name, h := range map[string]http.Handler{
		"none":        nothing,
		"Recover":     runtime.Recover(nothing),
		"RequestID":   runtime.RequestID(nothing),
		"AccessLog":   runtime.AccessLog(slog.New(slog.DiscardHandler))(nothing),
		"TrustProxy":  runtime.TrustProxies(prefixes("192.0.2.0/24")...)(nothing),
		"MaxInFlight": runtime.MaxInFlight(100)(nothing),
		"Gunzip":      runtime.Gunzip(1 << 20)(nothing),
	} {
		b.Run(name, func(b *testing.B) {
			r := httptest.NewRequest("GET", "/", nil)
			r.Header.Set("X-Forwarded-For", "198.51.100.7")
			w := httptest.NewRecorder()
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(w, r)
			}
		})
	}
}

func TestMaxInFlightAllocates(t *testing.T) {
	h := runtime.MaxInFlight(1)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
	if n := testing.AllocsPerRun(100, func() { h.ServeHTTP(w, r) }); n != 0 {
		t.Errorf("%v allocations a request", n)
	}
}
