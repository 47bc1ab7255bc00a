package authtest

import (
	"sync/atomic"
	"time"
)

// Clock tells the time that a test wants it to be. Its method Now is for
// auth.WithClock. It is safe for concurrent use.
type Clock struct{ now atomic.Pointer[time.Time] }

// NewClock returns a Clock that stands still at t.
func NewClock(t time.Time) *Clock {
	c := new(Clock)
	c.Set(t)
	return c
}

// Now returns what the clock shows.
func (c *Clock) Now() time.Time { return *c.now.Load() }

// Set makes the clock show t.
func (c *Clock) Set(t time.Time) { c.now.Store(&t) }

// Advance moves the clock forward by d, or back when d is negative, and returns
// what it shows then.
func (c *Clock) Advance(d time.Duration) time.Time {
	for {
		old := c.now.Load()
		next := old.Add(d)
		if c.now.CompareAndSwap(old, &next) {
			return next
		}
	}
}
