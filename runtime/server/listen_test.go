package server

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

func TestPortInUse(t *testing.T) {
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	addr := other.Addr().(*net.TCPAddr)
	err = Run(t.Context(), Config{Host: "127.0.0.1", Port: addr.Port}, text(""))
	wants(t, err, "listen on "+addr.String()+": the port is in use: stop the other process, or set Port")
	if !errors.Is(err, errsInUse[0]) {
		t.Errorf("the system's error is not behind %v", err)
	}
	err = Run(t.Context(), Config{}, text(""), WithAddr(addr.String()))
	wants(t, err, "the port is in use", "choose another one")
}

func TestAddressOfAnotherMachine(t *testing.T) {
	// RFC 5737 section 3: an address for documentation.
	wants(t, Run(t.Context(), Config{Host: "192.0.2.1"}, text("")), "listen on 192.0.2.1:8888", "not one of this machine")
}

func TestUnknownHost(t *testing.T) {
	// RFC 6761 section 6.4: no name ends in invalid.
	wants(t, Run(t.Context(), Config{Host: "nothing.invalid"}, text("")), "the host name is not known")
}

func TestPortNotAllowed(t *testing.T) {
	err := explain(&net.OpError{Op: "listen", Err: os.NewSyscallError("bind", errsNotAllowed[0])}, "set Port")
	wants(t, err, "ports below 1024")
	if runtime.GOOS != "linux" || os.Getuid() == 0 {
		return // it is allowed
	}
	start, err := os.ReadFile("/proc/sys/net/ipv4/ip_unprivileged_port_start")
	if err != nil || strings.TrimSpace(string(start)) != "1024" {
		return
	}
	wants(t, Run(t.Context(), Config{Host: "127.0.0.1", Port: 1}, text("")), "ports below 1024")
}

// 0.0.0.0 is every interface of IPv4 and none of IPv6.
func TestNetwork(t *testing.T) {
	for addr, want := range map[string]string{
		"0.0.0.0:1": "tcp4", "127.0.0.1:1": "tcp4", ":1": "tcp", "[::]:1": "tcp", "[::1]:1": "tcp", "localhost:1": "tcp",
	} {
		if got := network(addr); got != want {
			t.Errorf("%s: got %s, want %s", addr, got, want)
		}
	}
}

func TestUnixSocket(t *testing.T) {
	dir, err := os.MkdirTemp("", "s") // t.TempDir may be too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "s")
	ln, err := net.Listen("unix", path)
	if errors.Is(err, syscall.EAFNOSUPPORT) {
		t.Skip("no unix sockets: ", err)
	} else if err != nil {
		t.Fatal(err)
	}
	s := start(t, Config{}, text("hello"), WithListener(ln))
	if s.url != "unix:"+path {
		t.Errorf("url %s", s.url)
	}
	c := client(t)
	c.Transport.(*http.Transport).DialContext = func(context.Context, string, string) (net.Conn, error) { return net.Dial("unix", path) }
	if status, _, got := get(t, c, "http://x/"); status != 200 || got != "hello" {
		t.Errorf("%d %q", status, got)
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("unix", path); err == nil {
		t.Error("the listener is open after Run")
	}
}

// Somebody else closes the listener.
func TestListenerGone(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, Config{}, text(""), WithListener(ln))
	ln.Close()
	err = s.wait()
	wants(t, err, "no longer accepts")
	if !errors.Is(err, net.ErrClosed) {
		t.Errorf("got %v, want net.ErrClosed behind it", err)
	}
}
