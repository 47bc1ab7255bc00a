package genrt

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

// logged collects what a service reports.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

func (l *logged) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// records counts the lines that were logged above debug.
func (l *logged) records() int {
	n := 0
	for line := range strings.Lines(l.text()) {
		if !strings.Contains(line, "level=DEBUG") {
			n++
		}
	}
	return n
}

func newServer(t testing.TB) (*Server, *logged) {
	t.Helper()
	l := new(logged)
	h := slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})
	return NewServer([]runtime.Option{runtime.WithLogger(slog.New(h))}), l
}

// route is a route as generated code has it: f is what lies between Begin and
// the answer.
func route(s *Server, f func(c *Call)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := s.Begin(w, r)
		defer c.End()
		f(c)
	})
}

// item is a request body for tests.
type item struct {
	Name string
	N    int
}

func decodeItem(c *Call, v *item) {
	d := c.Body()
	if !d.Object() {
		return
	}
	var seen uint64
	for d.Next() {
		switch string(d.Name()) {
		case "name":
			seen = d.Mark(seen, 1)
			d.String(&v.Name)
		case "n":
			seen = d.Mark(seen, 2)
			if !d.AbsentNull() {
				d.Int(&v.N)
			}
		default:
			d.Unknown()
		}
	}
	if seen&1 == 0 {
		d.MissingMembers(seen, "name")
	}
}

// post is a route that reads an item and answers {"name":…}.
func post(s *Server, max int64, before ...func(c *Call)) http.Handler {
	return route(s, func(c *Call) {
		for _, f := range before {
			f(c)
		}
		var v item
		if !c.ReadBody(max) {
			return
		}
		decodeItem(c, &v)
		if !c.Checked() {
			return
		}
		sendName(c, http.StatusOK, v.Name)
	})
}

func sendName(c *Call, status int, name string) {
	e := c.Encoder()
	e.Object()
	e.Name(`"name":`)
	e.String(name)
	e.EndObject()
	c.Send(status)
}

// jsonRequest is a request with a JSON body.
func jsonRequest(method, target, body string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	return r
}

func serve(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// wantAnswer compares the status and the body.
func wantAnswer(t *testing.T, w *httptest.ResponseRecorder, status int, body string) {
	t.Helper()
	if w.Code != status || w.Body.String() != body {
		t.Errorf("answered %d %s\nwant     %d %s", w.Code, w.Body, status, body)
	}
}

// doc is a problem document with members after the standard ones.
func doc(status, title, more string) string {
	return `{"type":"about:blank","title":"` + title + `","status":` + status + more + `}`
}

func doc400(detail string) string { return doc("400", "Bad Request", `,"detail":"`+detail+`"`) }

func doc422(errors string) string {
	return doc("422", "Unprocessable Entity", `,"errors":[`+errors+`]`)
}

var (
	doc404 = doc("404", "Not Found", "")
	doc500 = doc("500", "Internal Server Error", "")
)

// unread is a body that must not be read.
type unread struct{ t *testing.T }

func (u unread) Read([]byte) (int, error) {
	u.t.Error("the body was read")
	return 0, io.EOF
}

func (u unread) Close() error { return nil }
