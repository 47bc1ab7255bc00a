package auth

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// cached returns a verifier that remembers four signatures.
func cached(t testing.TB, c Config, opts ...Option) *Verifier[session] {
	t.Helper()
	c.CacheTokens = 4
	return keyed(t, c, opts...)
}

func (c *signatureCache) len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.young) + len(c.old)
}

// Only good signatures are remembered, and only so many.
func TestCacheIsBounded(t *testing.T) {
	k := newSigner(t, "EdDSA")
	v := cached(t, Config{PublicKeyFile: file(t, publicPEM(t, k))})
	other := newSigner(t, "EdDSA")
	for range 10 {
		wantCode(t, v, signFor(t, other, "EdDSA", headOf("EdDSA"), claimsText(`"name":"x"`)), CodeSignature)
	}
	if n := v.policy.cache.len(); n != 0 {
		t.Errorf("%d bad signatures are remembered", n)
	}
	for i := range 20 {
		wantCode(t, v, signFor(t, k, "EdDSA", headOf("EdDSA"), claimsText(`"name":"`+strings.Repeat("x", i)+`"`)), 0)
		if n := v.policy.cache.len(); n > 4 {
			t.Fatalf("%d are remembered, want 4 at most", n)
		}
	}
	if n := v.policy.cache.len(); n == 0 {
		t.Error("nothing is remembered")
	}
}

// A token that is found is not verified again, and one that differs in anything is.
func TestCacheHit(t *testing.T) {
	k := newSigner(t, "EdDSA")
	v := cached(t, Config{PublicKeyFile: file(t, publicPEM(t, k))})
	own := v.policy.trusts[0].keys.(*fileSet).loaded.Load().set.Keys()[0]
	good := signFor(t, k, "EdDSA", headOf("EdDSA"), claimsText(`"name":"a"`))
	forged := good[:len(good)-8] + "AAAAAAAA"
	if forged == good {
		t.Fatal("the signature ends in zeros")
	}
	// As if the forged one had been good once: it passes, so the cache is asked.
	parts, _ := split(forged)
	wantCode(t, v, forged, CodeSignature)
	v.policy.cache.add(v.policy.cache.id(parts), own)
	wantCode(t, v, forged, 0)
	// Others that have parts of it in common do not.
	for _, token := range []string{
		good[:len(good)-8] + "AAAAAAAQ",
		strings.Replace(forged, "."+parts.payload+".", "."+encode(claimsText(`"name":"b"`))+".", 1),
		strings.Replace(forged, parts.header+".", encode(headOf("EdDSA", `"kid":"x"`))+".", 1),
	} {
		wantCode(t, v, token, CodeSignature)
	}
	// The hash is keyed: another cache finds another id.
	if newSignatureCache(4).id(parts) == v.policy.cache.id(parts) {
		t.Error("the id of a token can be computed")
	}
}

// What may change is checked on every hit: expiry, revocation, the key
// (CVE-2026-35030 and its like).
func TestCacheForgetsNothingElse(t *testing.T) {
	k, next := newSigner(t, "EdDSA"), newSigner(t, "EdDSA")
	name := file(t, publicPEM(t, k))
	now := clock()
	revoked := false
	v := cached(t, Config{PublicKeyFile: name}, WithClock(func() time.Time { return now }),
		WithRevoker(revokerFunc(func(*Claims) (bool, error) { return revoked, nil })))
	token := signFor(t, k, "EdDSA", headOf("EdDSA"), claimsText())
	wantCode(t, v, token, 0)

	revoked = true
	wantCode(t, v, token, CodeRevoked)
	revoked = false
	wantCode(t, v, token, 0)

	now = now.Add(time.Hour)
	wantCode(t, v, token, CodeExpired)
	now = clock()
	wantCode(t, v, token, 0)

	replace(t, name, publicPEM(t, next))
	later(v, lookEvery)
	wantCode(t, v, token, CodeSignature)
}

type revokerFunc func(*Claims) (bool, error)

func (f revokerFunc) Revoked(_ context.Context, c *Claims) (bool, error) { return f(c) }

// A cache belongs to its verifier: a good token of one is nothing to another.
func TestCacheIsTheVerifiersOwn(t *testing.T) {
	k := newSigner(t, "EdDSA")
	name := file(t, publicPEM(t, k))
	token := signFor(t, k, "EdDSA", headOf("EdDSA"), claimsText(`"aud":"a"`))
	wantCode(t, cached(t, Config{PublicKeyFile: name, Audience: []string{"a"}}), token, 0)
	wantCode(t, cached(t, Config{PublicKeyFile: name, Audience: []string{"b"}}), token, CodeAudience)
	if v := keyed(t, Config{PublicKeyFile: name}); v.policy.cache != nil {
		t.Error("there is a cache without CacheTokens")
	}
}

// An entry counts together with its key alone.
func TestCacheKnowsTheKey(t *testing.T) {
	a, errA := jwks.New(newSigner(t, "EdDSA"), "", "a")
	b, errB := jwks.New(newSigner(t, "EdDSA"), "", "b")
	if err := errors.Join(errA, errB); err != nil {
		t.Fatal(err)
	}
	c := newSignatureCache(4)
	id := c.id(segments{"h", "p", "s", "h.p"})
	c.add(id, a)
	if !c.has(id, a) || c.has(id, b) {
		t.Error("a signature of one key counts for another")
	}
	// What is asked for stays; what is not goes.
	for i := range 8 {
		if !c.has(id, a) {
			t.Fatal("an entry in use is gone")
		}
		c.add(c.id(segments{"h", "p", string(rune('a' + i)), "h.p"}), a)
	}
	for i := range 8 {
		c.add(c.id(segments{"h", "p", string(rune('A' + i)), "h.p"}), a)
	}
	if c.has(id, a) {
		t.Error("an entry that nobody asks for stays")
	}
}
