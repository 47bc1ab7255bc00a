package cors_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/cors"
	"github.com/apigen-go/apigen/runtime/auth"
)

const own, foreign = "https://app.example.com", "https://evil.example.com"

func TestCORS(t *testing.T) {
	h, err := cors.New(api.Config{Auth: auth.Config{AccessSecret: strings.Repeat("0123456789abcdef", 4)}},
		api.Handlers{Public: &api.Public{Version: "1"}, Notes: &api.Notes{}})
	if err != nil {
		t.Fatal(err)
	}
	preflight := map[string]string{"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization,content-type"}
	for _, c := range []struct {
		name, method, path, origin string
		header                     map[string]string
		status                     int
		want                       map[string]string
	}{
		{
			"a preflight for a route with a token", "OPTIONS", "/api/notes/1", own, preflight, 204,
			map[string]string{
				"Access-Control-Allow-Origin": own, "Access-Control-Allow-Methods": "PUT", "Access-Control-Allow-Headers": "authorization,content-type",
				"Access-Control-Allow-Credentials": "true", "Access-Control-Max-Age": "600", "Www-Authenticate": "",
			},
		},
		{
			"a preflight of another origin", "OPTIONS", "/api/notes/1", foreign, preflight, 204,
			map[string]string{"Access-Control-Allow-Origin": "", "Access-Control-Allow-Methods": ""},
		},
		{
			"a preflight for a method that is not allowed", "OPTIONS", "/api/notes/1", own,
			map[string]string{"Access-Control-Request-Method": "DELETE"},
			204,
			map[string]string{"Access-Control-Allow-Origin": ""},
		},
		{
			"a page can read that a token is needed", "PUT", "/api/notes/1", own, nil, 401,
			map[string]string{
				"Access-Control-Allow-Origin": own, "Access-Control-Allow-Credentials": "true", "Www-Authenticate": `Bearer realm="api"`,
				"Access-Control-Expose-Headers": "Www-Authenticate, Retry-After, X-Request-Id",
			},
		},
		{"another origin cannot", "PUT", "/api/notes/1", foreign, nil, 401, map[string]string{"Access-Control-Allow-Origin": ""}},
		{"an open route", "GET", "/api/status", own, nil, 200, map[string]string{"Access-Control-Allow-Origin": own}},
		{"no origin", "GET", "/api/status", "", nil, 200, map[string]string{"Access-Control-Allow-Origin": ""}},
		{"OPTIONS that is no preflight", "OPTIONS", "/api/notes/1", own, nil, 405, map[string]string{"Access-Control-Allow-Origin": own, "Allow": "GET, HEAD, PUT"}},
		{"no route", "GET", "/nothing", own, nil, 404, map[string]string{"Access-Control-Allow-Origin": own}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := httptest.NewRequest(c.method, c.path, nil)
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			for k, v := range c.header {
				r.Header.Set(k, v)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("status is %d, want %d: %s", w.Code, c.status, w.Body)
			}
			for k, want := range c.want {
				if got := w.Header().Get(k); got != want {
					t.Errorf("%s is %q, want %q", k, got, want)
				}
			}
			// What is cached for one origin is not for the other.
			if vary := strings.Join(w.Header().Values("Vary"), ","); !strings.Contains(vary, "Origin") {
				t.Errorf("Vary is %q", vary)
			}
			if w.Header().Get("X-Request-Id") == "" {
				t.Error("there is no request id")
			}
		})
	}
}
