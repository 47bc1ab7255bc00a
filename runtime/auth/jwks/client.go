package jwks

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// Client holds the current keys of somebody else, who publishes them at a URL. It
// fetches when it is asked, so there is nothing to close. It is safe for concurrent
// use.
//
// A set is used for as long as the headers of its answer say, between 5 minutes and
// 24 hours, and 15 minutes when they say nothing; the next is fetched in the
// background after 80 % of that, and waited for when nobody asked in time, up to 2
// seconds. It replaces the one before as a whole, so that a key that was removed
// verifies nothing any more. A fetch that fails or takes longer, and a set
// that is refused, leave the old keys in use until 24 hours after they were
// fetched; further tries follow after 1 second, then 2, up to 30. The beginning and
// the end of such an outage are logged.
//
// A fetch takes at most 10 seconds, and its answer must have status 200, a media
// type of JSON or none, and at most 1 MiB. Up to 3 redirects are followed, to what
// CheckURL accepts and never from https to http.
type Client struct {
	name      string // for people: without what may be secret
	url       *url.URL
	discovery *discovery // finds the URL; nil when it was given
	fetcher   *fetcher
	settings  clientSettings

	current atomic.Pointer[keys] // nil before the first set

	mu     sync.Mutex // guards the rest
	flight *flight    // the fetch that runs, or nil
	outage outage
	missed missed
}

// NewClient returns a client of the key set at a URL, which CheckURL must accept. It
// fetches nothing yet.
func NewClient(url string, opts ...ClientOption) (*Client, error) {
	u, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	c := newClient(opts)
	c.name, c.url = show(u), u
	return c, nil
}

// NewDiscovery returns a client of the key set of an issuer, which CheckIssuer must
// accept. Where the set is says the document at the issuer's
// /.well-known/openid-configuration (OpenID Connect Discovery 1.0 section 4), which
// must name exactly this issuer. It is fetched like a set, together with the first
// one, when its own lifetime is over, and after each failure. Nothing is fetched
// yet.
func NewDiscovery(issuer string, opts ...ClientOption) (*Client, error) {
	d, err := newDiscovery(issuer)
	if err != nil {
		return nil, err
	}
	c := newClient(opts)
	c.name, c.discovery = issuer, d
	return c, nil
}

func newClient(opts []ClientOption) *Client {
	c := &Client{settings: clientSettings{clock: time.Now}}
	for _, o := range opts {
		if o != nil {
			o(&c.settings)
		}
	}
	c.fetcher = newFetcher(c.settings.http)
	return c
}

// keys is a set and what is known about its age.
type keys struct {
	set     *Set
	refresh time.Time // from then on the next set is fetched
	expire  time.Time // from then on it is waited for
	end     time.Time // from then on these are not used
}

// knows reports whether k is all that is needed for a token with this kid. Keys
// without an id may have made a token with any.
func (k *keys) knows(id string) bool {
	return id == "" || k.set.Has(id) || !k.set.AllNamed() || len(id) > maxKeyID
}

// Set returns the current keys, for a token with the kid id, which may be empty.
//
// It fetches and waits when there are no keys yet, when they are too old, and when
// they all have ids and none has this one: the issuer may have new keys. That costs
// at most one fetch in 30 seconds for all such ids, and an id that was looked for in
// vain is looked for again after 30 seconds, then 1 minute, up to 5. An id that is
// not found is no error: the set is returned without it.
//
// It fails when no keys can be had, or not the ones for id, because the source is
// down; and when ctx ends while it waits, which does not stop the fetch. Neither is
// the fault of the token. The error shows no query of a URL and nothing of what was
// answered.
func (c *Client) Set(ctx context.Context, id string) (*Set, error) {
	now := c.settings.clock()
	if k := c.current.Load(); k != nil && now.Before(k.refresh) && k.knows(id) {
		return k.set, nil
	}
	a := c.ask(now, id)
	if a.flight == nil {
		return a.set, a.err
	}
	set, err := c.wait(ctx, a)
	if err == nil && a.set == nil {
		c.note(set, id)
	}
	return set, err
}

// Knows reports whether Set has an answer for id at hand, so that nobody has to wait
// for a fetch.
func (c *Client) Knows(id string) bool {
	k := c.current.Load()
	return k != nil && c.settings.clock().Before(k.expire) && k.knows(id)
}

// patience is how long somebody waits who has keys to go on with.
const patience = 2 * time.Second

// wait waits for the flight of a, and falls back to its set.
func (c *Client) wait(ctx context.Context, a answer) (*Set, error) {
	var enough <-chan time.Time
	if a.set != nil {
		t := time.NewTimer(patience)
		defer t.Stop()
		enough = t.C
	}
	select {
	case <-a.flight.done:
	case <-enough:
		return a.set, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for the keys of %s: %w", c.name, ctx.Err())
	}
	if a.flight.err == nil {
		return a.flight.keys.set, nil
	}
	if a.set == nil { //check:flight-failed
		return nil, a.flight.err
	}
	return a.set, nil
}
