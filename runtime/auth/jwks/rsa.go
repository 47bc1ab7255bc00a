package jwks

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"
)

const (
	minRSA = 2048 // bits, RFC 7518 section 3.3
	maxRSA = 8192 // bits: larger ones make a verification a burden
)

// describeRSA checks that a key is worth its size.
func describeRSA(k *rsa.PublicKey) (m members, err error) {
	if k.N == nil || k.N.Sign() <= 0 {
		return m, errors.New("expected an RSA key with a modulus")
	}
	if bits := k.N.BitLen(); bits < minRSA { //check:rsa-short
		return m, fmt.Errorf("expected an RSA key of at least %d bits (RFC 7518 section 3.3), got %d", minRSA, bits)
	}
	if bits := k.N.BitLen(); bits > maxRSA { //check:rsa-long
		return m, fmt.Errorf("expected an RSA key of at most %d bits, got %d", maxRSA, bits)
	}
	if k.E < 3 || k.E%2 == 0 || k.E > 1<<31-1 { //check:rsa-exponent
		return m, errors.New("expected an RSA key with an odd public exponent between 3 and 2^31-1, as 65537 is")
	}
	if k.N.Bit(0) == 0 { //check:rsa-even
		return m, errors.New("expected an RSA key with an odd modulus")
	}
	if isROCA(k.N) { //check:rsa-roca
		return m, errors.New("the RSA key comes from a library whose keys can be factored (CVE-2017-15361): make another one")
	}
	m = members{Type: typeRSA, N: encode(k.N.Bytes()), E: encode(big.NewInt(int64(k.E)).Bytes())}
	return m, nil
}

// isROCA reports whether n has the fingerprint of the keys of CVE-2017-15361.
// Their primes are powers of 65537 modulo a product of small primes, and so is n;
// of other moduli one in hundreds of millions is.
func isROCA(n *big.Int) bool {
	for _, p := range []int64{11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157} {
		if !isPower(new(big.Int).Mod(n, big.NewInt(p)).Int64(), 65537, p) {
			return false
		}
	}
	return true
}

// isPower reports whether n is a power of base modulo p.
func isPower(n, base, p int64) bool {
	for power, i := int64(1), int64(0); i < p; i++ {
		if power == n {
			return true
		}
		power = power * base % p
	}
	return false
}
