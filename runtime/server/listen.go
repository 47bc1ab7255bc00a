package server

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

// open returns the listener to serve: the one that was given, or one on the
// address of the configuration.
func (s *service) open(ctx context.Context) (*listener, error) {
	if s.listener != nil {
		return &listener{Listener: s.listener, came: &s.came}, nil
	}
	addr, instead := s.config.Addr(), "set Port to another one"
	if s.addr != "" {
		addr, instead = s.addr, "choose another one"
	}
	var lc net.ListenConfig
	// Sockets of Multipath TCP, Go's default, take no filter: see refuse.
	lc.SetMultipathTCP(false)
	ln, err := lc.Listen(ctx, network(addr), addr)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w", addr, explain(err, instead))
	}
	return &listener{Listener: ln, own: true, came: &s.came}, nil
}

// network returns tcp4 for addresses of IPv4, because net takes 0.0.0.0 for
// every interface of IPv6 as well.
func network(addr string) string {
	host, _, err := net.SplitHostPort(addr)
	if ip, parseErr := netip.ParseAddr(host); err == nil && parseErr == nil && ip.Is4() {
		return "tcp4"
	}
	return "tcp"
}

// explain says what is wrong with an address, and what helps.
func explain(err error, instead string) error {
	var unknown *net.DNSError
	var text string
	switch {
	case isAny(err, errsInUse):
		text = "the port is in use: stop the other process, or " + instead
	case isAny(err, errsNotAllowed), errors.Is(err, fs.ErrPermission):
		text = "the system does not allow it: ports below 1024 often need a privilege; give it to the process, or " + instead
	case isAny(err, errsNotOurs):
		text = "the address is not one of this machine: listen on one that is, on 127.0.0.1 for this machine alone, or on 0.0.0.0 for all"
	case errors.As(err, &unknown):
		text = "the host name is not known here: write an address, such as 127.0.0.1, or a name that resolves"
	default:
		return err
	}
	return fmt.Errorf("%s (%w)", text, err)
}

func isAny(err error, targets []error) bool {
	for _, t := range targets {
		if errors.Is(err, t) {
			return true
		}
	}
	return false
}

// listener counts what comes.
type listener struct {
	net.Listener
	own    bool          // was opened here, and is nobody else's
	came   *atomic.Int64 // of the service
	closed sync.Once
}

// Close closes the listener the first time, whoever calls it: net/http does not
// where it is stopped before it begins to accept, or cannot begin.
func (l *listener) Close() error {
	var err error
	l.closed.Do(func() { err = l.Listener.Close() })
	return err
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	l.came.Add(1)
	return conn, err
}

const (
	// quietLooks is how often nothing may have come before what the kernel holds
	// is taken to be accepted and read. Looks are counted, not the time: on a busy
	// machine that passes without this process.
	quietLooks = 5
	// quietLimit is how long that is waited for.
	quietLimit = time.Second
)

// refuse keeps new connections out and waits until those that the kernel has
// accepted are taken: closing a socket of TCP resets what waits in its queue.
// Clients that cannot connect ask on the connections they have left, and a busy
// machine is late to read that: as long as they do, these are not closed either.
// A listener that was given is left alone, because other processes may have it
// too, and so is every one where the system cannot do so.
func (l *listener) refuse() {
	if !l.own || !dropNew(l.Listener) {
		return
	}
	before, looks := l.came.Load(), 0
	for start := time.Now(); looks < quietLooks && time.Since(start) < quietLimit; looks++ {
		time.Sleep(pollEvery)
		if now := l.came.Load(); now != before || waiting(l.Listener) {
			before, looks = now, -1
		}
	}
}
