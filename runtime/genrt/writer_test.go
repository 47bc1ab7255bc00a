package genrt

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

func TestWriterNotesTheHeader(t *testing.T) {
	s, _ := newServer(t)
	for name, tt := range map[string]struct {
		f         func(http.ResponseWriter)
		committed bool
	}{
		"nothing":      {func(http.ResponseWriter) {}, false},
		"headers":      {func(w http.ResponseWriter) { w.Header().Set("X-A", "1") }, false},
		"early hints":  {func(w http.ResponseWriter) { w.WriteHeader(http.StatusEarlyHints) }, false},
		"switching":    {func(w http.ResponseWriter) { w.WriteHeader(http.StatusSwitchingProtocols) }, true},
		"status":       {func(w http.ResponseWriter) { w.WriteHeader(404) }, true},
		"write":        {func(w http.ResponseWriter) { _, _ = w.Write(nil) }, true},
		"string":       {func(w http.ResponseWriter) { _, _ = io.WriteString(w, "x") }, true},
		"read from":    {func(w http.ResponseWriter) { _, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader("x")) }, true},
		"none to read": {func(w http.ResponseWriter) { _, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader("")) }, false},
		"then more": {func(w http.ResponseWriter) {
			_, _ = w.Write(nil)
			_, _ = w.(io.ReaderFrom).ReadFrom(strings.NewReader(""))
		}, true},
		"no status": {func(w http.ResponseWriter) {
			defer func() { _ = recover() }()
			w.WriteHeader(1)
		}, false},
		"flush":         {func(w http.ResponseWriter) { w.(http.Flusher).Flush() }, true},
		"controller":    {func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }, true},
		"failed hijack": {func(w http.ResponseWriter) { _, _, _ = w.(http.Hijacker).Hijack() }, false},
	} {
		serve(route(s, func(c *Call) {
			tt.f(c.Writer())
			if c.committed() != tt.committed {
				t.Errorf("%s: committed = %v", name, c.committed())
			}
			if c.Writer() != c.Writer() {
				t.Errorf("%s: two writers", name)
			}
		}), httptest.NewRequest("GET", "/", nil))
	}
}

func TestFlushIsNotPretended(t *testing.T) {
	w := &responseWriter{ResponseWriter: &verdict{}}
	w.Flush()
	if err := w.FlushError(); !errors.Is(err, http.ErrNotSupported) || w.committed {
		t.Errorf("FlushError() = %v, committed %v", err, w.committed)
	}
}

func TestHijack(t *testing.T) {
	s, l := newServer(t)
	srv := httptest.NewServer(s.Raw(func(w http.ResponseWriter, _ *http.Request) {
		conn, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		_, _ = rw.WriteString("HTTP/1.1 418 own\r\n\r\n")
		_ = rw.Flush()
		panic("after")
	}))
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	got, _ := io.ReadAll(bufio.NewReader(conn))
	if string(got) != "HTTP/1.1 418 own\r\n\r\n" {
		t.Errorf("got %q", got)
	}
	for range 100 { // the connection is closed before the panic is logged
		if l.records() > 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if l.records() != 1 {
		t.Errorf("logged %s", l.text())
	}
}

func TestRaw(t *testing.T) {
	s, l := newServer(t)
	wantAnswer(t, serve(s.Raw(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "raw") }), httptest.NewRequest("GET", "/", nil)), 200, "raw")
	wantAnswer(t, serve(s.Raw(func(http.ResponseWriter, *http.Request) { panic("x") }), httptest.NewRequest("GET", "/", nil)), 500, doc500)
	if l.records() != 1 {
		t.Errorf("logged %s", l.text())
	}
}

func TestChainAndGuard(t *testing.T) {
	s, _ := newServer(t)
	type key struct{}
	var order []string
	mark := func(name string) func(http.Handler) http.Handler {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				order = append(order, name)
				next.ServeHTTP(w, r)
			})
		}
	}
	check := func(c *Call) bool {
		order = append(order, "check")
		if c.Request().Header.Get("X-Key") == "" {
			c.Problem(&runtime.Problem{Status: 401})
			return false
		}
		c.SetContext(context.WithValue(c.Context(), key{}, "claims"))
		return true
	}
	h := Chain(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Context().Value(key{}).(string)+" "+r.PathValue("id"))
	}), mark("a"), nil, s.Guard(check), mark("b"))
	mux := http.NewServeMux()
	mux.Handle("GET /{id}", h)

	r := httptest.NewRequest("GET", "/7", nil)
	wantAnswer(t, serve(mux, r), 401, doc("401", "Unauthorized", ""))
	if got := strings.Join(order, " "); got != "a check" {
		t.Errorf("order %s", got)
	}
	order = nil
	r.Header.Set("X-Key", "k")
	wantAnswer(t, serve(mux, r), 200, "claims 7")
	if got := strings.Join(order, " "); got != "a check b" {
		t.Errorf("order %s", got)
	}
	panics := Chain(named("x"), s.Guard(func(*Call) bool { panic("x") }))
	wantAnswer(t, serve(panics, httptest.NewRequest("GET", "/", nil)), 500, doc500)
}
