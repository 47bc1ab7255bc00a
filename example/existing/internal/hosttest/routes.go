package hosttest

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
)

// Host checks that what the host did before it does still.
func Host(t *testing.T, n New) {
	s := start(t, n)
	t.Run("route", func(t *testing.T) {
		a := s.send(t, http.MethodGet, "/hello", "")
		a.want(t, http.StatusOK, "hello, request r-1")
		if a.header.Get(host.Header) != "r-1" {
			t.Errorf("got %v", a.header)
		}
	})
	t.Run("404", func(t *testing.T) {
		s.send(t, http.MethodGet, "/nowhere", "").wantNothing(t)
	})
}

// Routes checks the new routes: the host is around them, and they get requests
// as they were sent. Without inside, the host's middleware does not see them.
func Routes(t *testing.T, n New, inside bool) {
	t.Run("open", func(t *testing.T) {
		s := start(t, n)
		a := s.send(t, http.MethodGet, "/api/status", "")
		a.want(t, http.StatusOK, `{"version":"v7"}`)
		if inside {
			wantEntry(t, s, a, http.MethodGet, "/api/status", "GET /api/status", http.StatusOK)
		}
	})
	t.Run("no token", func(t *testing.T) {
		s := start(t, n)
		r := s.request(t, http.MethodPut, "/api/notes/n1", strings.NewReader(`{"text":"x"}`))
		r.Header.Del("Authorization")
		a := s.do(t, r)
		a.wantProblem(t, http.StatusUnauthorized)
		if got := a.header.Get("WWW-Authenticate"); got != `Bearer realm="api"` {
			t.Errorf("got the challenge %q", got)
		}
		if inside {
			wantEntry(t, s, a, http.MethodPut, "/api/notes/n1", "PUT /api/notes/{id}", http.StatusUnauthorized)
		}
	})
	t.Run("token", func(t *testing.T) {
		s := start(t, n)
		var id string
		s.store.put = func(ctx context.Context, _ api.Note) error {
			id = host.RequestID(ctx)
			return nil
		}
		a := s.send(t, http.MethodPut, "/api/notes/n1", `{"text":"x"}`)
		a.want(t, http.StatusOK, `{"id":"n1","owner":7,"text":"x"}`)
		if inside {
			wantEntry(t, s, a, http.MethodPut, "/api/notes/n1", "PUT /api/notes/{id}", http.StatusOK)
			if id != "r-1" {
				t.Errorf("the handler has got the request id %q", id)
			}
		}
	})
	t.Run("does not fit", func(t *testing.T) {
		start(t, n).send(t, http.MethodPut, "/api/notes/n1", `{"text":1}`).wantProblem(t, http.StatusUnprocessableEntity)
	})
}

// wantEntry asks for the next entry of the host's log, and for its id in the answer.
func wantEntry(t *testing.T, s *service, a answer, method, path, pattern string, status int) {
	t.Helper()
	want := host.Entry{RequestID: "r-1", Method: method, Path: path, Pattern: pattern, Status: status}
	if got := s.entry(t); got != want {
		t.Errorf("the host has logged %+v, want %+v", got, want)
	}
	if a.header.Get(host.Header) != "r-1" {
		t.Errorf("the host's header is not in the answer: %v", a.header)
	}
}

// Paths checks that the values of paths arrive as they were sent, whatever is
// percent-encoded in them (RFC 3986 section 2.1). Without slashes the host takes
// %2F for a slash.
func Paths(t *testing.T, n New, slashes bool) {
	s := start(t, n)
	var got string
	s.store.put = func(_ context.Context, n api.Note) error {
		got = n.ID
		return nil
	}
	for sent, want := range map[string]string{
		"n1": "n1", "a%20b": "a b", "a+b": "a+b", "a%2Bb": "a+b", "%C3%A9": "é", "a%25b": "a%b", "a%2525b": "a%25b",
		"%61": "a", "a%3Fb": "a?b", "a%23b": "a#b", "a;b=c": "a;b=c", "a:b@c": "a:b@c", "a%2Fb": "a/b", "%7Bid%7D": "{id}",
	} {
		t.Run(sent, func(t *testing.T) {
			got = ""
			a := s.send(t, http.MethodPut, "/api/notes/"+sent, `{"text":"x"}`)
			if want == "a/b" && !slashes {
				a.wantNothing(t)
				return
			}
			if a.status != http.StatusOK || got != want {
				t.Errorf("sent %q, want %q, got %q: %d %s", sent, want, got, a.status, a.body)
			}
		})
	}
	t.Run("dots", func(t *testing.T) {
		got = ""
		if a := s.send(t, http.MethodPut, "/api/notes/%2E%2E", `{"text":"x"}`); a.status != http.StatusNotFound || got != "" {
			t.Errorf("got %d %q", a.status, got)
		}
	})
}

// Bodies checks large bodies, with a length and in chunks.
func Bodies(t *testing.T, n New) {
	s := start(t, n)
	var got int
	s.store.put = func(_ context.Context, n api.Note) error {
		got = len(n.Text)
		return nil
	}
	const mebibyte = 1 << 20
	for _, size := range []int{3 * mebibyte, 5 * mebibyte} {
		for _, chunked := range []bool{false, true} {
			got = 0
			body := `{"text":"` + strings.Repeat("x", size) + `"}`
			r := s.request(t, http.MethodPut, "/api/notes/n1", strings.NewReader(body))
			if chunked {
				r = s.request(t, http.MethodPut, "/api/notes/n1", struct{ io.Reader }{strings.NewReader(body)})
			}
			a := s.do(t, r)
			switch {
			case size > 4*mebibyte:
				a.wantProblem(t, http.StatusRequestEntityTooLarge)
			case a.status != http.StatusOK || got != size:
				t.Errorf("%d bytes, chunked %v: got %d and %d bytes", size, chunked, a.status, got)
			}
		}
	}
}
