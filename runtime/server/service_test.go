package server

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Every mistake is told, and nothing listens.
func TestAllMistakesAtOnce(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	err = Run(t.Context(), Config{Port: -1, Timeout: -1}, nil,
		WithListener(ln), WithLogger(nil), WithDrain(-1, 0), WithHealth(nil), WithTLS(&tls.Config{}), WithHTTP(nil), WithAddr("8888"), nil)
	wants(t, err, "Port: expected", "Timeout: expected", "expected a handler", "WithLogger: expected", "WithDrain: expected",
		"WithHealth: expected", "WithTLS: expected a certificate", "WithHTTP: expected", "WithAddr: expected")
	if _, err := ln.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the listener is still open: %v", err)
	}
	wants(t, Run(t.Context(), Config{}, text(""), WithListener(nil), WithTLS(nil)), "WithListener: expected", "WithTLS: expected")
}

// A server that cannot begin leaves no listener behind.
func TestListenerOfFailedStart(t *testing.T) {
	certFile, keyFile := pair(t, time.Now().Add(time.Hour))
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	err = Run(t.Context(), Config{CertFile: certFile, KeyFile: keyFile}, text(""), WithListener(ln), WithLogger(quietLog),
		// RFC 9113 section 9.2.2 asks for another one.
		WithTLS(&tls.Config{CipherSuites: []uint16{tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384}}))
	wants(t, err, "no longer accepts connections", "CipherSuites")
	if err := ln.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the listener is still open: %v", err)
	}
}

func TestStoppedBeforeItBegan(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := Run(ctx, Config{}, text(""), WithAddr("127.0.0.1:0")); err != nil {
		t.Error(err)
	}
	for range 200 { // a stop that comes before the first call of Accept is rare
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if err := Run(ctx, Config{}, text(""), WithListener(ln), WithLogger(quietLog)); err != nil {
			t.Error(err)
		}
		if err := ln.Close(); !errors.Is(err, net.ErrClosed) {
			t.Fatalf("the listener is still open after Run: %v", err)
		}
	}
}

type key struct{}

// Requests have the values of the context, its end is not theirs, and what
// WithHTTP gives them is kept.
func TestContextOfRequests(t *testing.T) {
	for _, theirs := range []bool{false, true} {
		ctx, stop := context.WithCancel(context.WithValue(t.Context(), key{}, "v"))
		defer stop()
		base := ctx
		opts := []Option{WithAddr("127.0.0.1:0")}
		if theirs {
			base = t.Context()
			opts = append(opts, WithHTTP(func(s *http.Server) {
				s.BaseContext = func(net.Listener) context.Context { return context.WithValue(base, key{}, "v") }
			}))
		}
		s, err := prepare(ctx, Config{}, text(""), opts)
		if err != nil {
			t.Fatal(err)
		}
		got := s.http.BaseContext(nil)
		stop()
		if got.Err() != nil || got.Value(key{}) != "v" {
			t.Errorf("theirs %v: %v, value %v", theirs, got.Err(), got.Value(key{}))
		}
		s.cancel(errCut)
		<-got.Done()
		if !errors.Is(context.Cause(got), errCut) {
			t.Errorf("theirs %v: cause %v", theirs, context.Cause(got))
		}
	}
}

func TestMaxBytes(t *testing.T) {
	s := start(t, Config{MaxBytes: 8}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got, err := io.ReadAll(r.Body)
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			w.WriteHeader(http.StatusTeapot)
			return
		}
		w.Write(got)
	}))
	for _, tt := range []struct {
		name   string
		body   io.Reader
		status int
	}{
		{"fits", strings.NewReader("12345678"), 200},
		{"none", nil, 200},
		{"too large by its length", strings.NewReader("123456789"), 413},
		{"fits in chunks", io.MultiReader(strings.NewReader("12345678")), 200},
		{"too large in chunks", io.MultiReader(strings.NewReader("123456789")), http.StatusTeapot},
	} {
		resp, err := client(t).Post(s.url, "text/plain", tt.body)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != tt.status {
			t.Errorf("%s: %d, want %d", tt.name, resp.StatusCode, tt.status)
		}
		if tt.status == 413 && (resp.Header.Get("Content-Type") != "application/problem+json" || !strings.Contains(string(got), "not have more than 8 bytes")) {
			t.Errorf("%s: %v %s", tt.name, resp.Header, got)
		}
	}
}

func TestPanickingHandler(t *testing.T) {
	s := start(t, Config{Name: "user-api"}, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/panic" {
			panic("out of order")
		}
		io.WriteString(w, "hello")
	}))
	s.log.wait(t, `msg=serving url=\S+ name=user-api`)
	c := client(t)
	if resp, err := c.Get(s.url + "/panic"); err == nil {
		resp.Body.Close()
		t.Errorf("status %d, want a closed connection", resp.StatusCode)
	}
	s.log.wait(t, `level=WARN msg="http: panic serving.*out of order`)
	if status, _, _ := get(t, c, s.url); status != 200 {
		t.Errorf("status %d after a panic", status)
	}
	if err := s.end(); err != nil { // the request that panicked is not counted any more
		t.Error(err)
	}
}

// While requests come, a stop does not close the connections they come on.
func TestRequestsHoldUpTheEnd(t *testing.T) {
	s, err := prepare(t.Context(), Config{}, text(""), nil)
	if err != nil {
		t.Fatal(err)
	}
	ask := func() int64 {
		s.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
		return s.came.Load()
	}
	if ask() != 0 {
		t.Error("requests are counted before the stop")
	}
	s.stopping.Store(true)
	if ask() != 1 {
		t.Error("a request during the stop is not seen")
	}
}
