package failures

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

func TestFailures(t *testing.T) {
	two := 2
	for _, tt := range []struct {
		path   string
		err    error
		status int
		want   string
	}{
		{"/a", nil, 200, `{"code":0,"msg":"ok","data":{"name":"a"}}`},
		{"/a", fmt.Errorf("x: %w", fs.ErrNotExist), 404, `{"code":404,"msg":"not_found"}`},
		{"/a", fmt.Errorf("x: %w", Limited{}), 429, `{"code":429,"msg":"limited"}`},
		{"/a", errors.New("secret"), 500, `{"code":500,"msg":""}`},
		{"/b", nil, 204, ``},
		{"/c", nil, 500, `{"code":500,"msg":""}`},
		{"/c", &Conflict{RetryAfter: time.Second, Attempt: &two, Hints: []Hint{"a", "b"}, Left: runtime.Some(true), Owner: "o"}, 409, `{"code":409,"msg":"conflict"}`},
		{"/d", nil, 202, ``},
	} {
		h, err := NewHandler(Config{}, Handlers{Files: &Files{tt.err}})
		if err != nil {
			t.Fatal(err)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", tt.path, nil))
		if w.Code != tt.status || w.Body.String() != tt.want {
			t.Errorf("%s %v: %d %s", tt.path, tt.err, w.Code, w.Body)
		}
		if tt.status == 409 && (w.Header().Get("Retry-After") != "1s" || w.Header().Get("X-Attempt") != "2" || w.Header().Get("X-Hint") != "a, b" || w.Header().Get("X-Left") != "true") {
			t.Errorf("headers %v", w.Header())
		}
	}
}
