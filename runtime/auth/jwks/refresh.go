package jwks

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

const (
	minBackoff = time.Second
	maxBackoff = 30 * time.Second
	cooldown   = 30 * time.Second // between fetches for the sake of unknown ids
	maxStale   = 24 * time.Hour   // after a fetch, for as long as no other succeeds
)

// flight is a fetch that runs. Whoever waits for it reads it when done is closed.
type flight struct {
	done chan struct{}
	keys *keys
	err  error
}

// outage is a row of fetches that failed.
type outage struct {
	err   error // of the last one; nil when there is no outage
	since time.Time
	wait  time.Duration
	next  time.Time // when the next one may begin
}

// failed notes another failure at now, and reports whether it is the first.
func (o *outage) failed(err error, now time.Time) (first bool) {
	if first = o.err == nil; first {
		*o = outage{since: now, wait: minBackoff}
	} else {
		o.wait = min(2*o.wait, maxBackoff)
	}
	o.err, o.next = err, now.Add(o.wait)
	return first
}

// fly returns the flight that runs, or begins one. It returns nil when the source is
// down and the next try is not due. The caller holds mu.
func (c *Client) fly(now time.Time) (f *flight, began bool) {
	if c.flight != nil {
		return c.flight, false
	}
	if c.outage.err != nil && now.Before(c.outage.next) { //check:backoff
		return nil, false
	}
	c.flight = &flight{done: make(chan struct{})}
	go c.run(c.flight)
	return c.flight, true
}

// run fetches for f. No caller's context is in it: one that leaves must not spoil
// the fetch for the others.
func (c *Client) run(f *flight) {
	defer close(f.done)
	ctx, cancel := context.WithTimeout(context.Background(), c.fetcher.timeout)
	defer cancel()
	f.keys, f.err = c.fetch(ctx)
	now := c.settings.clock()
	report := c.land(f, now)
	report()
}

// land makes the result of f that of c, and returns what has to be logged.
func (c *Client) land(f *flight, now time.Time) (report func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flight = nil
	url := slog.String("url", c.name)
	if f.err != nil {
		first := c.outage.failed(f.err, now)
		return func() {
			if first {
				c.settings.logger().Warn("keys of tokens cannot be fetched", url, slog.Any("error", f.err))
			}
		}
	}
	before := c.outage
	c.outage = outage{}
	c.current.Store(f.keys)
	c.missed.found(f.keys.set)
	return func() {
		if before.err != nil {
			c.settings.logger().Info("keys of tokens are fetched again", url, slog.Duration("outage", now.Sub(before.since)))
		}
	}
}

// fetch gets the next keys. A reader that panics over what somebody else wrote must
// not end the program.
func (c *Client) fetch(ctx context.Context) (k *keys, err error) {
	defer func() {
		if v := recover(); v != nil {
			k, err = nil, fmt.Errorf("%s: expected keys, and reading the answer panicked with a value of type %T", c.name, v)
		}
		if err != nil && c.discovery != nil {
			c.discovery.forget()
		}
	}()
	now, at := c.settings.clock(), c.url
	if c.discovery != nil {
		if at, err = c.discovery.locate(ctx, c.fetcher, now); err != nil { //check:discovery-failed
			return nil, err
		}
	}
	doc, err := c.fetcher.get(ctx, at)
	if err != nil {
		return nil, err
	}
	set, err := ParseSet(doc.body, c.settings.options)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", show(at), err)
	}
	life := lifetimeOf(doc.header, now)
	return &keys{set: set, refresh: now.Add(life / 5 * 4), expire: now.Add(life), end: now.Add(maxStale)}, nil
}

// answer is what Set has to do: return set and err, or wait for a flight, and when
// that fails return set, unless it is nil.
type answer struct {
	set    *Set
	err    error
	flight *flight
}

// ask decides for a token with the kid id, and begins what has to be fetched.
func (c *Client) ask(now time.Time, id string) answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := c.current.Load()
	switch {
	case k == nil || !now.Before(k.end): //check:keys-end
		return c.require(now)
	case !k.knows(id) && c.missed.due(id, now):
		return c.lookUp(k, now)
	default:
		return c.renew(k, now)
	}
}

// require answers when there are no keys: in an outage one caller tries again and
// waits, and the others need not.
func (c *Client) require(now time.Time) answer {
	f, began := c.fly(now)
	if f == nil || !began && c.outage.err != nil { //check:outage-no-keys
		return answer{err: c.outage.err}
	}
	return answer{flight: f}
}

// lookUp answers when an id is none of k. While the source is down nobody can tell
// what it means.
func (c *Client) lookUp(k *keys, now time.Time) answer {
	if c.flight == nil && now.Before(k.refresh) && now.Before(c.missed.next) { //check:cooldown
		if c.outage.err != nil { //check:cooldown-outage
			return answer{err: c.outage.err}
		}
		return answer{set: k.set}
	}
	f, began := c.fly(now)
	if f == nil || !began && c.outage.err != nil { //check:outage-unknown
		return answer{err: c.outage.err}
	}
	if began {
		c.missed.next = now.Add(cooldown)
	}
	return answer{flight: f}
}

// renew answers with k, and fetches what comes after it when it is time.
func (c *Client) renew(k *keys, now time.Time) answer {
	if now.Before(k.refresh) {
		return answer{set: k.set}
	}
	f, began := c.fly(now)
	if f == nil || now.Before(k.expire) || !began && c.outage.err != nil {
		return answer{set: k.set}
	}
	return answer{set: k.set, flight: f}
}
