package jwks

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"fmt"
	"unicode/utf8"
)

// Key is a key of one signature algorithm: a public one, which verifies, or a
// private one, which signs as well. It does not change. It shows nothing of its
// private half to fmt, slog and encoders of JSON.
type Key struct {
	alg     algorithm
	id      string
	named   bool
	thumb   string
	members members // of the public JWK
	public  any     // as the algorithm's method takes it

	// sign is nil for a public key. The private half is out of the sight of fmt,
	// which looks into everything but functions.
	sign func(signed string) ([]byte, error)
}

// New returns the key for a *rsa.PublicKey, an *ecdsa.PublicKey, an
// ed25519.PublicKey or the private key of one of them. An empty alg stands for
// RS256 and for the algorithm of the curve; an empty id for the thumbprint.
func New(key any, alg, id string) (*Key, error) {
	k := &Key{id: id, named: id != "", public: key}
	private, _ := key.(crypto.Signer)
	if private != nil {
		k.public = private.Public()
	}
	if err := k.describe(); err != nil {
		return nil, err
	}
	if err := k.settle(Canonical(alg)); err != nil {
		return nil, err
	}
	if private != nil {
		method := k.alg.method
		k.sign = func(signed string) ([]byte, error) { return method.Sign(signed, private) }
	}
	k.thumb = k.members.thumbprint()
	if !k.named {
		k.id = k.thumb
	}
	if !utf8.ValidString(k.id) { //check:id-text
		return nil, errors.New("expected a key id (kid) in UTF-8: tokens could not name it")
	}
	if len(k.id) > maxKeyID { //check:id-size
		return nil, fmt.Errorf("expected a key id (kid) of at most %d bytes, got %d", maxKeyID, len(k.id))
	}
	return k, nil
}

// maxKeyID bounds key ids, in bytes; verifiers look for no longer ones.
const maxKeyID = 128

// describe checks the public half and sets what a JWK says of it.
func (k *Key) describe() (err error) {
	switch public := k.public.(type) {
	case *rsa.PublicKey:
		k.members, err = describeRSA(public)
	case *ecdsa.PublicKey:
		k.members, err = describeEC(public)
	case ed25519.PublicKey:
		k.members, err = describeEd25519(public)
	default:
		err = fmt.Errorf("expected an RSA, ECDSA or Ed25519 key, got %T", k.public)
	}
	return err
}

// settle fixes the algorithm, alg unless it is empty.
func (k *Key) settle(alg string) error {
	for _, a := range algorithms {
		if a.kty == k.members.Type && a.crv == k.members.Curve && (alg == "" || alg == a.name) {
			k.alg = a // for RSA without a name the first one, RS256
			return nil
		}
	}
	if _, ok := algorithmOf(alg); !ok {
		return unknownAlgorithmError(alg)
	}
	return fmt.Errorf("expected a key for %s, got one of type %s %s", alg, k.members.Type, k.members.Curve)
}

type unknownAlgorithmError string

func (e unknownAlgorithmError) Error() string {
	return fmt.Sprintf("expected one of %v as algorithm, got %.20q", Algorithms(), string(e))
}

// Algorithm returns the one algorithm of k, such as RS256 or EdDSA.
func (k *Key) Algorithm() string { return k.alg.name }

// ID returns the key id (kid) that tokens name k by: the one it was given, or its
// thumbprint.
func (k *Key) ID() string { return k.id }

// Named reports whether k was given an id. Tokens that are signed with a key that
// was not may have any kid, or none.
func (k *Key) Named() bool { return k.named }

// Thumbprint returns the SHA-256 thumbprint of the public key (RFC 7638) in
// base64url.
func (k *Key) Thumbprint() string { return k.thumb }

// Private reports whether k can sign.
func (k *Key) Private() bool { return k.sign != nil }

// Public returns k without its private half.
func (k *Key) Public() *Key {
	public := *k
	public.sign = nil
	return &public
}

// Verify reports whether signature, in the form of RFC 7518 section 3, is that of
// signed.
func (k *Key) Verify(signed, signature []byte) bool {
	return k.alg.method.Verify(string(signed), signature, k.public) == nil
}

// Sign returns the signature of signed in the form of RFC 7518 section 3. It fails
// when k is not private.
func (k *Key) Sign(signed []byte) ([]byte, error) {
	if k.sign == nil { //check:sign-public
		return nil, errors.New("a public key cannot sign")
	}
	return k.sign(string(signed))
}

// String returns the id and the algorithm of k.
func (k *Key) String() string { return k.id + " (" + k.alg.name + ")" }

// Format writes k as String does, whatever the verb.
func (k *Key) Format(s fmt.State, _ rune) { _, _ = fmt.Fprint(s, k.String()) }
