package genrt

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestLiteralRoutes holds the requests that skip the mux to what it would have
// answered.
func TestLiteralRoutes(t *testing.T) {
	s, _ := newServer(t)
	seen := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, name, " ", r.Pattern, " ", r.PathValue("id"))
		})
	}
	list := []string{
		"GET /a/b", "GET /a/{id}", "POST /a/{id}", "GET /a/b/", "GET /{$}", "GET /%7Ea", "GET /a b", "GET /ä", "GET /a%2Fb", "DELETE /a/b",
	}
	routes := make([]Route, 0, len(list))
	for _, pattern := range list {
		routes = append(routes, Route{Pattern: pattern, Handler: seen(pattern), Vars: []string{"id"}[:0]})
	}
	h, err := s.NewHandler(routes)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	if err := s.Register(mux, routes); err != nil {
		t.Fatal(err)
	}
	for _, method := range []string{"GET", "HEAD", "POST", "DELETE"} {
		for _, target := range []string{"/a/b", "/a/b?x=1", "/a%2Fb", "/a/%62", "/%61/b", "/a/c", "/a/b/", "/", "/~a", "/%7Ea", "/%7ea", "/a%20b", "/%C3%A4", "http://h/a/b"} {
			got, want := serve(h, httptest.NewRequest(method, target, nil)), serve(mux, httptest.NewRequest(method, target, nil))
			if got.Code != want.Code || want.Code == 200 && got.Body.String() != want.Body.String() || got.Header().Get("Allow") != want.Header().Get("Allow") {
				t.Errorf("%s %s: %d %s, the mux answers %d %s", method, target, got.Code, got.Body, want.Code, want.Body)
			}
		}
	}
	if h := h.(*service); len(h.literal) != 4 {
		t.Errorf("%d routes are looked up without the mux, want 4", len(h.literal))
	}
}
