package auth

import (
	"context"
	"errors"
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

func newTrusts(c Config, client *http.Client) ([]trust, error) {
	var all []trust
	var errs []error
	for _, s := range c.sources() {
		keys, err := s.keys(client)
		errs = append(errs, err)
		all = append(all, trust{
			issuer: s.issuer, audience: slices.Clone(s.audience), keys: keys,
			public: s.hasFiles() || s.remote(), remote: s.remote(),
		})
	}
	return all, errors.Join(errs...)
}

// signedBy is the issuers whose key made a signature, as bits by their place in
// the list.
type signedBy uint64

// maxTrusts is what signedBy has room for.
const maxTrusts = 64

func (s signedBy) has(i int) bool { return s&(1<<i) != 0 }

// authentic looks for the key that made the signature of a token, and for the
// issuers that have it.
func (p *policy) authentic(ctx context.Context, h *header, parts segments, s *scratch) (signedBy, *Error) {
	var down error
	for i := range p.trusts {
		k, err := p.signingKey(ctx, &p.trusts[i], h, parts, s)
		if err != nil {
			down = err
			continue
		}
		if k != nil {
			return 1<<i | p.alsoOf(ctx, k, h, i+1), nil
		}
	}
	if down != nil { //check:keys-unavailable
		return 0, &Error{Code: CodeUnavailable, reason: "the keys cannot be had", cause: down}
	}
	return 0, refuse(CodeSignature, "no key of this scheme made the signature")
}

// signingKey returns the key of one issuer that made the signature, or nil. Keys
// that change while a token is on its way are looked at again.
func (p *policy) signingKey(ctx context.Context, t *trust, h *header, parts segments, s *scratch) (key, error) {
	if !slices.Contains(t.keys.algorithms(), h.alg) { //check:trust-alg
		return nil, nil
	}
	for {
		keys, err := t.keys.candidates(ctx, h)
		if err != nil {
			return nil, err
		}
		for _, k := range keys {
			if k.algorithm() != h.alg { //check:key-alg
				continue
			}
			if p.made(k, parts, s) { //check:signature-made
				return k, nil
			}
		}
		if !t.keys.reread() {
			return nil, nil
		}
	}
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

// alsoOf returns the issuers from the given place on that have k too, as tenants
// of one service do.
func (p *policy) alsoOf(ctx context.Context, k key, h *header, from int) (also signedBy) {
	public, ok := k.(publicKey)
	if !ok { // secrets are not shared
		return 0
	}
	for i := from; i < len(p.trusts); i++ {
		keys, err := p.trusts[i].keys.candidates(ctx, h)
		if err == nil && slices.ContainsFunc(keys, public.same) {
			also |= 1 << i
		}
	}
	return also
}

// publicKey is a key of a file or of another service.
type publicKey struct{ *jwks.Key }

func (k publicKey) algorithm() string { return k.Algorithm() }

func (k publicKey) verify(signed, signature []byte) bool { return k.Verify(signed, signature) }

func (k publicKey) sign(signed []byte) ([]byte, error) { return k.Sign(signed) }

func (k publicKey) id() string { return k.ID() }

func (k publicKey) same(other key) bool {
	o, ok := other.(publicKey)
	return ok && o.Thumbprint() == k.Thumbprint() && o.Algorithm() == k.Algorithm()
}

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
