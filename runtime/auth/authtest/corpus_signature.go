package authtest

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// signatures are tokens whose header and payload are good and whose signature is not.
func (k *corpus) signatures() {
	const mac, verify = "RFC 7518 section 3.2", "RFC 7515 section 5.2"
	good := k.good()
	signed := good[:strings.LastIndexByte(good, '.')]
	sig := k.s.signature(signed)
	put := func(name, source string, signature []byte) { k.add(name, source, signed+"."+encode(signature)) }

	put("the first bit flipped", verify, flipped(sig, 0))
	put("the last bit flipped", verify, flipped(sig, len(sig)-1))
	put("a bit in the middle flipped", verify, flipped(sig, len(sig)/2))
	put("one byte less", mac, sig[:len(sig)-1])
	put("half of it", mac, sig[:len(sig)/2])
	put("one byte of it", "CVE-2015-10004", sig[:1])
	put("one byte more", mac, append(slices.Clone(sig), 0))
	put("a byte in front", mac, append([]byte{0}, sig...))
	put("twice", mac, append(slices.Clone(sig), sig...))
	put("backwards", verify, backwards(sig))
	put("zeros", "CVE-2022-21449", make([]byte, len(sig)))
	put("one zero", verify, []byte{0})
	put("ones", verify, bytes.Repeat([]byte{0xff}, len(sig)))
	put("a word", verify, []byte("signature"))
	put("in hexadecimal", verify, []byte(hex.EncodeToString(sig)))
	put("encoded twice", verify, []byte(encode(sig)))
	put("of the payload alone", "RFC 7515 section 5.1", k.s.signature(signed[strings.IndexByte(signed, '.')+1:]))
	put("of the decoded texts", "RFC 7515 section 5.1", k.s.signature(k.header.String()+"."+k.payload.String()))
	sum := sha256.Sum256([]byte(signed))
	put("the hash of the text", verify, sum[:])

	other := k.s.Sign(k.header.String(), k.payload.with("sub", `"somebody else"`).String())
	k.add("of another payload", verify, signed+other[strings.LastIndexByte(other, '.'):])
	other = k.s.Sign(k.header.with("x", "1").String(), k.payload.String())
	k.add("of another header", verify, signed+other[strings.LastIndexByte(other, '.'):])
	k.forged("of another key", verify, k.evil, k.header)
	k.add("of another key, and expired", "CVE-2024-51744", k.evil.Sign(k.header.String(), k.payload.with("exp", "1").String()))

	switch key := k.s.key.(type) {
	case []byte:
		k.macs(key, signed, put)
	case *rsa.PrivateKey:
		k.rsa(key, signed, sig, put)
	case *ecdsa.PrivateKey:
		k.ecdsa(key, signed, sig, put)
	case ed25519.PrivateKey:
		k.ed25519(key, signed, sig, put)
	}
}

// defaultSecrets stand in tutorials and in configurations that nobody changed.
var defaultSecrets = []string{
	"secret", "Secret", "password", "changeme", "change-me", "key", "test", "random", "jwt", "jwt_secret", "mysecretkey",
	"your-256-bit-secret", "your-384-bit-secret", "your-512-bit-secret", "your-secret-key", "a-string-secret-at-least-256-bits-long",
	"0123456789abcdef0123456789abcdef", "00000000000000000000000000000000", "null", "undefined",
}

// macs are what is made without the secret.
func (k *corpus) macs(secret []byte, signed string, put func(string, string, []byte)) {
	const size = "RFC 7518 section 3.2, RFC 8725 section 3.5"
	by := func(key []byte) []byte { return must(k.s.alg.method.Sign(signed, key)) }
	put("of an empty secret", size, by(nil))
	put("of a space as secret", size, by([]byte(" ")))
	put("of the secret cut in half", size, by(secret[:len(secret)/2]))
	put("of the secret without its last byte", size, by(secret[:len(secret)-1]))
	put("of the secret and a line feed", size, by(append(slices.Clone(secret), '\n')))
	put("of the secret in another case", size, by(otherCase(secret)))
	put("of the hash of the secret in hexadecimal", size, by([]byte(hex.EncodeToString(sum256(secret)))))
	put("of the algorithm's name as secret", size, by([]byte(k.s.alg.name)))
	for _, s := range defaultSecrets {
		if s != string(secret) {
			put("of the secret "+strconv.Quote(s[:min(len(s), 20)]), "RFC 8725 section 3.5, GHSA-mqq6-462x-jxmm", by([]byte(s)))
		}
	}
	for _, m := range []*jwt.SigningMethodHMAC{jwt.SigningMethodHS256, jwt.SigningMethodHS384, jwt.SigningMethodHS512} {
		if m != k.s.alg.method {
			put("of "+m.Name+" with the name of "+k.s.alg.name, "RFC 8725 section 3.1", must(m.Sign(signed, secret)))
		}
	}
}

func (k *corpus) rsa(key *rsa.PrivateKey, signed string, sig []byte, put func(string, string, []byte)) {
	const size, form, salt = "RFC 8017 section 8.2.2", "RFC 8017 section 9.2", "RFC 7518 section 3.5"
	n, full := key.N, make([]byte, len(sig))
	put("the number 1", form, big.NewInt(1).FillBytes(slices.Clone(full)))
	put("the modulus", size, n.FillBytes(slices.Clone(full)))
	put("the modulus less 1", size, new(big.Int).Sub(n, big.NewInt(1)).FillBytes(slices.Clone(full)))
	// A signature of 1 and the modulus is 1 for whoever does not compare sizes.
	put("the modulus and 1", size, new(big.Int).Add(n, big.NewInt(1)).FillBytes(slices.Clone(full)))
	negative := new(big.Int).Sub(n, new(big.Int).SetBytes(sig))
	put("the modulus less the signature", size, negative.FillBytes(slices.Clone(full)))

	hash := hashOf(k.s.alg)
	digest := hash.New()
	digest.Write([]byte(signed))
	sum := digest.Sum(nil)
	put("without the name of the hash", form, must(rsa.SignPKCS1v15(nil, key, 0, sum)))
	if method, ok := k.s.alg.method.(*jwt.SigningMethodRSAPSS); ok {
		put("with PKCS #1 padding", salt, must(rsa.SignPKCS1v15(nil, key, hash, sum)))
		for _, s := range []struct {
			name string
			size int
		}{
			{"no salt", -1},
			{"a salt of one byte", 1},
			{"a salt of one byte less", hash.Size() - 1},
			{"a salt of one byte more", hash.Size() + 1},
			{"the longest salt", len(sig) - hash.Size() - 2},
		} {
			put("with "+s.name, salt, must(saltOf(method, s.size).Sign(signed, key)))
		}
		return
	}
	put("with PSS padding", "RFC 7518 section 3.3", must(saltOf(pssOf(hash), hash.Size()).Sign(signed, key)))
	for _, other := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		if other != hash {
			d := other.New()
			d.Write([]byte(signed))
			put("of the hash "+other.String(), "RFC 7518 section 3.3", must(rsa.SignPKCS1v15(nil, key, other, d.Sum(nil))))
		}
	}
}

// saltOf returns m with salts of length bytes, none for -1.
func saltOf(m *jwt.SigningMethodRSAPSS, length int) jwt.SigningMethod {
	if length < 0 {
		return noSalt{m}
	}
	return pss(m, length)
}

func pssOf(hash crypto.Hash) *jwt.SigningMethodRSAPSS {
	for _, m := range []*jwt.SigningMethodRSAPSS{jwt.SigningMethodPS256, jwt.SigningMethodPS384} {
		if m.Hash == hash {
			return m
		}
	}
	return jwt.SigningMethodPS512
}

func hashOf(a algorithm) crypto.Hash {
	switch m := a.method.(type) {
	case *jwt.SigningMethodRSA:
		return m.Hash
	case *jwt.SigningMethodRSAPSS:
		return m.Hash
	case *jwt.SigningMethodECDSA:
		return m.Hash
	default:
		return crypto.SHA256
	}
}

func (k *corpus) ecdsa(key *ecdsa.PrivateKey, signed string, sig []byte, put func(string, string, []byte)) {
	const psychic, form = "CVE-2022-21449", "RFC 7518 section 3.4"
	half := len(sig) / 2
	r, s := new(big.Int).SetBytes(sig[:half]), new(big.Int).SetBytes(sig[half:])
	n := key.Params().N
	zero, one := new(big.Int), big.NewInt(1)
	pair := func(a, b *big.Int) []byte {
		return append(a.FillBytes(make([]byte, half)), b.FillBytes(make([]byte, half))...)
	}
	put("r is 0", psychic, pair(zero, s))
	put("s is 0", psychic, pair(r, zero))
	put("r is 0 and s is 1", psychic, pair(zero, one))
	put("r is 1 and s is 0", psychic, pair(one, zero))
	put("r and s are 1", psychic, pair(one, one))
	put("r and s are the order", psychic, pair(n, n))
	put("r is the order", psychic, pair(n, s))
	put("s is the order", psychic, pair(r, n))
	put("r and s are one more than the order", form, pair(new(big.Int).Add(n, one), new(big.Int).Add(n, one)))
	put("r and s in each other's place", form, pair(s, r))
	put("r is negative", form, pair(new(big.Int).Sub(n, r), s))
	if sum := new(big.Int).Add(r, n); sum.BitLen() <= 8*half { // always so for P-521
		put("r and the order", "Wycheproof: r too large", pair(sum, s))
	}
	if sum := new(big.Int).Add(s, n); sum.BitLen() <= 8*half {
		put("s and the order", "Wycheproof: s too large", pair(r, sum))
	}
	put("in DER", form, must(asn1.Marshal(struct{ R, S *big.Int }{r, s})))
	put("zeros in DER", psychic, must(asn1.Marshal(struct{ R, S *big.Int }{zero, zero})))
	put("both halves one byte longer", form, slices.Concat([]byte{0}, sig[:half], []byte{0}, sig[half:]))
	put("both halves of another curve's size", form, slices.Concat(make([]byte, 18), sig[:half], make([]byte, 18), sig[half:]))
	put("two zeros", psychic, []byte{0, 0})
	for _, hash := range []crypto.Hash{crypto.SHA256, crypto.SHA384, crypto.SHA512} {
		if hash != hashOf(k.s.alg) {
			m := &jwt.SigningMethodECDSA{Hash: hash, KeySize: half, CurveBits: key.Params().BitSize}
			put("of the hash "+hash.String(), form, must(m.Sign(signed, key)))
		}
	}
}

func (k *corpus) ed25519(key ed25519.PrivateKey, signed string, sig []byte, put func(string, string, []byte)) {
	const form = "RFC 8032 section 5.1.7"
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	s := new(big.Int).SetBytes(backwards(sig[32:]))
	of := func(r []byte, s *big.Int) []byte {
		return append(slices.Clone(r), backwards(s.FillBytes(make([]byte, 32)))...)
	}
	put("s and the order", form, of(sig[:32], new(big.Int).Add(s, order)))
	put("s is 0", form, of(sig[:32], new(big.Int)))
	put("s is the order", form, of(sig[:32], order))
	neutral := make([]byte, 32)
	neutral[0] = 1
	put("r is the neutral point and s is 0", "Wycheproof: special values", of(neutral, new(big.Int)))
	put("r is zeros", form, of(make([]byte, 32), s))
	put("r is not a point", form, of(bytes.Repeat([]byte{0xff}, 32), s))
	put("the sign of r is another one", form, flipped(sig, 31))
	high := slices.Clone(sig)
	high[63] |= 0xe0
	put("the highest bits of s are set", form, high)
	put("halves in each other's place", form, slices.Concat(sig[32:], sig[:32]))
	put("of the hash (Ed25519ph)", "RFC 8037 section 3.1", must(key.Sign(nil, sum512(signed), crypto.SHA512)))
	put("with a context (Ed25519ctx)", "RFC 8037 section 3.1", must(key.Sign(nil, []byte(signed), &ed25519.Options{Context: "JWT"})))
	put("of the hash, signed as it is", "RFC 8037 section 3.1", ed25519.Sign(key, sum512(signed)))
	put("114 bytes, as Ed448 has them", "RFC 8037 section 3.1", make([]byte, 114))
}
