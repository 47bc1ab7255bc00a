package server

import (
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"
)

// A client of HTTP/2 that takes no byte from its connection loses it, and the
// handler comes back: no message, not even the one that resets the stream, can be
// sent past the answer that it does not read.
func TestHTTP2ClientNeverReads(t *testing.T) {
	certFile, keyFile := pair(t, time.Now().Add(time.Hour))
	returned := make(chan error, 1)
	s := start(t, Config{Timeout: Duration(500 * time.Millisecond), CertFile: certFile, KeyFile: keyFile},
		http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			block := make([]byte, 1<<20)
			for {
				if _, err := w.Write(block); err != nil {
					returned <- err
					return
				}
			}
		}))
	conn := tls.Client(s.dial(), &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"h2"}})
	// RFC 9113: the preface (section 3.4), windows that hold more than the system
	// buffers (sections 6.5.2 and 6.9), and GET / with HPACK's static table (RFC
	// 7541 appendix A).
	for _, part := range []string{
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"\x00\x00\x06\x04\x00\x00\x00\x00\x00" + "\x00\x04\x7f\xff\xff\xff",
		"\x00\x00\x04\x08\x00\x00\x00\x00\x00" + "\x7f\xff\x00\x00",
		"\x00\x00\x06\x01\x05\x00\x00\x00\x01" + "\x82\x84\x87\x41\x01x",
	} {
		if _, err := io.WriteString(conn, part); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case <-returned:
	case <-time.After(long):
		t.Fatal("the handler writes for ever")
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
}

// A handler that moves the limits before each block may take longer than they
// allow a request, in both directions.
func TestStreamsOutliveTimeout(t *testing.T) {
	certFile, keyFile := pair(t, time.Now().Add(time.Hour))
	const timeout = 300 * time.Millisecond
	stream := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		limits := http.NewResponseController(w)
		if err := errors.Join(limits.EnableFullDuplex(), limits.SetReadDeadline(time.Now().Add(long)), limits.SetWriteDeadline(time.Now().Add(long))); err != nil {
			t.Error(err)
			return
		}
		for block, end := make([]byte, 1), time.Now().Add(2*timeout); time.Now().Before(end); {
			if _, err := io.ReadFull(r.Body, block); err != nil {
				t.Error(err)
				return
			}
			if _, err := w.Write(block); err != nil {
				t.Error(err)
				return
			}
			if err := limits.Flush(); err != nil {
				t.Error(err)
				return
			}
		}
		if r.Context().Err() != nil {
			t.Error("the context has ended")
		}
		io.WriteString(w, "end")
	})
	for name, c := range map[string]Config{
		"HTTP/1.1": {Timeout: Duration(timeout)},
		"HTTP/2.0": {Timeout: Duration(timeout), CertFile: certFile, KeyFile: keyFile},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, c, stream)
			resp, err := trusting(t, certFile).Post(s.url, "text/plain", endless{})
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			got, err := io.ReadAll(resp.Body)
			if err != nil || len(got) < 3 || string(got[len(got)-3:]) != "end" || resp.Proto != name {
				t.Errorf("%s: %d bytes, %v", resp.Proto, len(got), err)
			}
		})
	}
}

// endless is a body without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
