package jwks

import (
	"context"
	"testing"
	"time"
)

func mustRenew(t *testing.T, c *Client, seen *Set, want bool) {
	t.Helper()
	if got, err := c.Renew(context.Background(), seen); got != want || err != nil {
		t.Errorf("other keys: %v %v, expected %v", got, err, want)
	}
}

// Keys that no token names are fetched again for a signature none of them made, and
// that costs as much as an unknown id.
func TestRenew(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	seen := mustSet(t, c, "")
	p.now(publishes(t, edKeys(t, "b")))
	p.count()
	mustRenew(t, c, seen, true)
	mustRenew(t, c, seen, true) // for whoever comes later, without a fetch
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
	next := mustSet(t, c, "")
	hasIDs(t, next, "b")
	for range 10 {
		mustRenew(t, c, next, false)
		mustSet(t, c, "unknown")
	}
	k.add(cooldown - time.Nanosecond)
	mustRenew(t, c, next, false)
	if n := p.count(); n != 0 {
		t.Errorf("%d requests within 30 seconds", n)
	}
	k.add(time.Nanosecond)
	mustRenew(t, c, next, true)
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// While the source is down nobody can tell whether it has new keys.
func TestRenewInOutage(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	seen := mustSet(t, c, "")
	p.Close()
	for range 3 {
		if got, err := c.Renew(context.Background(), seen); got || err == nil {
			t.Errorf("got %v %v, expected an error", got, err)
		}
	}
	if set := mustSet(t, c, ""); set != seen {
		t.Error("the keys are not in use any more")
	}
	mustRenew(t, (&publisher{Server: p.Server}).client(t, k), seen, false) // nothing fetched yet
}
