package server

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// load asks a server without pause and counts.
type load struct {
	addr           string
	conns, answers atomic.Int64
	afterSignal    atomic.Int64
	stopping       atomic.Bool
	lost           chan error
}

// run asks until connections are refused, on connections that stay open where
// keep is set and the server leaves them so.
func (l *load) run(keep bool) {
	for {
		conn, err := net.DialTimeout("tcp", l.addr, long)
		if errors.Is(err, syscall.ECONNREFUSED) && l.stopping.Load() {
			return
		}
		if err == nil {
			l.conns.Add(1)
			err = l.ask(conn, keep)
			conn.Close()
		}
		if err != nil {
			l.lost <- err
			return
		}
	}
}

// ask sends requests on conn until the server says that it is the last.
func (l *load) ask(conn net.Conn, keep bool) error {
	conn.SetDeadline(time.Now().Add(long))
	r := bufio.NewReader(conn)
	for {
		if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
			return err
		}
		resp, err := http.ReadResponse(r, nil)
		if err != nil {
			return err
		}
		n, err := io.Copy(io.Discard, resp.Body)
		if err != nil {
			return err
		}
		if n != 7000 || resp.StatusCode != 200 {
			return errors.New("an answer that is not whole: " + resp.Status)
		}
		l.answers.Add(1)
		if l.stopping.Load() {
			l.afterSignal.Add(1)
		}
		if resp.Close || !keep {
			return nil
		}
	}
}

// Every request on a connection that was accepted is answered in full, also
// while the process stops.
func TestStopUnderLoadLosesNothing(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux can empty the queue of a port before it is closed")
	}
	p := startChild(t, long)
	const workers = 24
	l := &load{addr: p.addr, lost: make(chan error, workers)}
	var all sync.WaitGroup
	for i := range workers {
		all.Go(func() { l.run(i%3 > 0) })
	}
	until(t, "1000 requests are answered", func() bool { return l.answers.Load() >= 1000 || len(l.lost) > 0 })
	l.stopping.Store(true)
	p.signal(syscall.SIGTERM)
	all.Wait()
	close(l.lost)
	for err := range l.lost {
		t.Errorf("lost: %v", err)
	}
	if err := p.wait(); err != nil {
		t.Errorf("%v\n%s", err, p.log)
	}
	if l.afterSignal.Load() == 0 {
		t.Error("nothing was answered after the signal: the test shows nothing")
	}
	t.Logf("%d connections, %d answers, %d of them after the signal", l.conns.Load(), l.answers.Load(), l.afterSignal.Load())
}
