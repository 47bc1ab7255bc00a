package genrt

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// named answers its name and the values of the path.
func named(name string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, name, " ", r.PathValue("id"), r.PathValue("rest"))
	})
}

func patterns(list ...string) []Route {
	var routes []Route
	for _, p := range list {
		r := Route{Pattern: p, Handler: named(p)}
		if strings.Contains(p, "{id}") {
			r.Vars = append(r.Vars, "id")
		}
		if strings.Contains(p, "{rest...}") {
			r.Vars = append(r.Vars, "rest")
		}
		routes = append(routes, r)
	}
	return routes
}

func TestNewHandler(t *testing.T) {
	s, l := newServer(t)
	routes := patterns("POST /user/login", "GET /user/{id}", "PUT /user/{id}", "GET /files/{rest...}", "GET /dir/{$}",
		"GET /assets/{rest...}", "GET /deep/{id}/x/{rest...}", "GET /{$}")
	raw := Route{Pattern: "GET /raw/{id}", Handler: named("raw")} // dots=allow
	h, err := s.NewHandler(append(routes, raw))
	if err != nil {
		t.Fatal(err)
	}
	doc405 := doc("405", "Method Not Allowed", "")
	tests := []struct {
		method, target string
		status         int
		body, allow    string
	}{
		{"POST", "/user/login", 200, "POST /user/login ", ""},
		{"GET", "/user/7", 200, "GET /user/{id} 7", ""},
		{"GET", "/user/login", 200, "GET /user/{id} login", ""},
		{"GET", "/", 200, "GET /{$} ", ""},
		{"GET", "/files/", 200, "GET /files/{rest...} ", ""},
		{"GET", "/files/a/b", 200, "GET /files/{rest...} a/b", ""},
		{"GET", "/dir/", 200, "GET /dir/{$} ", ""},
		{"GET", "/deep/7/x/y", 200, "GET /deep/{id}/x/{rest...} 7y", ""},
		// not there
		{"GET", "/nothing", 404, doc404, ""},
		{"GET", "/user", 404, doc404, ""},
		{"GET", "/user/7/", 404, doc404, ""},
		{"GET", "/USER/7", 404, doc404, ""},
		{"GET", "/dir/x", 404, doc404, ""},
		// no redirects
		{"GET", "/files", 404, doc404, ""},
		{"POST", "/files", 404, doc404, ""},
		{"GET", "/dir", 404, doc404, ""},
		{"GET", "/deep/7/x", 404, doc404, ""},
		{"GET", "//", 404, doc404, ""},
		{"GET", "//user/7", 404, doc404, ""},
		{"GET", "/user//7", 404, doc404, ""},
		{"GET", "/user/../user/7", 404, doc404, ""},
		{"GET", "/user/.", 404, doc404, ""},
		{"GET", "/./user/7", 404, doc404, ""},
		{"GET", "/user/7/..", 404, doc404, ""},
		{"GET", "/files/a//b", 404, doc404, ""},
		{"GET", "/files/../x", 404, doc404, ""},
		{"OPTIONS", "*", 404, doc404, ""},
		// another method
		{"GET", "/user/a/b", 404, doc404, ""},
		{"DELETE", "/user/7", 405, doc405, "GET, HEAD, PUT"},
		{"OPTIONS", "/user/7", 405, doc405, "GET, HEAD, PUT"},
		{"PUT", "/files/a", 405, doc405, "GET, HEAD"},
		{"DELETE", "/user/login", 405, doc405, "GET, HEAD, POST, PUT"},
		{"FOO", "/", 405, doc405, "GET, HEAD"},
		{"POST", "/dir/", 405, doc405, "GET, HEAD"},
		// values of the path
		{"GET", "/user/%2e%2e", 404, doc404, ""},
		{"GET", "/user/%2E", 404, doc404, ""},
		{"GET", "/user/a%2f..%2fb", 404, doc404, ""},
		{"GET", "/user/a%2fb", 200, "GET /user/{id} a/b", ""},
		{"GET", "/user/...", 200, "GET /user/{id} ...", ""},
		{"GET", "/user/.a", 200, "GET /user/{id} .a", ""},
		{"GET", "/user/a%5Cb", 404, doc404, ""},
		{"GET", "/user/a%00", 404, doc404, ""},
		{"GET", "/files/a/%2e%2e/b", 404, doc404, ""},
		{"GET", "/files/a/b%5c", 404, doc404, ""},
		{"GET", "/files/a%00", 404, doc404, ""},
		{"GET", "/raw/%2e%2e", 200, "raw ..", ""},
		{"GET", "/raw/a%5Cb", 200, "raw a\\b", ""},
		{"GET", "/user/a%20b", 200, "GET /user/{id} a b", ""},
	}
	for _, tt := range tests {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			r := httptest.NewRequest(tt.method, "/", nil)
			if tt.target == "*" {
				r.URL.Path, r.RequestURI = "*", "*"
			} else {
				u, err := url.ParseRequestURI(tt.target)
				if err != nil {
					t.Fatal(err)
				}
				r.URL, r.RequestURI = u, tt.target
			}
			w := serve(h, r)
			wantAnswer(t, w, tt.status, tt.body)
			if got := w.Header().Get("Allow"); got != tt.allow {
				t.Errorf("Allow = %q, want %q", got, tt.allow)
			}
			if got := w.Header().Get("Content-Type"); tt.status != 200 && got != "application/problem+json" {
				t.Errorf("Content-Type = %q", got)
			}
			if tt.status != 200 && r.Pattern != "" && !strings.Contains(r.Pattern, "{") {
				t.Errorf("Pattern = %q", r.Pattern)
			}
		})
	}
	if l.records() != 0 {
		t.Errorf("logged %s", l.text())
	}
}

// TestRestOfARoot is a service whose rest takes what lacks a slash elsewhere.
func TestRestOfARoot(t *testing.T) {
	s, _ := newServer(t)
	h, err := s.NewHandler(patterns("GET /{rest...}", "GET /assets/{rest...}", "GET /a/b/{$}"))
	if err != nil {
		t.Fatal(err)
	}
	for target, want := range map[string]string{
		"/assets":   "GET /{rest...} assets",
		"/assets/":  "GET /assets/{rest...} ",
		"/assets/x": "GET /assets/{rest...} x",
		"/a/b":      "GET /{rest...} a/b",
		"/a/b/":     "GET /a/b/{$} ",
		"/":         "GET /{rest...} ",
		"/x/y/z":    "GET /{rest...} x/y/z",
	} {
		wantAnswer(t, serve(h, httptest.NewRequest("GET", target, nil)), 200, want)
	}
}

func TestPatternIsVisibleOutside(t *testing.T) {
	s, _ := newServer(t)
	for _, list := range [][]string{{"GET /user/{id}"}, {"GET /user/{id}", "GET /files/{rest...}", "GET /a/b/{$}"}} {
		h, err := s.NewHandler(patterns(list...))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("GET", "/user/7", nil)
		serve(h, r)
		if r.Pattern != "GET /user/{id}" {
			t.Errorf("Pattern = %q", r.Pattern)
		}
	}
}

func TestConflicts(t *testing.T) {
	s, _ := newServer(t)
	tests := []struct {
		name   string
		users  []string
		routes []string
		want   []string // of the error; none without one
	}{
		{"none", []string{"/", "GET /x", "example.com/a/{y}"}, []string{"GET /a/{x}", "GET /b"}, nil},
		{"equal", []string{"GET /a/{y}"}, []string{"GET /b", "GET /a/{x}"}, []string{`"GET /a/{x}"`, `"GET /a/{y}"`}},
		{"overlap", []string{"GET /a/{x}"}, []string{"GET /c", "GET /{y}/b"}, []string{`"GET /{y}/b"`, `"GET /a/{x}"`}},
		{"rest", []string{"/a/{rest...}"}, []string{"GET /c", "GET /{y...}"}, []string{`"GET /{y...}"`, `"/a/{rest...}"`}},
		{"slash", []string{"/a/"}, []string{"GET /c", "GET /"}, []string{`"GET /"`, `"/a/"`}},
		{"two", []string{"GET /a", "GET /b"}, []string{"GET /c", "GET /a", "GET /b"}, []string{`"GET /a"`, `"GET /b"`}},
		{"own", nil, []string{"GET /c", "GET /a/{x}", "GET /{y}/b"}, []string{`"GET /{y}/b"`, `"GET /a/{x}"`}},
		{"bad pattern", nil, []string{"GET /c", "GET /{"}, []string{`"GET /{"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			mux := http.NewServeMux()
			for _, p := range tt.users {
				mux.Handle(p, named("user's"))
			}
			before := registered(mux)
			err := s.Register(mux, patterns(tt.routes...))
			if (err == nil) != (tt.want == nil) {
				t.Fatalf("error %v, want %v", err, tt.want)
			}
			if err == nil {
				if n := len(registered(mux)); n != len(tt.users)+len(tt.routes) {
					t.Errorf("%d patterns are registered", n)
				}
				return
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%s is missing in %v", want, err)
				}
			}
			if strings.Contains(err.Error(), ".go:") {
				t.Errorf("places of this package in %v", err)
			}
			if after := registered(mux); strings.Join(after, ",") != strings.Join(before, ",") {
				t.Errorf("registered %q, before %q", after, before)
			}
			if _, p := mux.Handler(httptest.NewRequest("GET", "/c", nil)); p == "GET /c" {
				t.Error("a route was registered")
			}
			if len(tt.users) == 0 {
				if _, err := s.NewHandler(patterns(tt.routes...)); err == nil {
					t.Error("NewHandler reports nothing")
				}
			}
		})
	}
}

// TestRegistered fails when a new Go version keeps patterns in another way.
func TestRegistered(t *testing.T) {
	mux := http.NewServeMux()
	if got := registered(mux); len(got) != 0 {
		t.Errorf("an empty mux has %q", got)
	}
	for _, p := range []string{"/", "/{$}", "GET /a", "example.com/", "POST example.com/b/{c}/{d...}"} {
		mux.Handle(p, http.NotFoundHandler())
	}
	if got, want := fmt.Sprint(registered(mux)), "[/ /{$} GET /a POST example.com/b/{c}/{d...} example.com/]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRegisterRefuses(t *testing.T) {
	s, _ := newServer(t)
	if err := s.Register(nil, nil); err == nil {
		t.Error("a nil mux was taken")
	}
	if err := s.Register(http.NewServeMux(), []Route{{Pattern: "GET /a"}}); err == nil || !strings.Contains(err.Error(), `"GET /a"`) {
		t.Errorf("a nil handler: %v", err)
	}
}

func TestRegisterServes(t *testing.T) {
	s, _ := newServer(t)
	mux := http.NewServeMux()
	if err := s.Register(mux, patterns("GET /user/{id}")); err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, serve(mux, httptest.NewRequest("GET", "/user/7", nil)), 200, "GET /user/{id} 7")
	wantAnswer(t, serve(mux, httptest.NewRequest("GET", "/user/%2e%2e", nil)), 404, doc404)
}
