package verify

import (
	"context"
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
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/apigen-go/apigen/runtime/auth"
)

// keyed are algorithms of key pairs.
var keyed = []struct {
	alg string
	key func() (crypto.Signer, error)
}{
	{"RS256", func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, 2048) }},
	{"ES256", func() (crypto.Signer, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }},
	{"EdDSA", func() (crypto.Signer, error) {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		return key, err
	}},
}

// keyConfig returns a configuration that signs with key.
func keyConfig(tb testing.TB, alg string, key crypto.Signer) auth.Config {
	tb.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	file := filepath.Join(tb.TempDir(), "key.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600); err != nil {
		tb.Fatal(err)
	}
	c := config()
	c.AccessSecret, c.PrivateKeyFile, c.Algorithms = "", file, []string{alg}
	return c
}

// keyVerifications returns a token of a key, and the ways to verify it: here, here
// with a memory of signatures, and with golang-jwt.
func keyVerifications(tb testing.TB, alg string, key crypto.Signer) (token string, all []verification) {
	c := keyConfig(tb, alg, key)
	token = issue(tb, c)
	plain := verifierOf(tb, c)
	c.CacheTokens = 100
	cached := verifierOf(tb, c)
	parser := jwt.NewParser(jwt.WithValidMethods([]string{alg}), jwt.WithIssuer(issuer), jwt.WithAudience(audience),
		jwt.WithExpirationRequired(), jwt.WithIssuedAt())
	return token, []verification{
		{"apigen", func(token string) error {
			_, err := plain.Verify(context.Background(), token)
			return err
		}},
		{"apigen/cached", func(token string) error {
			_, err := cached.Verify(context.Background(), token)
			return err
		}},
		{"golang-jwt/struct", func(token string) error {
			_, err := parser.ParseWithClaims(token, new(structClaims), func(*jwt.Token) (any, error) { return key.Public(), nil })
			return err
		}},
	}
}

// TestKeysSameVerdicts holds these to the same behaviour as well.
func TestKeysSameVerdicts(t *testing.T) {
	for _, k := range keyed {
		key, err := k.key()
		if err != nil {
			t.Fatal(err)
		}
		token, all := keyVerifications(t, k.alg, key)
		for _, v := range all {
			for range 2 { // the second time it may be remembered
				if err := v.verify(token); err != nil {
					t.Errorf("%s: %s refuses a good token: %v", k.alg, v.name, err)
				}
				if v.verify(forge(token)) == nil {
					t.Errorf("%s: %s accepts a forged token", k.alg, v.name)
				}
			}
		}
	}
}

// BenchmarkKeys takes a good token of each kind of key.
func BenchmarkKeys(b *testing.B) {
	hs256 := issue(b, config())
	for _, k := range keyed {
		key, err := k.key()
		if err != nil {
			b.Fatal(err)
		}
		token, all := keyVerifications(b, k.alg, key)
		for _, v := range all {
			b.Run(k.alg+"/"+v.name, func(b *testing.B) {
				measure(b, hs256, func() {
					if err := v.verify(token); err != nil {
						b.Fatal(err)
					}
				})
			})
		}
	}
}
