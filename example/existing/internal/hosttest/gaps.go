package hosttest

import (
	"net/http"
	"testing"
)

// OwnPrefix checks what is not there below a prefix that the host has left to
// the new routes: the answers are problems, and the host logs them.
func OwnPrefix(t *testing.T, n New, inside bool) {
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{http.MethodGet, "/api/", http.StatusNotFound, ""},
		{http.MethodGet, "/api/nowhere", http.StatusNotFound, ""},
		{http.MethodGet, "/api/status/", http.StatusNotFound, ""},
		{http.MethodDelete, "/api/status", http.StatusMethodNotAllowed, "GET, HEAD"},
		{http.MethodOptions, "/api/status", http.StatusMethodNotAllowed, "GET, HEAD"},
		{http.MethodPost, "/api/notes/n1", http.StatusMethodNotAllowed, "GET, HEAD, PUT"},
		{http.MethodPatch, "/api/notes/a%2Fb", http.StatusMethodNotAllowed, "GET, HEAD, PUT"},
		{http.MethodGet, "/api/notes/gone", http.StatusNotFound, ""}, // declared
	} {
		t.Run(c.method+" "+c.path, func(t *testing.T) {
			s := start(t, n)
			a := s.send(t, c.method, c.path, "")
			a.wantProblem(t, c.status)
			if got := a.header.Get("Allow"); got != c.allow {
				t.Errorf("Allow is %q, want %q", got, c.allow)
			}
			if inside && s.entry(t).Status != c.status {
				t.Error("the host has logged another status")
			}
		})
	}
	Head(t, n)
}

// HostPrefix checks that below a prefix which the host keeps it answers for what
// is not there, and for other methods as it is wont to: with status other, and
// options for OPTIONS.
func HostPrefix(t *testing.T, n New, other, options int) {
	s := start(t, n)
	s.send(t, http.MethodGet, "/api/nowhere", "").wantNothing(t)
	for method, status := range map[string]int{http.MethodDelete: other, http.MethodOptions: options} {
		a := s.send(t, method, "/api/status", "")
		if status == http.StatusNotFound {
			a.wantNothing(t)
		} else if a.status != status || a.header.Get("Content-Type") == "application/problem+json" {
			t.Errorf("%s: want the %d of the host, got %d %v %q", method, status, a.status, a.header, a.body)
		}
	}
}

// Head checks that routes of GET answer HEAD, without a body (RFC 9110 section
// 9.3.2).
func Head(t *testing.T, n New) {
	t.Run("HEAD", func(t *testing.T) {
		s := start(t, n)
		a := s.send(t, http.MethodHead, "/api/status", "")
		a.want(t, http.StatusOK, "")
		if a.header.Get("Content-Length") != "16" {
			t.Errorf("got %v", a.header)
		}
		s.send(t, http.MethodHead, "/api/notes/here", "").want(t, http.StatusOK, "")
		s.send(t, http.MethodHead, "/api/notes/gone", "").want(t, http.StatusNotFound, "")
	})
}

// Unclean checks that a path which only looks like a route's once it is cleaned is
// 404 as a problem, where the host lets it through.
func Unclean(t *testing.T, n New) {
	s := start(t, n)
	for _, path := range []string{"/api//status", "/api/status/", "/api/./status", "/api/x/../status"} {
		s.send(t, http.MethodGet, path, "").wantProblem(t, http.StatusNotFound)
	}
}
