package genrt

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// sink is a writer that costs nothing itself.
type sink struct{ header http.Header }

func (s sink) Header() http.Header         { return s.header }
func (s sink) WriteHeader(int)             {}
func (s sink) Write(b []byte) (int, error) { return len(b), nil }

// rewound is a body that can be read again and again.
type rewound struct{ *strings.Reader }

func (rewound) Close() error { return nil }

// exchange returns a function that has h serve one request after the other.
func exchange(h http.Handler, body string) func() {
	reader := strings.NewReader(body)
	r := jsonRequest("POST", "/?q=a", body)
	r.Body = rewound{reader}
	w := sink{make(http.Header)}
	return func() {
		reader.Reset(body)
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}

func ok(c *Call) { sendName(c, http.StatusOK, "ok") }

// TestAllocations counts what the runtime adds to a route: one allocation for
// the values of the two headers, and a string for a length of several digits.
func TestAllocations(t *testing.T) {
	s, _ := newServer(t)
	for _, tt := range []struct {
		name string
		h    http.Handler
		want float64
	}{
		{"answer", route(s, ok), 2},
		{"query", route(s, func(c *Call) {
			c.QueryNames("q")
			var q string
			if c.Query("q").String(&q) && c.Checked() {
				ok(c)
			}
		}), 2},
		{"timeout", route(s, func(c *Call) { c.Timeout(time.Second); ok(c) }), 4}, // one bounds the body nobody reads
		{"body", post(s, 1000), 3}, // and the name
	} {
		run := exchange(tt.h, `{"name":"somebody"}`)
		run() // fills the pool
		if got := testing.AllocsPerRun(200, run); got > tt.want && !raceEnabled {
			t.Errorf("%s: %v allocations, want at most %v", tt.name, got, tt.want)
		}
	}
}

func BenchmarkRoute(b *testing.B) {
	s, _ := newServer(b)
	for name, h := range map[string]http.Handler{
		"answer":  route(s, ok),
		"timeout": route(s, func(c *Call) { c.Timeout(time.Second); ok(c) }),
		"body":    post(s, 1000),
	} {
		b.Run(name, func(b *testing.B) {
			run := exchange(h, `{"name":"somebody"}`)
			b.ReportAllocs()
			for b.Loop() {
				run()
			}
		})
	}
}
