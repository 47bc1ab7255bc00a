package genrt

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

// timedContext is the context of a route with a timeout. Most handlers are done
// long before and never wait for it, so the timer is made when Done is first
// asked for. It outlives its Call, which is used again, because goroutines of
// the handler may hold it.
type timedContext struct {
	parent   context.Context
	deadline time.Time

	mu     sync.Mutex
	real   atomic.Pointer[realContext] // nil until somebody waits
	cancel context.CancelFunc
	ended  bool
}

// realContext lets an interface value be swapped atomically.
type realContext struct{ context.Context }

func newTimedContext(parent context.Context, d time.Duration) *timedContext {
	return &timedContext{parent: parent, deadline: time.Now().Add(d)}
}

// expired reports whether the route's own time has run out.
func (t *timedContext) expired() bool {
	return t != nil && !time.Now().Before(t.deadline)
}

// materialise returns the context behind t, with a timer.
func (t *timedContext) materialise() context.Context {
	if r := t.real.Load(); r != nil {
		return r.Context
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.real.Load(); r != nil {
		return r.Context
	}
	ctx, cancel := context.WithDeadlineCause(t.parent, t.deadline, runtime.ErrTimeout)
	t.cancel = cancel
	if t.ended {
		cancel()
	}
	t.real.Store(&realContext{ctx})
	return ctx
}

// end cancels the context: the request is answered.
func (t *timedContext) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	if t.cancel != nil {
		t.cancel()
	}
}

func (t *timedContext) isEnded() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ended
}

// Deadline is the earlier one of the route's and the parent's.
func (t *timedContext) Deadline() (time.Time, bool) {
	if d, ok := t.parent.Deadline(); ok && d.Before(t.deadline) {
		return d, true
	}
	return t.deadline, true
}

func (t *timedContext) Done() <-chan struct{} { return t.materialise().Done() }

func (t *timedContext) Err() error {
	if r := t.real.Load(); r != nil {
		return r.Err()
	}
	if err := t.parent.Err(); err != nil {
		return err
	}
	if t.expired() || t.isEnded() {
		return t.materialise().Err() // so that context.Cause finds the reason
	}
	return nil
}

// Value asks the context behind t where there is one, so that contexts derived
// from t attach to it without a goroutine, and context.Cause finds the cause.
func (t *timedContext) Value(key any) any {
	if r := t.real.Load(); r != nil {
		return r.Value(key)
	}
	return t.parent.Value(key)
}
