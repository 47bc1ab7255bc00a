package server

import (
	"errors"
	"net"
	"testing"
	"time"
)

// Once new connections are kept out, those that were accepted by the kernel are
// still handed over, and no other.
func TestDropNew(t *testing.T) {
	ln, err := net.Listen("unix", t.TempDir()+"/s")
	if err == nil {
		if dropNew(ln) {
			t.Error("a unix socket has no handshake")
		}
		ln.Close()
	}
	s := &service{settings: settings{addr: "127.0.0.1:0"}}
	l, err := s.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	addr := l.Addr().String()
	early, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer early.Close()
	if !dropNew(l.Listener) {
		t.Fatal("the kernel does not take the filter")
	}
	var netErr net.Error
	if _, err := net.DialTimeout("tcp", addr, 200*time.Millisecond); !errors.As(err, &netErr) || !netErr.Timeout() {
		t.Errorf("a new connection: %v, want no answer", err)
	}
	if !waiting(l.Listener) {
		t.Error("the connection that came before is not seen to wait")
	}
	conn, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if conn.RemoteAddr().String() != early.LocalAddr().String() {
		t.Errorf("accepted %v, want %v", conn.RemoteAddr(), early.LocalAddr())
	}
	if waiting(l.Listener) {
		t.Error("a connection is seen to wait after it was accepted")
	}
}
