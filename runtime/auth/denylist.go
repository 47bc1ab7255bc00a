package auth

import (
	"container/heap"
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

// Denylist is a Revoker in memory: it knows single tokens by their jti, and
// subjects all of whose tokens up to a point in time are revoked. It is safe for
// concurrent use.
//
// It is empty again after a restart and knows nothing of other instances. That is
// enough where tokens live for minutes and one process serves; otherwise implement
// Revoker on a store that all instances share.
//
// It grows with what the service revokes, never with what callers send, and each
// entry goes when the tokens it is about have expired: so its size is bounded by
// the revocations of one token lifetime. Entries that never end stay in memory, as
// DenylistLifetime says. No goroutine clears it up; each revocation takes out a few
// entries that have ended.
//
// jti and sub are compared without iss: where a scheme has several issuers, what is
// revoked of one is revoked of all that use the same value.
type Denylist struct {
	now      func() time.Time
	lifetime int64 // seconds, 0 for ever

	mu       sync.RWMutex
	ids      map[string]int64  // until; forever for no end
	subjects map[string]cutoff // by sub
	ends     endHeap           // of all entries that have an end
}

// cutoff revokes the tokens of a subject that were issued at or before a second.
type cutoff struct{ before, until int64 }

// forever is later than any time that a claim may name.
const forever int64 = maxTime

// DenylistOption changes a Denylist.
type DenylistOption func(*Denylist)

// DenylistClock sets what tells the time; nil leaves time.Now.
func DenylistClock(now func() time.Time) DenylistOption {
	return func(d *Denylist) {
		if now != nil {
			d.now = now
		}
	}
}

// DenylistLifetime says how long the longest-lived token is valid, usually
// Config.AccessExpire: RevokeSubject keeps its cut-off for so long. When it is not
// given, or not positive, cut-offs stay for ever, as they must where tokens have no
// exp.
func DenylistLifetime(d time.Duration) DenylistOption {
	return func(l *Denylist) {
		l.lifetime = int64(max(0, d+time.Second-1) / time.Second) // rounded up
	}
}

// NewDenylist returns an empty Denylist.
func NewDenylist(opts ...DenylistOption) *Denylist {
	d := &Denylist{now: time.Now, ids: make(map[string]int64), subjects: make(map[string]cutoff)}
	for _, o := range opts {
		if o != nil {
			o(d)
		}
	}
	return d
}

// Revoke revokes the token that c comes from, until it expires and the largest
// leeway has passed; one without exp for ever. The error says that the token has no
// jti to be known by: RevokeSubject can still revoke it.
func (d *Denylist) Revoke(c *Claims) error {
	if c == nil { //check:denylist-nil
		return errors.New("auth: expected the claims of a token to revoke, got nil")
	}
	var until time.Time
	if c.ExpiresAt != 0 {
		until = time.Unix(int64(c.ExpiresAt+Time(maxLeeway)), 0)
	}
	return d.RevokeID(c.ID, until)
}

// RevokeID revokes the token with this jti. From the second until on the entry is
// gone; that must not be before the token expires, the leeway of the verifier
// included. The zero time means for ever. A token that is revoked twice stays
// revoked until the later of both. The error says that id is empty.
func (d *Denylist) RevokeID(id string, until time.Time) error {
	if id == "" { //check:denylist-id
		return errors.New("auth: expected the jti of a token to revoke, got none: RevokeSubject revokes tokens without one")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drop()
	id = strings.Clone(id) // which may be a part of a whole token
	end := endOf(until)
	if old, found := d.ids[id]; found && old >= end {
		return nil
	}
	d.ids[id] = end
	d.ends.add(ending{end, id, false})
	return nil
}

// RevokeSubject revokes all tokens of subject that were issued in the second of
// before or earlier, and those that do not say when: for a changed password, or
// "sign out everywhere". A token of the same second is revoked although it may be a
// new one, because iat tells no more than seconds. Where issuers have clocks of
// their own, add to before what these may differ. Of several cut-offs of one
// subject the latest counts. The error says that subject is empty.
//
// The entry is kept until every such token has expired, see DenylistLifetime.
func (d *Denylist) RevokeSubject(subject string, before time.Time) error {
	if subject == "" { //check:denylist-subject
		return errors.New("auth: expected the sub of tokens to revoke, got none")
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.drop()
	subject = strings.Clone(subject)
	c := cutoff{before: before.Unix(), until: forever}
	if d.lifetime > 0 {
		// Tokens without iat may have been issued until now.
		c.until = min(max(c.before, d.now().Unix())+d.lifetime+int64(maxLeeway), forever)
	}
	old, found := d.subjects[subject]
	if found {
		c.before, c.until = max(c.before, old.before), max(c.until, old.until)
	}
	d.subjects[subject] = c
	if !found || c.until > old.until {
		d.ends.add(ending{c.until, subject, true})
	}
	return nil
}

// Revoked reports whether the token with these claims was revoked. Its error is
// always nil.
func (d *Denylist) Revoked(_ context.Context, c *Claims) (bool, error) {
	d.mu.RLock()
	until, known := d.ids[c.ID]
	cut, cutKnown := d.subjects[c.Subject]
	d.mu.RUnlock()
	if !known && !cutKnown {
		return false, nil
	}
	now := d.now().Unix()
	if known && now < until { //check:denylist-revoked
		return true, nil
	}
	if cutKnown && now < cut.until && int64(c.IssuedAt) <= cut.before { //check:denylist-cutoff
		return true, nil
	}
	return false, nil
}

// Len returns how many tokens and subjects are held, for a metric. Some of them
// may have ended.
func (d *Denylist) Len() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return len(d.ids) + len(d.subjects)
}

// dropped is how many ended entries one revocation takes out at most. It is more
// than one, so that they go faster than they come.
const dropped = 4

// drop takes out entries that have ended.
func (d *Denylist) drop() {
	now := d.now().Unix()
	for range dropped {
		if len(d.ends) == 0 || d.ends[0].at > now {
			return
		}
		e := heap.Pop(&d.ends).(ending)
		// An entry that was prolonged has a later end in the heap.
		if e.subject && d.subjects[e.name].until <= e.at {
			delete(d.subjects, e.name)
		} else if !e.subject && d.ids[e.name] <= e.at {
			delete(d.ids, e.name)
		}
	}
}

// endOf returns the second of until, forever for the zero time.
func endOf(until time.Time) int64 {
	if until.IsZero() {
		return forever
	}
	return min(until.Unix(), forever)
}

// ending is when an entry ends.
type ending struct {
	at      int64
	name    string
	subject bool // of subjects, not of ids
}

// endHeap has the next ending first.
type endHeap []ending

// add leaves out what never ends.
func (h *endHeap) add(e ending) {
	if e.at < forever {
		heap.Push(h, e)
	}
}

func (h endHeap) Len() int           { return len(h) }
func (h endHeap) Less(i, j int) bool { return h[i].at < h[j].at }
func (h endHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *endHeap) Push(e any)        { *h = append(*h, e.(ending)) }

func (h *endHeap) Pop() any {
	last := len(*h) - 1
	e := (*h)[last]
	(*h)[last] = ending{} // lets go of the name
	*h = (*h)[:last]
	return e
}
