package jwks

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"math/big"
)

var (
	errHalves = errors.New("expected a private JWK whose public members belong to it")
	errParts  = errors.New("expected an RSA key with d, p and q, and without oth")
)

// private returns the key of a JWK that must be a private one.
func (j *jwk) private(o Options) (*Key, error) {
	if j.Type == "oct" || j.K != nil { //check:private-symmetric
		return nil, errors.New("expected a private key, got a symmetric one (kty oct): it is a secret, for AccessSecret")
	}
	if j.D == nil { //check:private-public
		return nil, errPublic
	}
	if err := j.fit("sign"); err != nil {
		return nil, err
	}
	public, err := j.publicKey()
	if err != nil {
		return nil, err
	}
	signer, err := j.signer(public)
	if err != nil {
		return nil, err
	}
	return j.key(signer, o)
}

func (j *jwk) signer(public any) (crypto.Signer, error) {
	d, err := decode(*j.D)
	if err != nil {
		return nil, errors.New("d: " + err.Error())
	}
	switch public := public.(type) {
	case *rsa.PublicKey:
		return j.rsaSigner(public, d)
	case *ecdsa.PublicKey:
		k, err := ecdsa.ParseRawPrivateKey(public.Curve, d)
		if err != nil || !k.PublicKey.Equal(public) { //check:private-ec
			return nil, errHalves
		}
		return k, nil
	default:
		if len(d) != ed25519.SeedSize { //check:private-ed25519
			return nil, errors.New("d: expected 32 bytes")
		}
		k := ed25519.NewKeyFromSeed(d)
		if !k.Public().(ed25519.PublicKey).Equal(public.(ed25519.PublicKey)) { //check:private-okp
			return nil, errHalves
		}
		return k, nil
	}
}

func (j *jwk) rsaSigner(public *rsa.PublicKey, d []byte) (*rsa.PrivateKey, error) {
	if j.P == nil || j.Q == nil || j.Others != nil { //check:private-parts
		return nil, errParts
	}
	p, err := number(*j.P)
	if err != nil {
		return nil, errors.New("p: " + err.Error())
	}
	q, err := number(*j.Q)
	if err != nil {
		return nil, errors.New("q: " + err.Error())
	}
	k := &rsa.PrivateKey{PublicKey: *public, D: new(big.Int).SetBytes(d), Primes: []*big.Int{p, q}}
	if err := k.Validate(); err != nil { //check:private-rsa
		return nil, errHalves
	}
	k.Precompute()
	return k, nil
}

// isRSA reports whether key is an RSA key, and returns its public half.
func isRSA(key any) (*rsa.PublicKey, bool) {
	switch key := key.(type) {
	case *rsa.PublicKey:
		return key, true
	case *rsa.PrivateKey:
		return &key.PublicKey, true
	default:
		return nil, false
	}
}
