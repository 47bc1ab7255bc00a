package server

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"
)

// Five thousand clients that keep their connections cost a goroutine each and
// little memory, leave the server answering, and do not hold up its stop.
func TestManyIdleConnections(t *testing.T) {
	const clients = 5000
	// Both ends are files of this process. Go has raised the limit as far as it
	// goes.
	if most := openFiles(); most < 2*clients+200 {
		t.Skipf("only %d files may be open", most)
	}
	s := start(t, Config{}, text("hello"), WithHTTP(func(s *http.Server) { s.IdleTimeout = time.Hour }))
	before, memory := runtime.NumGoroutine(), inUse()
	conns := make([]net.Conn, clients)
	var all sync.WaitGroup
	const workers = 8
	for w := range workers {
		all.Go(func() {
			for i := w; i < clients; i += workers {
				conn, err := net.Dial("tcp", s.addr)
				if err != nil {
					t.Error(err)
					return
				}
				conns[i] = conn
				if err := once(conn); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	defer func() {
		for _, conn := range conns {
			if conn != nil {
				conn.Close()
			}
		}
	}()
	if t.Failed() {
		return
	}
	until(t, "a connection has no more than one goroutine", func() bool { return runtime.NumGoroutine()-before <= clients+100 })
	each := (inUse() - memory) / clients
	t.Logf("%d bytes a connection with both ends", each)
	if each > 64<<10 {
		t.Errorf("a connection takes %d bytes", each)
	}
	if status, _, _ := get(t, client(t), s.url); status != 200 {
		t.Errorf("status %d beside idle connections", status)
	}
	if err := s.end(); err != nil {
		t.Error(err)
	}
	for _, conn := range conns {
		conn.SetDeadline(time.Now().Add(long))
		if _, err := conn.Read(make([]byte, 1)); err != io.EOF {
			t.Fatalf("an idle connection: %v, want its end", err)
		}
	}
	until(t, "the goroutines are gone", func() bool { return runtime.NumGoroutine() <= before+100 })
}

// once asks on conn and reads the answer.
func once(conn net.Conn) error {
	conn.SetDeadline(time.Now().Add(long))
	if _, err := io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		return err
	}
	resp, err := http.ReadResponse(bufio.NewReaderSize(conn, 512), nil)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// inUse is the memory of objects and stacks.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}
