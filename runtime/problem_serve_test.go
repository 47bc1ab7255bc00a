package runtime_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/genrt"
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

// A problem is the same on the wire, whoever sends it.
func TestProblemOnTheWire(t *testing.T) {
	logs(t)
	s := genrt.NewServer(nil)
	for _, p := range []*runtime.Problem{
		{Status: 400, Detail: "a <b>\xff"},
		{Status: 401},
		{Status: 401, Header: http.Header{"WWW-Authenticate": {""}}},
		{Status: 401, Header: http.Header{"WWW-Authenticate": {"Basic", "Digest"}}},
		{Status: 405},
		{Status: 405, Header: http.Header{"Allow": {"GET"}}},
		{Status: 409, Header: http.Header{"x-a": {"1", "2"}, "Trailer": {"X"}, "Content-Length": {"1"}}},
		{Status: 499},
		{Status: 503},
		{Status: 503, Header: http.Header{"Retry-After": {""}}},
		{Status: 200},
		nil,
	} {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			spoil := func(w http.ResponseWriter) {
				for _, name := range []string{"Content-Encoding", "Etag", "Last-Modified", "Content-Type", "Content-Length", "Cache-Control", "X-Kept"} {
					w.Header().Set(name, "7")
				}
			}
			own := raw(t, method, func(w http.ResponseWriter, r *http.Request) {
				spoil(w)
				p.ServeHTTP(w, r)
			})
			generated := raw(t, method, func(w http.ResponseWriter, r *http.Request) {
				c := s.Begin(w, r)
				defer c.End()
				spoil(w)
				c.Problem(p)
			})
			if own != generated {
				t.Errorf("%s %v:\n%s\nby generated code:\n%s", method, p, own, generated)
			}
		}
	}
}

// raw is what a server sends, but for the date.
func raw(t *testing.T, method string, h http.HandlerFunc) string {
	t.Helper()
	srv := httptest.NewServer(h)
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "%s / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", method)
	text, err := io.ReadAll(bufio.NewReader(conn))
	if err != nil || !strings.HasPrefix(string(text), "HTTP/1.1 ") {
		t.Fatalf("got %q, %v", text, err)
	}
	return regexp.MustCompile(`Date: .*`).ReplaceAllString(string(text), "")
}
