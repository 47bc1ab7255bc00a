package jwks

import (
	"crypto/ed25519"
	"encoding/hex"
	"testing"
)

// Every key that is made from a seed is good.
func TestEd25519Good(t *testing.T) {
	for i := range 300 {
		seed := make([]byte, ed25519.SeedSize)
		seed[0], seed[1] = byte(i), byte(i>>8)
		if _, err := New(ed25519.NewKeyFromSeed(seed).Public(), "", ""); err != nil {
			t.Fatalf("seed %d: %v", i, err)
		}
	}
}

// weakEd25519 are the points of low order in all encodings that crypto/ed25519
// takes, but for the sign of x.
var weakEd25519 = map[string]string{
	"zero":                 "0100000000000000000000000000000000000000000000000000000000000000",
	"order 2":              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"order 4":              "0000000000000000000000000000000000000000000000000000000000000000",
	"order 8":              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
	"order 8, the other":   "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
	"zero, beyond 2^255":   "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"order 4, once around": "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	"no point":             "0200000000000000000000000000000000000000000000000000000000000000",
	"another encoding":     "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
}

func TestEd25519Weak(t *testing.T) {
	for name, text := range weakEd25519 {
		key, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, sign := range []byte{0, 0x80} {
			key[31] ^= sign
			if _, err := New(ed25519.PublicKey(key), "", ""); err == nil {
				t.Errorf("%s (sign of x: %v) is accepted", name, sign != 0)
			}
		}
		set := `{"keys":[{"kty":"OKP","crv":"Ed25519","x":"` + encode(key) + `"}]}`
		if _, err := ParseSet([]byte(set), Options{}); err == nil {
			t.Errorf("%s is accepted in a set", name)
		}
	}
	if _, err := New(ed25519.PublicKey("short"), "", ""); err == nil {
		t.Error("a short key is accepted")
	}
}

// This is why: with the zero of the curve as a key, crypto/ed25519 takes one
// signature for everything.
func TestEd25519ZeroSignsAll(t *testing.T) {
	zero := make([]byte, ed25519.PublicKeySize)
	zero[0] = 1
	signature := append(zero, make([]byte, 32)...)
	for _, text := range []string{"", "a", "any token"} {
		if !ed25519.Verify(zero, []byte(text), signature) {
			t.Errorf("%q: refused, so the check could go", text)
		}
	}
}
