package jwks

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// An unknown id costs one fetch in 30 seconds, whoever sends it.
func TestUnknownIDCooldown(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	p.count()
	for i := range 50 {
		hasIDs(t, mustSet(t, c, "x"+strconv.Itoa(i)), "a") // no error
	}
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
	k.add(cooldown - time.Nanosecond)
	mustSet(t, c, "other")
	if n := p.count(); n != 0 {
		t.Errorf("%d requests within 30 seconds", n)
	}
	p.now(publishes(t, edKeys(t, "a", "other")))
	k.add(time.Nanosecond)
	hasIDs(t, mustSet(t, c, "other"), "a", "other")
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

func TestUnknownIDsAtOnce(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	p.now(publishes(t, edKeys(t, "b")))
	p.count()
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			if s, err := c.Set(context.Background(), "b"); err != nil || !s.Has("b") {
				t.Errorf("got %v", err)
			}
		})
	}
	wg.Wait()
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// One id again and again is looked for less and less often, and yet found when its
// key is published late.
func TestUnknownIDIsRemembered(t *testing.T) {
	list := edKeys(t, "a")
	p, k := newPublisher(t, publishes(t, list, "Cache-Control", "max-age=86400")), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	p.count()
	for _, wait := range []time.Duration{30, 60, 120, 240, 300, 300} {
		wait *= time.Second
		mustSet(t, c, "late")
		if n := p.count(); n != 1 {
			t.Fatalf("%d requests before the wait of %v, expected 1", n, wait)
		}
		k.add(wait - time.Nanosecond)
		mustSet(t, c, "late")
		if n := p.count(); n != 0 {
			t.Fatalf("%d requests within the wait of %v", n, wait)
		}
		k.add(time.Nanosecond)
	}
	// Another id is not held up by it.
	mustSet(t, c, "late")
	k.add(cooldown)
	p.count()
	mustSet(t, c, "other")
	if n := p.count(); n != 1 {
		t.Errorf("%d requests for another id, expected 1", n)
	}
	p.now(publishes(t, append(list, edKey(t, "late")), "Cache-Control", "max-age=86400"))
	k.add(maxMissedWait)
	if !mustSet(t, c, "late").Has("late") {
		t.Error("the key is not found")
	}
	if len(c.missed.ids) != 1 {
		t.Errorf("remembered are %v, expected the other id only", c.missed.ids)
	}
	// When it is removed later on, it is looked for at once.
	p.now(publishes(t, list))
	k.add(maxLifetime)
	mustSet(t, c, "")
	p.count()
	mustSet(t, c, "late")
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// The first fetch of all has looked for the id that it began with.
func TestUnknownIDAtFirst(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "x")
	mustSet(t, c, "x")
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// Nothing is fetched for ids that say nothing: keys without ids may have made any
// token, and no key has an id of more than 128 bytes.
func TestUnknownIDMeansNothing(t *testing.T) {
	long := strings.Repeat("x", maxKeyID+1)
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	mustSet(t, c, long)
	if n := p.count(); n != 1 {
		t.Errorf("a long id: %d requests, expected 1", n)
	}
	mustSet(t, c, long[1:])
	if n := p.count(); n != 1 {
		t.Errorf("the longest id: %d requests, expected 1", n)
	}
	unnamed := edKey(t, "id")
	text := strings.Replace(setText(t, unnamed, edKey(t, "b")), `"kid":"id",`, "", 1)
	p = newPublisher(t, says(text, "Content-Type", "application/json"))
	c = p.client(t, k)
	mustSet(t, c, "x")
	k.add(time.Minute)
	mustSet(t, c, "y")
	if n := p.count(); n != 1 {
		t.Errorf("keys without ids: %d requests, expected 1", n)
	}
}

func TestMissedIsBounded(t *testing.T) {
	var m missed
	now := newHandClock().read()
	m.add("steady", now)
	now = now.Add(minMissedWait)
	m.add("steady", now) // due later than those that come now
	for i := range 1000 {
		m.add(strconv.Itoa(i), now)
	}
	if len(m.ids) != maxMissed {
		t.Errorf("%d ids are remembered, expected %d", len(m.ids), maxMissed)
	}
	if m.due("steady", now) || m.due("999", now) {
		t.Error("the id that is sent all the time, or the last one, is forgotten")
	}
}
