package auth

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

var rsaKey = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
})

// newSigner returns a new key for the algorithm; RSA keys are one and the same.
func newSigner(t testing.TB, alg string) (k crypto.Signer) {
	t.Helper()
	var err error
	switch alg {
	case "ES256":
		k, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "ES384":
		k, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "ES512":
		k, err = ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
	case "EdDSA":
		_, k, err = ed25519.GenerateKey(rand.Reader)
	default:
		k = rsaKey()
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// publicPEM and privatePEM write a key.
func publicPEM(t testing.TB, k crypto.Signer) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func privatePEM(t testing.TB, k crypto.Signer) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// file writes a file in a folder of the test's own.
func file(t testing.TB, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "key.pem")
	replace(t, name, text)
	return name
}

// replace puts another file in the place of name, in one step.
func replace(t testing.TB, name, text string) {
	t.Helper()
	next := name + ".next"
	if err := os.WriteFile(next, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(next, name); err != nil {
		t.Fatal(err)
	}
}

// signFor signs header and payload with the key, as alg.
func signFor(t testing.TB, k crypto.Signer, alg, header, payload string) string {
	t.Helper()
	key, err := jwks.New(k, alg, "")
	if err != nil {
		t.Fatal(err)
	}
	signed := encode(header) + "." + encode(payload)
	signature, err := key.Sign([]byte(signed))
	if err != nil {
		t.Fatal(err)
	}
	return signed + "." + encode(string(signature))
}

// headOf is a header for the algorithm, with more members behind.
func headOf(alg string, members ...string) string {
	text := `{"alg":"` + alg + `"`
	for _, m := range members {
		text += "," + m
	}
	return text + "}"
}

// keyOf is the key as sets of keys have it.
func keyOf(t testing.TB, k crypto.Signer, alg string) key {
	t.Helper()
	own, err := jwks.New(k, alg, "")
	if err != nil {
		t.Fatal(err)
	}
	return publicKey{own}
}
