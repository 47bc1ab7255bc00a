package jwks

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"
)

// rsaKey is made once: it takes a while.
var rsaKey = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
})

// newSigner returns a key for the algorithm.
func newSigner(t testing.TB, alg string) crypto.Signer {
	t.Helper()
	var k crypto.Signer
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
		return rsaKey()
	}
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newKey(t testing.TB, key any, alg, id string) *Key {
	t.Helper()
	k, err := New(key, alg, id)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// must is for what cannot fail in a test.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// publicForms writes a public key in every form that ParsePublic takes.
func publicForms(t *testing.T, s crypto.Signer, alg string) map[string]string {
	t.Helper()
	jwk := string(must(json.Marshal(newKey(t, s.Public(), alg, "my-key"))))
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "x"}, NotAfter: time.Unix(1, 0)}
	forms := map[string]string{
		"SPKI":        block("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(s.Public()))),
		"certificate": block("CERTIFICATE", must(x509.CreateCertificate(rand.Reader, template, template, s.Public(), s))),
		"JWK":         jwk,
		"JWK set":     `{"keys":[` + jwk + `]}`,
		"text around": "A key.\n" + block("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(s.Public()))) + "\nThat was it.\n",
	}
	if k, ok := s.Public().(*rsa.PublicKey); ok {
		forms["PKCS #1"] = block("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(k))
	}
	return forms
}

// privateForms writes a private key in every form that ParsePrivate takes.
func privateForms(t *testing.T, s crypto.Signer, alg string) map[string]string {
	t.Helper()
	forms := map[string]string{
		"PKCS #8": block("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(s))),
		"JWK":     privateJWK(t, s, alg),
	}
	switch k := s.(type) {
	case *rsa.PrivateKey:
		forms["PKCS #1"] = block("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(k))
	case *ecdsa.PrivateKey:
		sec1 := block("EC PRIVATE KEY", must(x509.MarshalECPrivateKey(k)))
		forms["SEC 1"] = sec1
		forms["SEC 1 behind its parameters"] = block("EC PARAMETERS", []byte{6, 8}) + sec1
	}
	return forms
}

func privateJWK(t *testing.T, s crypto.Signer, alg string) string {
	t.Helper()
	public := strings.TrimSuffix(string(must(json.Marshal(newKey(t, s.Public(), alg, "my-key")))), "}")
	switch k := s.(type) {
	case *rsa.PrivateKey:
		return fmt.Sprintf(`%s,"d":%q,"p":%q,"q":%q}`, public, encode(k.D.Bytes()), encode(k.Primes[0].Bytes()), encode(k.Primes[1].Bytes()))
	case *ecdsa.PrivateKey:
		return fmt.Sprintf(`%s,"d":%q}`, public, encode(must(k.Bytes())))
	default:
		return fmt.Sprintf(`%s,"d":%q}`, public, encode(s.(ed25519.PrivateKey).Seed()))
	}
}

// Every algorithm, with keys in every form.
func TestKeys(t *testing.T) {
	for _, alg := range Algorithms() {
		t.Run(alg, func(t *testing.T) {
			s := newSigner(t, alg)
			o := Options{Algorithms: []string{alg}}
			signed := []byte("header.payload")
			for form, text := range privateForms(t, s, alg) {
				private, err := ParsePrivate([]byte(text), o)
				if err != nil {
					t.Errorf("%s: %v", form, err)
					continue
				}
				signature := must(private.Sign(signed))
				for form, text := range publicForms(t, s, alg) {
					set, err := ParsePublic([]byte(text), o)
					if err != nil || len(set.Keys()) != 1 {
						t.Errorf("%s: %v", form, err)
						continue
					}
					checkPair(t, form, set.Keys()[0], private, signed, signature)
				}
			}
		})
	}
}

func checkPair(t *testing.T, form string, public, private *Key, signed, signature []byte) {
	t.Helper()
	if public.Private() || !private.Private() || private.Public().Private() {
		t.Errorf("%s: private and public halves are mixed up", form)
	}
	if public.Thumbprint() != private.Thumbprint() || public.Algorithm() != private.Algorithm() {
		t.Errorf("%s: got %v and %v", form, public, private)
	}
	if named := strings.HasPrefix(form, "JWK"); public.Named() != named || named && public.ID() != "my-key" || !named && public.ID() != public.Thumbprint() {
		t.Errorf("%s: the id is %s", form, public.ID())
	}
	if !public.Verify(signed, signature) || !private.Verify(signed, signature) {
		t.Errorf("%s: the signature does not verify", form)
	}
	for name, bad := range map[string][]byte{"cut": signature[:len(signature)-1], "longer": append(signature[:len(signature):len(signature)], 0), "empty": nil} {
		if public.Verify(signed, bad) {
			t.Errorf("%s: a signature that is %s verifies", form, name)
		}
	}
	if public.Verify([]byte("header.payloae"), signature) {
		t.Errorf("%s: the signature of something else verifies", form)
	}
	if _, err := public.Sign(signed); err == nil {
		t.Errorf("%s: a public key signs", form)
	}
}

// The example of RFC 7638 section 3.1.
func TestThumbprint(t *testing.T) {
	const text = `{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB","alg":"RS256","kid":"2011-04-29"}`
	set, err := ParsePublic([]byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	k := set.Keys()[0]
	if want := "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"; k.Thumbprint() != want || k.ID() != "2011-04-29" {
		t.Errorf("got %s of %s, want %s", k.Thumbprint(), k.ID(), want)
	}
}

// Nothing that is printed or written holds a private half.
func TestKeyHidesItsPrivateHalf(t *testing.T) {
	for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
		s := newSigner(t, alg)
		private := newKey(t, s, alg, "")
		var secret []byte
		switch s := s.(type) {
		case *rsa.PrivateKey:
			secret = s.D.Bytes()
		case *ecdsa.PrivateKey:
			secret = must(s.Bytes())
		case ed25519.PrivateKey:
			secret = s.Seed()
		}
		set := must(NewSet(private))
		held := struct {
			key *Key
			set *Set
		}{private, set}
		texts := []string{string(must(json.Marshal(private))), string(must(json.Marshal(set)))}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x"} {
			texts = append(texts, fmt.Sprintf(verb, private), fmt.Sprintf(verb, *private), fmt.Sprintf(verb, held), fmt.Sprintf(verb, set))
		}
		for _, text := range texts {
			for _, form := range []string{encode(secret), fmt.Sprintf("%x", secret), new(big.Int).SetBytes(secret).String(), strings.Trim(fmt.Sprint(secret), "[]")} {
				if strings.Contains(text, form) {
					t.Errorf("%s: shown in %.80s", alg, text)
				}
			}
		}
	}
}
