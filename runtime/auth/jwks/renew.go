package jwks

import "context"

// Renew reports whether the current keys are others than seen, which Set returned
// and none of which made the signature of a token that does not say which key did,
// because it has no kid or the keys have none. When they are not it fetches and
// waits: the issuer may have new keys. That costs at most one fetch in 30 seconds,
// together with those of Set for unknown ids.
//
// It fails like Set, when the source is down or ctx ends.
func (c *Client) Renew(ctx context.Context, seen *Set) (bool, error) {
	a := c.askAgain(seen)
	set, err := a.set, a.err
	if a.flight != nil {
		set, err = c.wait(ctx, a)
	}
	return err == nil && set != seen, err
}

// askAgain decides about a token that no key of seen has signed.
func (c *Client) askAgain(seen *Set) answer {
	now := c.settings.clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.current.Load(); k != nil && k.set == seen {
		return c.lookUp(k, now)
	} else if k != nil {
		return answer{set: k.set} // somebody else was quicker
	}
	return answer{set: seen}
}
