package genrt

import (
	"net/http"
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
