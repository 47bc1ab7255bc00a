package runtime_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func TestProblemServeHTTP(t *testing.T) {
	for _, c := range []struct {
		name    string
		problem *runtime.Problem
		method  string
		status  int
		body    string
		header  map[string]string
	}{
		{
			"a problem", &runtime.Problem{Status: 409, Code: "taken", Detail: "it is taken", Header: http.Header{"x-more": {"1"}, "Content-Type": {"text/html"}}}, "POST", 409,
			`{"type":"about:blank","title":"Conflict","status":409,"code":"taken","detail":"it is taken"}`,
			map[string]string{"X-More": "1", "Content-Type": "application/problem+json", "Content-Length": "92", "Etag": "", "Cache-Control": ""},
		},
		{
			"no body for HEAD", &runtime.Problem{Status: 404}, "HEAD", 404, "",
			map[string]string{"Content-Length": "55"},
		},
		{
			"a challenge", &runtime.Problem{Status: 401}, "GET", 401, `{"type":"about:blank","title":"Unauthorized","status":401}`,
			map[string]string{"Www-Authenticate": `Bearer realm="api"`},
		},
		{
			"when to come back", &runtime.Problem{Status: 503, Header: http.Header{"Retry-After": {"1"}}}, "GET", 503,
			`{"type":"about:blank","title":"Service Unavailable","status":503}`,
			map[string]string{"Retry-After": "1"},
		},
		{"no error", &runtime.Problem{Status: 200}, "GET", 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`, nil},
		{"nothing", nil, "GET", 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			w.Header().Set("Etag", `"1"`)
			w.Header().Set("Cache-Control", "max-age=60")
			c.problem.ServeHTTP(w, httptest.NewRequest(c.method, "/", nil))
			if w.Code != c.status || w.Body.String() != c.body {
				t.Errorf("got %d %s, want %d %s", w.Code, w.Body, c.status, c.body)
			}
			for name, want := range c.header {
				if got := w.Header().Get(name); got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
}
