package server

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

// child serves what the tests of signals ask, in a process of its own: what is
// sent comes back, and /end ends the context of the server.
func child() int {
	ctx, end := context.WithCancel(context.Background())
	defer end()
	if os.Getenv("SERVER_TEST_NOTIFY") != "" {
		// As many programs do; a second signal must end the process all the same.
		var stop context.CancelFunc
		ctx, stop = signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
		defer stop()
	}
	limit, err := time.ParseDuration(os.Getenv("SERVER_TEST_LIMIT"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/end" { // what no signal begins
			end()
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		io.WriteString(w, strings.Repeat("answer ", 1000))
		w.Write(body)
	})
	err = Run(ctx, Config{}, h, WithAddr("127.0.0.1:0"), WithLogger(slog.New(slog.NewTextHandler(os.Stderr, nil))),
		WithDrain(termDelay, limit))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// process is a child.
type process struct {
	started
	cmd *exec.Cmd
}

// startChild starts a process that waits limit for requests when it stops, and
// that listens to signals itself.
func startChild(t *testing.T, limit time.Duration) *process {
	t.Helper()
	return startChildWith(t, limit, "SERVER_TEST_NOTIFY=1")
}

// startChildWith starts one with more in its environment.
func startChildWith(t *testing.T, limit time.Duration, env ...string) *process {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("no signals can be sent on windows")
	}
	p := &process{started: started{t: t, log: &logged{}, done: make(chan error, 1)}}
	p.cmd = exec.CommandContext(t.Context(), os.Args[0])
	p.cmd.Env = append(os.Environ(), "SERVER_TEST_CHILD=1", "SERVER_TEST_LIMIT="+limit.String())
	p.cmd.Env = append(p.cmd.Env, env...)
	p.cmd.Stderr = p.log
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { p.done <- p.cmd.Wait() }()
	p.url = p.log.wait(t, `msg=serving url=(\S+)`)
	_, p.addr, _ = strings.Cut(p.url, "://")
	return p
}

func (p *process) signal(sig os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
}
