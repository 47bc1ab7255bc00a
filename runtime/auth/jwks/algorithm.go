package jwks

import (
	"crypto"
	"crypto/rsa"
	"slices"

	"github.com/golang-jwt/jwt/v5"
)

// algorithm is a signature algorithm and the keys it takes (RFC 7518 section 3.1,
// RFC 8037 section 3.1).
type algorithm struct {
	name   string
	kty    string
	crv    string // empty for RSA
	method jwt.SigningMethod
}

const (
	typeRSA = "RSA"
	typeEC  = "EC"
	typeOKP = "OKP"

	edDSA = "EdDSA"
)

var algorithms = []algorithm{
	{"RS256", typeRSA, "", jwt.SigningMethodRS256},
	{"RS384", typeRSA, "", jwt.SigningMethodRS384},
	{"RS512", typeRSA, "", jwt.SigningMethodRS512},
	{"PS256", typeRSA, "", pss("PS256", crypto.SHA256)},
	{"PS384", typeRSA, "", pss("PS384", crypto.SHA384)},
	{"PS512", typeRSA, "", pss("PS512", crypto.SHA512)},
	{"ES256", typeEC, "P-256", jwt.SigningMethodES256},
	{"ES384", typeEC, "P-384", jwt.SigningMethodES384},
	{"ES512", typeEC, "P-521", jwt.SigningMethodES512},
	{edDSA, typeOKP, "Ed25519", jwt.SigningMethodEdDSA},
}

// pss is RSASSA-PSS with the salt length of RFC 7518 section 3.5, that of the
// hash; the methods of golang-jwt verify any.
func pss(name string, hash crypto.Hash) jwt.SigningMethod {
	o := &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: hash}
	return &jwt.SigningMethodRSAPSS{
		SigningMethodRSA: &jwt.SigningMethodRSA{Name: name, Hash: hash},
		Options:          o,
		VerifyOptions:    o,
	}
}

func algorithmOf(name string) (algorithm, bool) {
	i := slices.IndexFunc(algorithms, func(a algorithm) bool { return a.name == name })
	if i < 0 {
		return algorithm{}, false
	}
	return algorithms[i], true
}

// Algorithms lists the algorithms that keys of this package can have, by the names
// that tokens give them (RFC 7518 section 3.1).
func Algorithms() []string {
	names := make([]string, len(algorithms))
	for i, a := range algorithms {
		names[i] = a.name
	}
	return names
}

// Canonical returns the name under which a Key has the algorithm alg. RFC 9864 has
// Ed25519 as the exact name for what RFC 8037 calls EdDSA; tokens may carry either.
func Canonical(alg string) string {
	if alg == "Ed25519" {
		return edDSA
	}
	return alg
}
