package genrt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

// swallow is a recovery that keeps every panic to itself.
func swallow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() { _ = recover() }()
		next.ServeHTTP(w, r)
	})
}

// wrapped is a writer as middleware has it, one that does not hand connections
// over any more.
type wrapped struct{ http.ResponseWriter }

func (wrapped) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return nil, nil, errors.New("the answer has begun")
}

func (w wrapped) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(wrapped{w}, r) })
}

// TestCut makes sure that half an answer ends in an error for the client though
// the panic never reaches net/http.
func TestCut(t *testing.T) {
	half := func(c *Call) {
		_, _ = io.WriteString(c.Writer(), "half")
		_ = http.NewResponseController(c.Writer()).Flush()
	}
	for name, f := range map[string]func(*Call){
		"panic":           func(c *Call) { half(c); panic("x") },
		"error":           func(c *Call) { half(c); c.Fail(io.EOF) },
		"problem":         func(c *Call) { half(c); c.Problem(&runtime.Problem{Status: 404}) },
		"ErrAbortHandler": func(c *Call) { half(c); panic(http.ErrAbortHandler) },
		"nothing sent":    func(*Call) { panic(http.ErrAbortHandler) },
	} {
		for _, proto := range []int{1, 2} {
			t.Run(fmt.Sprint(name, " HTTP/", proto), func(t *testing.T) {
				s, _ := newServer(t)
				srv := httptest.NewUnstartedServer(swallow(wrap(route(s, f))))
				srv.EnableHTTP2 = proto == 2
				srv.StartTLS()
				defer srv.Close()
				resp, err := srv.Client().Get(srv.URL)
				if err != nil {
					return
				}
				defer resp.Body.Close()
				if resp.ProtoMajor != proto {
					t.Fatalf("the client speaks %s", resp.Proto)
				}
				if body, err := io.ReadAll(resp.Body); err == nil {
					t.Errorf("the client takes %d %q for a whole answer", resp.StatusCode, body)
				}
			})
		}
	}
}

// TestCutConnection makes sure that what a handler has taken over is its own.
func TestCutConnection(t *testing.T) {
	s, _ := newServer(t)
	srv := httptest.NewServer(swallow(route(s, func(c *Call) {
		conn, _, err := http.NewResponseController(c.Writer()).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		go func() {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmine")
			_ = conn.Close()
		}()
		panic("x")
	})))
	defer srv.Close()
	resp, err := srv.Client().Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); string(body) != "mine" || err != nil {
		t.Errorf("got %q %v", body, err)
	}
}

// TestCutLate makes sure that a request which is over for net/http can be cut.
func TestCutLate(t *testing.T) {
	s, _ := newServer(t)
	over, done := make(chan struct{}), make(chan any)
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		go func() {
			defer func() { done <- recover() }()
			route(s, func(*Call) { <-over; panic(http.ErrAbortHandler) }).ServeHTTP(w, r)
		}()
	}))
	defer srv.Close()
	resp, err := srv.Client().Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	close(over)
	if v := <-done; v != http.ErrAbortHandler {
		t.Errorf("panicked with %v", v)
	}
}

// TestCutNot makes sure that the answer of a host that has given up on the
// request, after a timeout of its own, goes out.
func TestCutNot(t *testing.T) {
	s, _ := newServer(t)
	abandoned := swallow(route(s, func(*Call) { panic(http.ErrAbortHandler) }))
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithCancel(r.Context())
		cancel()
		abandoned.ServeHTTP(w, r.WithContext(ctx))
		_, _ = io.WriteString(w, "late")
	}))
	defer srv.Close()
	resp, err := srv.Client().Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); string(body) != "late" || err != nil {
		t.Errorf("got %q %v", body, err)
	}
}
