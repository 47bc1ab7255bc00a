package auth

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// trust is an issuer and the keys that may have signed its tokens (RFC 8725
// section 3.8).
type trust struct {
	issuer   string // empty: whatever the token says
	audience []string
	keys     keySet
	public   bool // signed with keys, not with a secret
	remote   bool // keys that others publish
}

// newTrusts makes the issuers of c, which is valid. It warns of those whose tokens
// for anybody are tokens for this service.
func newTrusts(c Config, client *http.Client) ([]trust, error) {
	var all []trust
	var errs []error
	for _, s := range c.sources() {
		keys, err := s.keys(client)
		errs = append(errs, err)
		if s.remote() && len(s.audience) == 0 {
			slog.Warn("auth: Audience is empty, so every token of the issuer is accepted, also those made for other services "+
				"and for signing in; set it to what the issuer calls this service", slog.String("Issuer", s.issuer))
		}
		all = append(all, trust{
			issuer: s.issuer, audience: slices.Clone(s.audience), keys: keys,
			public: s.hasFiles() || s.remote(), remote: s.remote(),
		})
	}
	return all, errors.Join(errs...)
}

// signedBy is the key that made a signature, and the issuer it was found at.
type signedBy struct {
	trust *trust
	key   key
}

// tried says what was tried of an issuer.
type tried struct {
	asked bool
	of    *jwks.Set // nil when there is no set, or it cannot be had
}

// authentic looks for the key that made the signature of a token. Issuers that know
// the key the token names come first: others may have to fetch theirs to tell, and
// that may take its time. When no key fits, keys that have changed are tried.
func (p *policy) authentic(ctx context.Context, h *header, parts segments, s *scratch) *Error {
	s.tried = slices.Grow(s.tried[:0], len(p.trusts))[:len(p.trusts)]
	clear(s.tried)
	found, down := p.tryKnown(ctx, h, parts, s)
	if !found && len(p.trusts) > 1 {
		var err error
		found, err = p.tryOthers(ctx, h, parts, s)
		down = cmp.Or(down, err)
	}
	if !found {
		var err error
		found, err = p.tryChanged(ctx, h, parts, s)
		down = cmp.Or(down, err)
	}
	if found {
		return nil
	}
	if down != nil { //check:keys-unavailable
		return &Error{Code: CodeUnavailable, reason: "the keys cannot be had", cause: down}
	}
	return refuse(CodeSignature, "no key of this scheme made the signature")
}

// tryKnown tries the issuers that need not fetch anything, or the only one there is.
func (p *policy) tryKnown(ctx context.Context, h *header, parts segments, s *scratch) (found bool, down error) {
	for i := range p.trusts {
		if len(p.trusts) > 1 && !p.trusts[i].keys.knows(h) {
			continue
		}
		s.tried[i].asked = true
		var err error
		if found, err = p.try(p.ask(ctx, i, h), h, parts, s); found {
			return true, nil
		}
		down = cmp.Or(down, err)
	}
	return false, down
}

// tryOthers asks the other issuers, all at once: one that does not answer is not to
// be waited for when another has the key.
func (p *policy) tryOthers(ctx context.Context, h *header, parts segments, s *scratch) (found bool, down error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // whoever is not waited for ends
	answers, asked := make(chan reply, len(p.trusts)), 0
	for i := range p.trusts {
		if s.tried[i].asked {
			continue
		}
		asked++
		go func() { answers <- p.ask(ctx, i, h) }()
	}
	for range asked {
		var err error
		if found, err = p.try(<-answers, h, parts, s); found {
			return true, nil
		}
		down = cmp.Or(down, err)
	}
	return false, down
}

// tryChanged tries the keys that issuers have by now, if they are others.
func (p *policy) tryChanged(ctx context.Context, h *header, parts segments, s *scratch) (found bool, down error) {
	for i := range p.trusts {
		var err error
		for others := true; others && s.tried[i].of != nil && err == nil; {
			if others, err = p.trusts[i].keys.reread(ctx, h, s.tried[i].of); others && err == nil {
				found, err = p.try(p.ask(ctx, i, h), h, parts, s)
			}
			if found {
				return true, nil
			}
		}
		down = cmp.Or(down, err)
	}
	return false, down
}

// reply is the answer of issuer i.
type reply struct {
	i    int
	keys []key
	of   *jwks.Set
	err  error
}

// ask returns the keys of issuer i that h may mean.
func (p *policy) ask(ctx context.Context, i int, h *header) (a reply) {
	a.i = i
	keys := p.trusts[i].keys
	if !slices.Contains(keys.algorithms(), h.alg) { //check:trust-alg
		return a
	}
	a.keys, a.of, a.err = keys.candidates(ctx, h)
	return a
}

// try reports whether a key of an issuer made the signature.
func (p *policy) try(a reply, h *header, parts segments, s *scratch) (bool, error) {
	s.tried[a.i].of = a.of
	if a.err != nil {
		return false, a.err
	}
	for _, k := range a.keys {
		if k.algorithm() != h.alg { //check:key-alg
			continue
		}
		if p.made(k, parts, s) { //check:signature-made
			s.by = signedBy{&p.trusts[a.i], k}
			return true, nil
		}
	}
	return false, nil
}

// made reports whether k made the signature.
func (p *policy) made(k key, parts segments, s *scratch) bool {
	public, ok := k.(publicKey)
	if !ok || p.cache == nil {
		return k.verify(s.signed, s.signature)
	}
	id := p.cache.id(parts)
	if p.cache.has(id, public.Key) { //check:cache-hit
		return true
	}
	if !k.verify(s.signed, s.signature) {
		return false
	}
	p.cache.add(id, public.Key)
	return true
}

// issuerOf returns the issuer that a token names in iss, if the key that signed it
// is of that issuer (RFC 8725 section 3.8). Tenants of one service may have it in
// common.
func (p *policy) issuerOf(ctx context.Context, h *header, by signedBy, iss string) (*trust, *Error) {
	if by.trust.issuer == "" || by.trust.issuer == iss {
		return by.trust, nil
	}
	for i := range p.trusts {
		t := &p.trusts[i]
		if t.issuer != iss { //check:iss-named
			continue
		}
		keys, _, err := t.keys.candidates(ctx, h)
		if err != nil { //check:iss-unavailable
			return nil, &Error{Code: CodeUnavailable, reason: "the keys cannot be had", cause: err}
		}
		if slices.ContainsFunc(keys, by.isKey) { //check:iss-key
			return t, nil
		}
	}
	return nil, refuse(CodeIssuer, "the token is of another issuer")
}

// isKey reports whether k is the key that signed.
func (s signedBy) isKey(k key) bool {
	own, ok := s.key.(publicKey)
	other, also := k.(publicKey)
	return ok && also && own.Thumbprint() == other.Thumbprint() && own.Algorithm() == other.Algorithm()
}

// publicKey is a key of a file or of another service.
type publicKey struct{ *jwks.Key }

func (k publicKey) algorithm() string { return k.Algorithm() }

func (k publicKey) verify(signed, signature []byte) bool { return k.Verify(signed, signature) }

func (k publicKey) sign(signed []byte) ([]byte, error) { return k.Sign(signed) }

func (k publicKey) id() string { return k.ID() }

// publicKeys makes keys of what a set has.
func publicKeys(found []*jwks.Key) []key {
	keys := make([]key, len(found))
	for i, k := range found {
		keys[i] = publicKey{k}
	}
	return keys
}

// algorithmsOf lists what keys may have under a closed list, all for none.
func algorithmsOf(list []string) (algs []string) {
	if len(list) == 0 {
		return jwks.Algorithms()
	}
	for _, a := range list {
		algs = append(algs, jwks.Canonical(a))
	}
	return algs
}
