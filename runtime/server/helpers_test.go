package server

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// long is more than anything here takes on the slowest machine.
const long = time.Minute

// TestMain runs a server of its own where a test has started this binary for it.
func TestMain(m *testing.M) {
	if os.Getenv("SERVER_TEST_CHILD") != "" {
		os.Exit(child())
	}
	os.Exit(m.Run())
}

// quietLog is for servers whose lines no test reads.
var quietLog = slog.New(slog.DiscardHandler)

// logged is a log that several goroutines write.
type logged struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// wait returns what pattern finds in the log, once it does.
func (l *logged) wait(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	var found []string
	until(t, "the log has "+pattern, func() bool {
		found = re.FindStringSubmatch(l.String())
		return found != nil
	})
	return found[len(found)-1]
}

// until waits for a condition.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(long); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("in vain until %s", what)
		}
	}
}

// started is a Run under test.
type started struct {
	t    *testing.T
	url  string // with scheme
	addr string
	log  *logged
	stop context.CancelFunc
	done chan error
}

// start runs h on a free port.
func start(t *testing.T, c Config, h http.Handler, opts ...Option) *started {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s := &started{t: t, log: &logged{}, stop: stop, done: make(chan error, 1)}
	opts = append([]Option{WithAddr("127.0.0.1:0"), WithLogger(slog.New(slog.NewTextHandler(s.log, nil)))}, opts...)
	go func() { s.done <- Run(ctx, c, h, opts...) }()
	s.url = s.log.wait(t, `msg=serving url=(\S+)`)
	_, s.addr, _ = strings.Cut(s.url, "://")
	t.Cleanup(stop)
	return s
}

// end stops the server and returns what Run returned.
func (s *started) end() error {
	s.t.Helper()
	s.stop()
	return s.wait()
}

func (s *started) wait() error {
	s.t.Helper()
	select {
	case err := <-s.done:
		return err
	case <-time.After(long):
		s.t.Fatalf("Run does not return:\n%s", s.log)
		return nil
	}
}

// portClosed waits until nobody can connect.
func (s *started) portClosed() {
	s.t.Helper()
	until(s.t, "the port is closed", func() bool {
		c, err := net.DialTimeout("tcp", s.addr, 100*time.Millisecond)
		if err == nil {
			c.Close()
		}
		return err != nil
	})
}

// dial connects and ends the connection with the test.
func (s *started) dial() net.Conn {
	s.t.Helper()
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(long))
	return conn
}

// client keeps its connections to itself.
func client(t *testing.T) *http.Client {
	tr := &http.Transport{}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: tr, Timeout: long}
}

// get returns the status, the header and the body of an answer.
func get(t *testing.T, c *http.Client, url string) (int, http.Header, string) {
	t.Helper()
	resp, err := c.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}

func text(s string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, s) })
}

// wants checks that err tells all of these.
func wants(t *testing.T, err error, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if err == nil || !strings.Contains(err.Error(), text) {
			t.Errorf("got %v, want an error with %q", err, text)
		}
	}
}
