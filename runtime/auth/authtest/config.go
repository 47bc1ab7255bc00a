package authtest

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

// Config returns the configuration of a scheme that issues and verifies with the key
// of s: a secret, or a private key in a file of a directory that goes with the test.
func (s *Signer) Config(tb testing.TB) auth.Config {
	tb.Helper()
	c := auth.Config{Algorithms: []string{s.alg.name}}
	if secret, ok := s.key.([]byte); ok {
		c.AccessSecret = string(secret)
		return c
	}
	c.PrivateKeyFile = filepath.Join(tb.TempDir(), "private.pem")
	c.KeyID = s.id
	text := pemOf("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(s.key)))
	if err := os.WriteFile(c.PrivateKeyFile, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return c
}

// PublicConfig returns the configuration of a scheme that verifies with the public
// key of s, from a file of a directory that goes with the test, and issues nothing.
// The algorithms of secrets have no such thing and end the test.
func (s *Signer) PublicConfig(tb testing.TB) auth.Config {
	tb.Helper()
	text := s.PublicPEM()
	if text == "" {
		tb.Fatalf("authtest: %s has no public key: use Config", s.alg.name)
	}
	c := auth.Config{Algorithms: []string{s.alg.name}, KeyID: s.id}
	c.PublicKeyFile = filepath.Join(tb.TempDir(), "public.pem")
	if err := os.WriteFile(c.PublicKeyFile, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return c
}

// SignerOf returns a Signer with the key that c issues with: its AccessSecret, or the
// key in its PrivateKeyFile, which must be PEM here. It reports when there is none;
// whoever has only the address of an issuer's keys makes a Signer with NewSigner and
// serves its JWKS.
func SignerOf(c auth.Config) (*Signer, error) {
	if c.AccessSecret != "" {
		name := "HS256"
		if len(c.Algorithms) > 0 {
			name = c.Algorithms[0]
		}
		a, ok := algorithmOf(name)
		if !ok || a.family != familySecret {
			return nil, errors.New("authtest: Algorithms: expected HS256, HS384 or HS512 with a secret")
		}
		return &Signer{alg: a, key: []byte(c.AccessSecret), now: time.Now}, nil
	}
	if c.PrivateKeyFile == "" {
		return nil, errors.New("authtest: expected a configuration with AccessSecret or PrivateKeyFile, or a Signer beside it")
	}
	key, err := readPrivate(c.PrivateKeyFile)
	if err != nil {
		return nil, err
	}
	for _, a := range algorithms {
		if a.fits(key, c.Algorithms) {
			return &Signer{alg: a, key: key, id: c.KeyID, now: time.Now}, nil
		}
	}
	return nil, fmt.Errorf("authtest: Algorithms: none fits the %T in PrivateKeyFile", key)
}

// readPrivate reads a private key in PEM: PKCS #8, PKCS #1 or SEC 1.
func readPrivate(file string) (any, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("authtest: PrivateKeyFile: %w", err)
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			return key, nil
		}
		if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
			return key, nil
		}
		if key, err := x509.ParseECPrivateKey(block.Bytes); err == nil {
			return key, nil
		}
	}
	return nil, errors.New("authtest: PrivateKeyFile: expected a private key in PEM (PKCS #8, PKCS #1 or SEC 1)")
}
