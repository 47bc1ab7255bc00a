package authtest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"slices"
	"sync"

	"github.com/golang-jwt/jwt/v5"
)

// family is the kind of key that an algorithm needs.
type family int

const (
	familySecret family = iota
	familyRSA
	familyEC
	familyEd
)

// algorithm is one name of RFC 7518 section 3.1 or RFC 8037 section 3.1.
type algorithm struct {
	name   string
	family family
	method jwt.SigningMethod
	curve  elliptic.Curve // of familyEC
}

// algorithms are all that tokens may be signed with.
var algorithms = []algorithm{
	{"HS256", familySecret, jwt.SigningMethodHS256, nil},
	{"HS384", familySecret, jwt.SigningMethodHS384, nil},
	{"HS512", familySecret, jwt.SigningMethodHS512, nil},
	{"RS256", familyRSA, jwt.SigningMethodRS256, nil},
	{"RS384", familyRSA, jwt.SigningMethodRS384, nil},
	{"RS512", familyRSA, jwt.SigningMethodRS512, nil},
	{"PS256", familyRSA, pss(jwt.SigningMethodPS256, rsa.PSSSaltLengthEqualsHash), nil},
	{"PS384", familyRSA, pss(jwt.SigningMethodPS384, rsa.PSSSaltLengthEqualsHash), nil},
	{"PS512", familyRSA, pss(jwt.SigningMethodPS512, rsa.PSSSaltLengthEqualsHash), nil},
	{"ES256", familyEC, jwt.SigningMethodES256, elliptic.P256()},
	{"ES384", familyEC, jwt.SigningMethodES384, elliptic.P384()},
	{"ES512", familyEC, jwt.SigningMethodES512, elliptic.P521()},
	{"EdDSA", familyEd, jwt.SigningMethodEdDSA, nil},
}

// pss returns m with salts of the given length; golang-jwt's own make them as long
// as the key allows (RFC 7518 section 3.5 wants them as long as the hash).
func pss(m *jwt.SigningMethodRSAPSS, salt int) *jwt.SigningMethodRSAPSS {
	return &jwt.SigningMethodRSAPSS{
		SigningMethodRSA: m.SigningMethodRSA,
		Options:          &rsa.PSSOptions{SaltLength: salt},
	}
}

func algorithmOf(name string) (algorithm, bool) {
	for _, a := range algorithms {
		if a.name == name {
			return a, true
		}
	}
	return algorithm{}, false
}

// RSA keys take a while to make, so all signers of a process share one, and all
// attackers another one.
var (
	ownRSA      = sync.OnceValue(newRSA)
	attackerRSA = sync.OnceValue(newRSA)
)

func newRSA() *rsa.PrivateKey { return must(rsa.GenerateKey(rand.Reader, 2048)) }

// newKey returns a key for a: a []byte or a private key.
func (a algorithm) newKey(sharedRSA func() *rsa.PrivateKey) any {
	switch a.family {
	case familyRSA:
		return sharedRSA()
	case familyEC:
		return must(ecdsa.GenerateKey(a.curve, rand.Reader))
	case familyEd:
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return must(key, err)
	default:
		// Text, as configurations hold it, and long enough for every hash.
		return []byte(rand.Text() + rand.Text() + rand.Text())
	}
}

// must returns v. Making and writing keys does not fail.
func must[T any](v T, err error) T {
	if err != nil {
		panic("authtest: " + err.Error())
	}
	return v
}

func publicOf(key any) crypto.PublicKey {
	if k, ok := key.(crypto.Signer); ok {
		return k.Public()
	}
	return nil
}

func pemOf(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func publicPEM(key crypto.PublicKey) string {
	return pemOf("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(key)))
}

// jwkOf returns the members of a public key as a JWK (RFC 7518 section 6, RFC 8037
// section 2), or of a secret.
func jwkOf(key any) object {
	switch k := key.(type) {
	case *rsa.PublicKey:
		return object{{"kty", `"RSA"`}, {"n", octets(k.N.Bytes())}, {"e", octets(big.NewInt(int64(k.E)).Bytes())}}
	case *ecdsa.PublicKey:
		point := must(k.Bytes())[1:] // without the byte that says uncompressed
		half := len(point) / 2
		return object{
			{"kty", `"EC"`},
			{"crv", quoted(k.Params().Name)},
			{"x", octets(point[:half])},
			{"y", octets(point[half:])},
		}
	case ed25519.PublicKey:
		return object{{"kty", `"OKP"`}, {"crv", `"Ed25519"`}, {"x", octets(k)}}
	case []byte:
		return object{{"kty", `"oct"`}, {"k", octets(k)}}
	default:
		panic(fmt.Sprintf("authtest: no JWK for a %T", key))
	}
}

func octets(b []byte) string { return quoted(encode(b)) }

func encode[T ~string | ~[]byte](text T) string {
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}

// fits reports whether key is one for a, and whether allowed has it. Without a list
// the one algorithm of an RSA key is RS256.
func (a algorithm) fits(key any, allowed []string) bool {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		if a.family != familyRSA || len(allowed) == 0 && a.name != "RS256" {
			return false
		}
	case *ecdsa.PrivateKey:
		if a.family != familyEC || a.curve != k.Curve {
			return false
		}
	case ed25519.PrivateKey:
		if a.family != familyEd {
			return false
		}
	default:
		return false
	}
	return len(allowed) == 0 || slices.Contains(allowed, a.name) ||
		a.family == familyEd && slices.Contains(allowed, "Ed25519")
}
