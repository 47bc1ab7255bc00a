package answers

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestAnswers(t *testing.T) {
	for _, tt := range []struct {
		route   string
		nothing bool
		status  int
		want    string
	}{
		{"GET /value", false, 200, `{"name":"v"}`},
		{"GET /maybe", false, 200, `{"name":"m"}`},
		{"GET /maybe", true, 204, ``},
		{"POST /created", false, 201, `{"name":"m"}`},
		{"POST /created", true, 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`},
		{"GET /list", false, 200, `[{"name":"l"}]`},
		{"GET /list", true, 200, `[]`},
		{"GET /map", false, 200, `{"a":[],"b":[null,{"name":"x"}]}`},
		{"GET /map", true, 200, `{}`},
		{"GET /count", false, 200, `7`},
		{"GET /any", false, 200, `{"a":2,"b":1}`},
		{"GET /teapot", false, 299, `{"name":"o"}`},
		{"GET /reset", false, 205, ``},
		{"POST /later", false, 202, ``},
		{"POST /nothing", false, 204, ``},
	} {
		h, err := NewHandler(Config{}, Handlers{Shop: &Shop{tt.nothing}})
		if err != nil {
			t.Fatal(err)
		}
		method, path, _ := strings.Cut(tt.route, " ")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
		if w.Code != tt.status || w.Body.String() != tt.want {
			t.Errorf("%s: %d %s", tt.route, w.Code, w.Body)
		}
	}
}
