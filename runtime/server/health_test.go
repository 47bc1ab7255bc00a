package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestHealthIsOffUnlessAsked(t *testing.T) {
	s := start(t, Config{}, text("mine"))
	for _, path := range []string{livePath, readyPath} {
		if _, _, got := get(t, client(t), s.url+path); got != "mine" {
			t.Errorf("%s: %q", path, got)
		}
	}
}

func TestHealth(t *testing.T) {
	var wrong error
	s := start(t, Config{}, text("mine"), WithHealth(
		func(context.Context) error { return nil },
		func(context.Context) error { return wrong },
	))
	c := client(t)
	for _, path := range []string{livePath, readyPath} {
		status, header, got := get(t, c, s.url+path)
		if status != 200 || got != "ok\n" || header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %q %v", path, status, got, header)
		}
		resp, err := c.Post(s.url+path, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 405 || resp.Header.Get("Allow") != "GET, HEAD" {
			t.Errorf("POST %s: %d %v", path, resp.StatusCode, resp.Header)
		}
		if resp, err = c.Head(s.url + path); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 200 {
			t.Errorf("HEAD %s: %d", path, resp.StatusCode)
		}
	}
	if _, _, got := get(t, c, s.url+"/"); got != "mine" {
		t.Errorf("the handler is not asked: %q", got)
	}
	wrong = errors.New("the database at 10.0.0.7 is gone")
	status, header, got := get(t, c, s.url+readyPath)
	if status != 503 || header.Get("Content-Type") != "application/problem+json" || strings.Contains(got, "10.0.0.7") {
		t.Errorf("%d %v %s", status, header, got)
	}
	s.log.wait(t, `msg="not ready" error="the database at 10.0.0.7 is gone"`)
	if status, _, _ := get(t, c, s.url+livePath); status != 200 {
		t.Errorf("not ready, and so not alive: %d", status)
	}
}

// A check that hangs makes the service not ready, and is not started again
// before it returns.
func TestCheckHangs(t *testing.T) {
	begun, release := make(chan struct{}, 10), make(chan struct{})
	h := newHealth([]func(context.Context) error{func(context.Context) error {
		begun <- struct{}{}
		<-release
		return nil
	}})
	h.limit = 50 * time.Millisecond
	for range 3 {
		if errs := h.ask(t.Context()); len(errs) != 1 || !errors.Is(errs[0], errSlow) {
			t.Fatalf("got %v", errs)
		}
	}
	if len(begun) != 1 {
		t.Errorf("the check runs %d times", len(begun))
	}
	close(release)
	h.limit = long
	until(t, "the check that hung is ready", func() bool { return len(h.ask(t.Context())) == 0 })
}

func TestCheckPanics(t *testing.T) {
	h := newHealth([]func(context.Context) error{func(context.Context) error { panic("oops") }})
	if errs := h.ask(t.Context()); len(errs) != 1 || !strings.Contains(errs[0].Error(), "oops") {
		t.Errorf("got %v", errs)
	}
}

// Whoever asks while a check runs gets its result, not an error.
func TestCheckIsShared(t *testing.T) {
	begun, release := make(chan struct{}, 10), make(chan struct{})
	h := newHealth([]func(context.Context) error{func(context.Context) error {
		begun <- struct{}{}
		<-release
		return nil
	}})
	h.limit = long
	results := make(chan []error)
	ctx, leave := context.WithCancel(t.Context())
	go func() { results <- h.ask(ctx) }()
	<-begun
	leave() // the first one leaves
	go func() { results <- h.ask(t.Context()) }()
	close(release)
	for range 2 {
		if errs := <-results; len(errs) > 0 {
			t.Error(errs)
		}
	}
}

// While the delay lasts everything is served, and load balancers are told.
func TestDelay(t *testing.T) {
	s := start(t, Config{}, text("mine"), WithHealth(), WithDrain(5*time.Second, long))
	c := client(t)
	if resp, err := c.Get(s.url); err != nil || resp.Close {
		t.Fatalf("%v, %v: the connection is closed before the stop", resp, err)
	} else {
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	s.stop()
	s.log.wait(t, "msg=stopping")
	for path, want := range map[string]int{readyPath: 503, livePath: 200, "/": 200} {
		resp, err := c.Get(s.url + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want || !resp.Close {
			t.Errorf("%s: %d, close %v; want %d and the end of the connection", path, resp.StatusCode, resp.Close, want)
		}
	}
	if err := s.wait(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(s.url); err == nil {
		t.Error("it still answers")
	}
}
