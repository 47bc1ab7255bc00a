package auth

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"hash"
	"sync"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// limitCache bounds CacheTokens.
const limitCache = 1 << 20

// signatureCache remembers which key made the signature of a token, and nothing
// else of it: its claims, its expiry and whether it was revoked are checked each
// time. What is remembered counts only together with the key, so that it ends
// with the key: when a key is not among the candidates any more, nobody asks for
// it.
//
// Entries are found by a keyed hash of the whole token. With a part of it, or
// with a hash that callers can compute collisions for, one token would be taken
// for another (CVE-2026-35030).
type signatureCache struct {
	hashes sync.Pool // of hash.Hash, with a random key

	mu    sync.Mutex
	size  int // of one generation
	young map[tokenID]*jwks.Key
	old   map[tokenID]*jwks.Key
}

type tokenID [sha256.Size]byte

// newSignatureCache returns a cache of at most size entries; nil, which is none,
// for zero.
func newSignatureCache(size int) *signatureCache {
	if size == 0 {
		return nil
	}
	secret := make([]byte, sha256.Size)
	_, _ = rand.Read(secret) // never fails
	return &signatureCache{
		hashes: sync.Pool{New: func() any { return hmac.New(sha256.New, secret) }},
		size:   (size + 1) / 2,
		young:  make(map[tokenID]*jwks.Key),
	}
}

// id hashes the whole token.
func (c *signatureCache) id(parts segments) (id tokenID) {
	h := c.hashes.Get().(hash.Hash)
	defer c.hashes.Put(h)
	h.Reset()
	h.Write([]byte(parts.signed))
	h.Write([]byte("."))
	h.Write([]byte(parts.signature))
	h.Sum(id[:0])
	return id
}

// has reports whether k is known to have made the signature.
func (c *signatureCache) has(id tokenID, k *jwks.Key) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.young[id] == k {
		return true
	}
	if c.old[id] != k {
		return false
	}
	c.put(id, k) // so that it stays
	return true
}

func (c *signatureCache) add(id tokenID, k *jwks.Key) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.put(id, k)
}

// put adds an entry. When the young generation is full it becomes the old one,
// and what was not asked for since is forgotten.
func (c *signatureCache) put(id tokenID, k *jwks.Key) {
	if len(c.young) >= c.size { //check:cache-bound
		c.old, c.young = c.young, make(map[tokenID]*jwks.Key)
	}
	c.young[id] = k
}
