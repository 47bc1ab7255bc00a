package server

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"testing"
	"time"
)

func TestTimeouts(t *testing.T) {
	for _, tt := range []struct{ timeout, header, read, write time.Duration }{
		{0, 5 * time.Second, 27 * time.Second, 30 * time.Second},
		{time.Second, time.Second, 900 * time.Millisecond, time.Second},
		{time.Minute, 5 * time.Second, 54 * time.Second, time.Minute},
	} {
		s := start(t, Config{Timeout: Duration(tt.timeout)}, text(""), WithHTTP(func(s *http.Server) {
			if s.ReadHeaderTimeout != tt.header || s.ReadTimeout != tt.read || s.WriteTimeout != tt.write {
				t.Errorf("%v: %v, %v, %v", tt.timeout, s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout)
			}
			if s.IdleTimeout != 75*time.Second || s.MaxHeaderBytes != 32<<10 {
				t.Errorf("idle %v, header %d bytes", s.IdleTimeout, s.MaxHeaderBytes)
			}
		}))
		if err := s.end(); err != nil {
			t.Error(err)
		}
	}
}

// A client that asks for much and reads nothing loses its connection, and the
// handler comes back.
func TestClientNeverReads(t *testing.T) {
	returned := make(chan error, 1)
	s := start(t, Config{Timeout: Duration(500 * time.Millisecond)}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		block := make([]byte, 1<<20)
		for {
			if _, err := w.Write(block); err != nil {
				returned <- err
				return
			}
		}
	}))
	io.WriteString(s.dial(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	select {
	case err := <-returned:
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("the handler got %v, want a deadline", err)
		}
	case <-time.After(long):
		t.Fatal("the handler writes for ever")
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
}

// A client that never sends, or only half a header, loses its connection.
func TestClientNeverSends(t *testing.T) {
	s := start(t, Config{}, text(""), WithHTTP(func(s *http.Server) { s.ReadHeaderTimeout = 100 * time.Millisecond }))
	for _, sent := range []string{"", "GET / HTTP/1.1\r\nHost: x\r\n"} {
		conn := s.dial()
		io.WriteString(conn, sent)
		if _, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("after %q the connection stays", sent)
		}
	}
}

// The answer to an upload that is too slow arrives.
func TestSlowUploadIsTold(t *testing.T) {
	s := start(t, Config{Timeout: Duration(time.Second)}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusRequestTimeout)
		}
	}), WithHTTP(func(s *http.Server) { s.WriteTimeout = long })) // not on a machine that is slow itself
	conn := s.dial()
	io.WriteString(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nx")
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestTimeout {
		t.Errorf("status %d", resp.StatusCode)
	}
}

func TestHeaderTooLarge(t *testing.T) {
	s := start(t, Config{}, text(""))
	conn := s.dial()
	go fmt.Fprintf(conn, "GET / HTTP/1.1\r\nHost: x\r\nX: %0*d\r\n\r\n", 64<<10, 0)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	var reset *net.OpError
	if errors.As(err, &reset) {
		return // the rest of the header met a closed connection
	}
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("status %d", resp.StatusCode)
	}
}
