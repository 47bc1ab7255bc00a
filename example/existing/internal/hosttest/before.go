package hosttest

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// Before sends bodies to a handler that was written for the host, and to the route
// that replaces it, and compares their statuses with what is expected of each.
func Before(t *testing.T, n New, before string, cases []Case) {
	s := start(t, n)
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			for path, want := range map[string]int{before: c.Before, "/api/notes/n1": c.After} {
				r := s.request(t, http.MethodPut, path, io.Reader(strings.NewReader(c.Body)))
				r.Header.Set("Content-Type", c.ContentType)
				if a := s.do(t, r); a.status != want {
					t.Errorf("%s: want %d, got %d %s", path, want, a.status, a.body)
				}
			}
		})
	}
}

// Case is a body and the statuses it is answered with before and after a move.
type Case struct {
	Name, Body, ContentType string
	Before, After           int
}
