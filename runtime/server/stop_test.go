package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// post begins a request on conn and returns once the handler reads its body.
func post(t *testing.T, conn net.Conn, length int) *bufio.Reader {
	t.Helper()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", length)
	r := bufio.NewReader(conn)
	for _, want := range []string{"HTTP/1.1 100 Continue\r\n", "\r\n"} {
		if line, err := r.ReadString('\n'); err != nil || line != want {
			t.Fatalf("%q, %v; want %q", line, err, want)
		}
	}
	return r
}

// A request that has begun is answered after the signal.
func TestSignalDuringRequest(t *testing.T) {
	for _, sig := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		p := startChild(t, long)
		conn := p.dial()
		r := post(t, conn, 3)
		p.signal(sig)
		p.log.wait(t, "msg=stopping why="+sig.String())
		p.portClosed()
		io.WriteString(conn, "end")
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		if err != nil || len(got) != 7003 || resp.StatusCode != 200 || !resp.Close {
			t.Errorf("%d, %d bytes, close %v, %v", resp.StatusCode, len(got), resp.Close, err)
		}
		if err := p.wait(); err != nil {
			t.Errorf("%v: %v\n%s", sig, err, p.log)
		}
		p.log.wait(t, "msg=stopped")
	}
}

// An upload that does not come to an end is cut at the limit, and told.
func TestSignalDuringSlowUpload(t *testing.T) {
	p := startChild(t, 300*time.Millisecond)
	conn := p.dial()
	post(t, conn, 1<<20)
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for { // until the connection is cut
			if _, err := io.WriteString(conn, "x"); err != nil {
				return
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	p.signal(syscall.SIGTERM)
	var exit *exec.ExitError
	if err := p.wait(); !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("got %v, want exit code 1", err)
	}
	p.log.wait(t, "stop: 1 request still ran after 300ms and was cut off")
	<-gone
}

// The second signal ends the process, although a request waits.
func TestSecondSignal(t *testing.T) {
	p := startChild(t, time.Hour)
	post(t, p.dial(), 3)
	p.signal(syscall.SIGTERM)
	p.log.wait(t, "msg=stopping")
	p.signal(os.Interrupt)
	var exit *exec.ExitError
	if err := p.wait(); !errors.As(err, &exit) || exit.Exited() {
		t.Errorf("got %v, want the end by a signal", err)
	}
}

// Where the context ended first, a signal cuts nothing off: what sends it does
// not know that the stop has begun.
func TestSignalAfterContext(t *testing.T) {
	p := startChildWith(t, long)
	conn := p.dial()
	r := post(t, conn, 3)
	get(t, client(t), p.url+"/end")
	p.log.wait(t, `msg=stopping why="the context ended"`)
	p.portClosed()
	p.signal(syscall.SIGTERM)
	io.WriteString(conn, "end")
	resp, err := http.ReadResponse(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, err := io.ReadAll(resp.Body); err != nil || len(got) != 7003 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if err := p.wait(); err != nil {
		t.Errorf("%v\n%s", err, p.log)
	}
}

// The second one ends the process, also where the program itself listens.
func TestSecondSignalAfterContext(t *testing.T) {
	p := startChild(t, time.Hour)
	post(t, p.dial(), 3)
	get(t, client(t), p.url+"/end")
	p.log.wait(t, `msg=stopping why="the context ended"`)
	until(t, "the process ends", func() bool {
		_ = p.cmd.Process.Signal(os.Interrupt) // the system merges those that come fast
		return len(p.done) > 0
	})
	var exit *exec.ExitError
	if err := p.wait(); !errors.As(err, &exit) || exit.Exited() {
		t.Errorf("got %v, want the end by a signal", err)
	}
}

// Until the limit the stop does not show in the contexts of requests; then it
// does, and the number of them is told.
func TestContextsEndAtTheLimit(t *testing.T) {
	begun, causes := make(chan context.Context, 2), make(chan error, 2)
	s := start(t, Config{}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hijack" {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
		}
		begun <- r.Context()
		<-r.Context().Done()
		causes <- context.Cause(r.Context())
	}), WithDrain(0, 500*time.Millisecond))
	io.WriteString(s.dial(), "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	io.WriteString(s.dial(), "GET /hijack HTTP/1.1\r\nHost: x\r\n\r\n")
	contexts := []context.Context{<-begun, <-begun}
	before := time.Now()
	s.stop()
	s.log.wait(t, "msg=stopping")
	for _, ctx := range contexts {
		<-ctx.Done()
		if since := time.Since(before); since < 500*time.Millisecond {
			t.Errorf("a context ended after %v", since)
		}
		if cause := <-causes; !errors.Is(cause, errCut) {
			t.Errorf("cause %v", cause)
		}
	}
	wants(t, s.wait(), "stop: 2 requests still ran after 500ms and were cut off")
}

// Whoever took over a connection is waited for too.
func TestHijackedIsWaitedFor(t *testing.T) {
	begun, release := make(chan struct{}), make(chan struct{})
	s := start(t, Config{}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		close(begun)
		<-release
		io.WriteString(conn, "bye")
	}), WithDrain(0, long), WithHTTP(func(s *http.Server) {
		s.RegisterOnShutdown(func() { close(release) })
	}))
	conn := s.dial()
	io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-begun
	if err := s.end(); err != nil {
		t.Error(err)
	}
	if got, err := io.ReadAll(conn); string(got) != "bye" {
		t.Errorf("%q, %v", got, err)
	}
}

// What the delay is for each way to stop.
func TestDelays(t *testing.T) {
	five := 5 * time.Second
	for _, tt := range []struct {
		why   reason
		given *time.Duration
		want  time.Duration
	}{
		{reason{syscall.SIGTERM}, nil, time.Second},
		{reason{syscall.SIGTERM}, &five, five},
		{reason{os.Interrupt}, nil, 0},
		{reason{os.Interrupt}, &five, 0},
		{reason{}, nil, 0},
		{reason{}, &five, five},
	} {
		s := &service{settings: settings{delay: tt.given}}
		if got := s.delayOf(tt.why); got != tt.want {
			t.Errorf("%v: %v, want %v", tt.why, got, tt.want)
		}
	}
}
