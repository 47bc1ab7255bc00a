package jwks

import (
	"maps"
	"strings"
	"time"
)

const (
	maxMissed     = 128 // ids
	minMissedWait = 30 * time.Second
	maxMissedWait = minLifetime
)

// missed remembers the ids that were looked for in vain, so that a caller who goes
// on sending one costs no fetch each time. It forgets them after a while: the issuer
// may sign with a key before all of its servers publish it.
type missed struct {
	next time.Time // when an unknown id may begin a fetch again
	ids  map[string]miss
}

type miss struct {
	wait  time.Duration
	until time.Time
}

// due reports whether id is worth a fetch.
func (m *missed) due(id string, now time.Time) bool { return !now.Before(m.ids[id].until) }

// add notes that a fetch has not brought id.
func (m *missed) add(id string, now time.Time) {
	if !m.due(id, now) {
		return // others waited for the same fetch
	}
	x, known := m.ids[id]
	if !known && len(m.ids) >= maxMissed {
		m.drop()
	}
	x.wait = min(max(2*x.wait, minMissedWait), maxMissedWait)
	x.until = now.Add(x.wait)
	if m.ids == nil {
		m.ids = make(map[string]miss)
	}
	m.ids[strings.Clone(id)] = x // not with the whole token behind it
}

// drop forgets the id that would be due first.
func (m *missed) drop() {
	first := ""
	for id, x := range m.ids {
		if first == "" || x.until.Before(m.ids[first].until) {
			first = id
		}
	}
	delete(m.ids, first)
}

// found forgets the ids that s has.
func (m *missed) found(s *Set) {
	maps.DeleteFunc(m.ids, func(id string, _ miss) bool { return s.Has(id) })
}

// note remembers id if it is not in s, which was fetched for it.
func (c *Client) note(s *Set, id string) {
	if id == "" || s.Has(id) || len(id) > maxKeyID {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.missed.add(id, c.settings.clock())
}
