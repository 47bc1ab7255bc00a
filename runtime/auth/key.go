package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"sync"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// key verifies the signatures of exactly one algorithm, whatever a token says.
type key interface {
	algorithm() string
	verify(signed, signature []byte) bool
}

// signer makes signatures.
type signer interface {
	key
	sign(signed []byte) ([]byte, error)
	// id is the kid of its tokens, empty for none.
	id() string
}

// macs are the algorithms of secrets (RFC 7518 section 3.2). A secret must have
// at least the size of the hash.
var macs = map[string]struct {
	hash func() hash.Hash
	size int
}{
	"HS256": {sha256.New, sha256.Size},
	"HS384": {sha512.New384, sha512.Size384},
	"HS512": {sha512.New, sha512.Size},
}

// secretKey is a shared secret and its algorithm.
type secretKey struct {
	alg    string
	states sync.Pool // of *macState, each with the secret already absorbed
}

type macState struct {
	hash.Hash
	sum []byte
}

func newSecretKey(alg, secret string) *secretKey {
	k := &secretKey{alg: alg}
	k.states.New = func() any {
		h := hmac.New(macs[alg].hash, []byte(secret))
		return &macState{h, make([]byte, 0, h.Size())}
	}
	return k
}

func (k *secretKey) algorithm() string { return k.alg }

// verify compares the whole signature in a time that depends on its length alone.
func (k *secretKey) verify(signed, signature []byte) bool {
	m := k.states.Get().(*macState)
	defer k.states.Put(m)
	return hmac.Equal(m.mac(signed), signature)
}

func (k *secretKey) sign(signed []byte) ([]byte, error) {
	m := k.states.Get().(*macState)
	defer k.states.Put(m)
	return append([]byte(nil), m.mac(signed)...), nil
}

// id is empty: secrets have no names.
func (k *secretKey) id() string { return "" }

func (m *macState) mac(signed []byte) []byte {
	m.Reset()
	m.Write(signed)
	m.sum = m.Sum(m.sum[:0])
	return m.sum
}

// secretSet is the secret that signs and those that did before.
type secretSet struct {
	algs []string
	keys []key
}

func newSecretSet(alg string, secrets ...string) *secretSet {
	s := &secretSet{algs: []string{alg}}
	for _, secret := range secrets {
		s.keys = append(s.keys, newSecretKey(alg, secret))
	}
	return s
}

func (s *secretSet) algorithms() []string { return s.algs }

// candidates returns all secrets: they have no ids, and issuers that share the
// secret may write any kid they like.
func (s *secretSet) candidates(context.Context, *header) ([]key, *jwks.Set, error) {
	return s.keys, nil, nil
}

func (s *secretSet) knows(*header) bool { return true }

// reread reports false: a secret is part of the configuration.
func (s *secretSet) reread(context.Context, *header, *jwks.Set) (bool, error) { return false, nil }
