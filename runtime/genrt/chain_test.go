package genrt

import (
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestMiddlewarePanic: a panic of the user's middleware is answered and logged
// like one of a handler.
func TestMiddlewarePanic(t *testing.T) {
	s, log := newServer(t)
	boom := func(http.Handler) http.Handler {
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom of a middleware") })
	}
	h, err := s.NewHandler([]Route{{Pattern: "GET /x", Handler: Chain(http.NotFoundHandler(), boom)}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest(http.MethodGet, "/x", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	w := serve(h, r)
	wantAnswer(t, w, http.StatusInternalServerError, doc("500", "Internal Server Error", ""))
	if log.records() != 1 || !strings.Contains(log.text(), "boom of a middleware") || !strings.Contains(log.text(), "stack=") {
		t.Errorf("logged %q", log.text())
	}
}

// What net/http cleans up after the request reaches it from the copies that
// guards and handlers get.
func TestFormsReachTheServer(t *testing.T) {
	s, _ := newServer(t)
	type key struct{}
	own := func(c *Call) bool {
		c.SetContext(context.WithValue(c.Context(), key{}, 1))
		return true
	}
	for name, around := range map[string]func(func(*http.Request)) http.Handler{
		"guard": func(f func(*http.Request)) http.Handler {
			return s.Guard(own)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { f(r) }))
		},
		"handler": func(f func(*http.Request)) http.Handler {
			return route(s, func(c *Call) {
				own(c)
				f(c.Request())
			})
		},
	} {
		form, r := &multipart.Form{}, httptest.NewRequest("POST", "/", nil)
		serve(around(func(inner *http.Request) {
			if inner == r {
				t.Fatalf("%s: not a copy", name)
			}
			inner.MultipartForm = form
		}), r)
		if r.MultipartForm != form {
			t.Errorf("%s: the form is lost", name)
		}
	}
}
