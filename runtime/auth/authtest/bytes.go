package authtest

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"math/big"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// flipped returns b with the highest bit of one byte changed.
func flipped(b []byte, i int) []byte {
	b = slices.Clone(b)
	b[i] ^= 0x80
	return b
}

func backwards(b []byte) []byte {
	b = slices.Clone(b)
	slices.Reverse(b)
	return b
}

// otherCase returns text in upper case, or in lower case where it is that already.
func otherCase(text []byte) []byte {
	if upper := strings.ToUpper(string(text)); upper != string(text) {
		return []byte(upper)
	}
	return []byte(strings.ToLower(string(text)))
}

func sum256(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

func sum512(s string) []byte {
	sum := sha512.Sum512([]byte(s))
	return sum[:]
}

// noSalt signs with PSS and a salt of no bytes, which crypto/rsa does not make: its
// length 0 stands for the longest one.
type noSalt struct{ *jwt.SigningMethodRSAPSS }

// Sign encodes the hash as RFC 8017 section 9.1.1 says, and applies the key.
func (m noSalt) Sign(signed string, key any) ([]byte, error) {
	k := key.(*rsa.PrivateKey)
	digest := m.Hash.New()
	digest.Write([]byte(signed))
	size, h := k.Size(), m.Hash.Size()

	inner := m.Hash.New()
	inner.Write(make([]byte, 8))
	inner.Write(digest.Sum(nil))
	sum := inner.Sum(nil)

	encoded := make([]byte, size-h-1, size)
	encoded[len(encoded)-1] = 1
	mask := make([]byte, 0, len(encoded)+h)
	for i := byte(0); len(mask) < len(encoded); i++ { // MGF1, RFC 8017 appendix B.2.1
		step := m.Hash.New()
		step.Write(sum)
		step.Write([]byte{0, 0, 0, i})
		mask = step.Sum(mask)
	}
	for i := range encoded {
		encoded[i] ^= mask[i]
	}
	encoded[0] &= 0x7f // a modulus of 2048 bits leaves one of them over
	encoded = append(append(encoded, sum...), 0xbc)
	return new(big.Int).Exp(new(big.Int).SetBytes(encoded), k.D, k.N).FillBytes(make([]byte, size)), nil
}
