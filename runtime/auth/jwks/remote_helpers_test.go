package jwks

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// secretMark stands in everything that errors and logs must not show.
const secretMark = "SENSITIVE"

var quiet = slog.New(slog.DiscardHandler)

// publisher is a server whose behaviour changes.
type publisher struct {
	*httptest.Server
	requests atomic.Int32
	handler  atomic.Pointer[http.HandlerFunc]
}

func newPublisher(t testing.TB, h http.HandlerFunc) *publisher {
	t.Helper()
	p, s := unstarted(t, h)
	s.StartTLS()
	p.Client().Transport.(*http.Transport).MaxResponseHeaderBytes = maxHeader
	return p
}

func newPlainPublisher(t testing.TB, h http.HandlerFunc) *publisher {
	t.Helper()
	p, s := unstarted(t, h)
	s.Start()
	return p
}

func unstarted(t testing.TB, h http.HandlerFunc) (*publisher, *httptest.Server) {
	p := &publisher{}
	p.now(h)
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.requests.Add(1)
		(*p.handler.Load())(w, r)
	}))
	p.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(p.Close)
	return p, p.Server
}

func (p *publisher) now(h http.HandlerFunc) { p.handler.Store(&h) }

// count returns the number of requests since the last call.
func (p *publisher) count() int { return int(p.requests.Swap(0)) }

// client returns a client of p whose clock is k. The query of its URL is not to be
// shown.
func (p *publisher) client(t testing.TB, k *handClock, opts ...ClientOption) *Client {
	t.Helper()
	opts = append([]ClientOption{WithHTTPClient(p.Client()), WithClock(k.read), WithLogger(quiet)}, opts...)
	c, err := NewClient(p.URL+"/keys?token="+secretMark, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// handClock is a clock that is moved by hand.
type handClock struct {
	mu sync.Mutex
	t  time.Time
}

func newHandClock() *handClock { return &handClock{t: time.Unix(1_700_000_000, 0)} }

func (k *handClock) read() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.t
}

func (k *handClock) add(d time.Duration) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.t = k.t.Add(d)
}

// edKey makes a key with an id, which may be empty.
func edKey(t testing.TB, id string) *Key {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := New(private, "", id)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func edKeys(t testing.TB, ids ...string) []*Key {
	t.Helper()
	var list []*Key
	for _, id := range ids {
		list = append(list, edKey(t, id))
	}
	return list
}

// setText writes a set as publishers do.
func setText(t testing.TB, list ...*Key) string {
	t.Helper()
	s, err := NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// publishes answers with the keys and further headers, given as name, value, ...
func publishes(t testing.TB, list []*Key, headers ...string) http.HandlerFunc {
	t.Helper()
	return says(setText(t, list...), append([]string{"Content-Type", "application/json"}, headers...)...)
}

func says(body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		_, _ = io.WriteString(w, body)
	}
}

// fails answers with a status and a body that is not to be shown.
func fails(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, secretMark, status) }
}

// mustSet returns the keys, which must be had.
func mustSet(t testing.TB, c *Client, id string) *Set {
	t.Helper()
	s, err := c.Set(context.Background(), id)
	if err != nil {
		t.Fatalf("Set(%q): %v", id, err)
	}
	return s
}

// mustFail returns the error of Set, which must be one and must show nothing.
func mustFail(t testing.TB, c *Client, id string) error {
	t.Helper()
	s, err := c.Set(context.Background(), id)
	if err == nil || s != nil {
		t.Fatalf("Set(%q) returned %v and %v, expected an error", id, s, err)
	}
	if strings.Contains(err.Error(), secretMark) {
		t.Errorf("the error shows what it must not: %v", err)
	}
	return err
}

// hasIDs asks that s has exactly these ids.
func hasIDs(t testing.TB, s *Set, ids ...string) {
	t.Helper()
	var got []string
	for _, k := range s.Keys() {
		got = append(got, k.ID())
	}
	if strings.Join(got, " ") != strings.Join(ids, " ") {
		t.Fatalf("the set has the keys %q, expected %q", got, ids)
	}
}

// eventually waits for a condition.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

// idle reports whether c is fetching nothing.
func idle(c *Client) func() bool {
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		return c.flight == nil
	}
}

// logBuffer is a log that is read while it is written.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *logBuffer) lines() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Split(strings.TrimSpace(l.b.String()), "\n")
}

func newLog() (*logBuffer, *slog.Logger) {
	l := &logBuffer{}
	return l, slog.New(slog.NewTextHandler(l, nil))
}
