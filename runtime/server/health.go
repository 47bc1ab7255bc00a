package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

const (
	livePath  = "/healthz"
	readyPath = "/readyz"
	// checkLimit is how long one question may take.
	checkLimit = 2 * time.Second
)

// health answers whether the service lives and is ready.
type health struct {
	checks []*check
	limit  time.Duration
}

func newHealth(ready []func(context.Context) error) *health {
	h := &health{limit: checkLimit}
	for _, f := range ready {
		h.checks = append(h.checks, &check{f: f})
	}
	return h
}

// serve answers r where it asks for health, and reports whether it has.
func (h *health) serve(w http.ResponseWriter, r *http.Request, stopping bool, log *slog.Logger) bool {
	if r.URL.Path != livePath && r.URL.Path != readyPath {
		return false
	}
	w.Header().Set("Cache-Control", "no-store")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		p := &runtime.Problem{Status: http.StatusMethodNotAllowed, Header: http.Header{"Allow": {"GET, HEAD"}}}
		p.ServeHTTP(w, r)
	case r.URL.Path == livePath:
		writeOK(w)
	case stopping:
		(&runtime.Problem{Status: http.StatusServiceUnavailable, Detail: "the server is stopping"}).ServeHTTP(w, r)
	default:
		errs := h.ask(r.Context())
		for _, err := range errs {
			log.LogAttrs(r.Context(), slog.LevelWarn, "not ready", slog.Any("error", err))
		}
		if len(errs) > 0 {
			(&runtime.Problem{Status: http.StatusServiceUnavailable, Detail: "the service is not ready"}).ServeHTTP(w, r)
			return true
		}
		writeOK(w)
	}
	return true
}

func writeOK(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = io.WriteString(w, "ok\n") // nothing is left to do for a client that is gone
}

// ask runs all checks at the same time and returns what is wrong.
func (h *health) ask(ctx context.Context) []error {
	// Others may wait for the same answer when this client leaves.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.limit)
	defer cancel()
	results := make([]error, len(h.checks))
	var all sync.WaitGroup
	for i, c := range h.checks {
		all.Go(func() { results[i] = c.ask(ctx) })
	}
	all.Wait()
	return slices.DeleteFunc(results, func(err error) bool { return err == nil })
}

// check is one question. It is asked once at a time; who asks meanwhile waits
// for the same answer.
type check struct {
	f   func(context.Context) error
	mu  sync.Mutex
	run *answer // nil while none runs
}

// answer is what a run of a check will have found.
type answer struct {
	done chan struct{}
	err  error // once done is closed
}

var errSlow = errors.New("a check did not return in time")

// ask returns what f does, or an error once ctx ends.
func (c *check) ask(ctx context.Context) error {
	a := c.start(ctx)
	select {
	case <-a.done:
		return a.err
	case <-ctx.Done():
		return errSlow
	}
}

// start returns the run that is under way, or a new one.
func (c *check) start(ctx context.Context) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.run != nil {
		return c.run
	}
	a := &answer{done: make(chan struct{})}
	c.run = a
	go func() {
		a.err = c.call(ctx)
		c.mu.Lock()
		c.run = nil
		c.mu.Unlock()
		close(a.done)
	}()
	return a
}

// call runs f. A panic is a check that failed, not the end of the process.
func (c *check) call(ctx context.Context) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("a check panicked: %v", v)
		}
	}()
	return c.f(ctx)
}
