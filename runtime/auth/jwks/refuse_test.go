package jwks

import (
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"
)

// The key of the vector "rejectsKeyWithRocaVulnerability" of Project Wycheproof.
const rocaModulus = "AanFpofbj7KjD4Lf-N2hVMKR7yewSyXhhbirIMTGpfYEhZ_lnt5UoK98DnKIgArXGTu3MaW_HhFw16HGaTDUHqPrId7fe4r11CqRw09yBFuW79V8sYIwHdzCaWflUI6auImYbVfoN9_nD5n8N8SY9DwXw7mwZM9wREPXoDPgOoIWl6q_MPsp7n0zs3Z5ZaiQWOOzl1S9OhwAfSiiOwz6efnXEaxuTEtPd7BjSx7NaFka8Dx9U7YqXy2RFj1O9PjyaDGuRh7YXsX3iMUSP_wSyHQg_c_qHRtKUsNSGCT7OZg0hzm2KphtjnayKJvC64vAbROBR4Ubg6Bxg9IQVZ-QYyE"

// jwkOf writes the public JWK of a key with some members replaced; an empty value
// leaves one out.
func jwkOf(t *testing.T, k *Key, members ...string) string {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(must(json.Marshal(k)), &m); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(members); i += 2 {
		var v any
		switch err := json.Unmarshal([]byte(members[i+1]), &v); {
		case members[i+1] == "":
			delete(m, members[i])
			continue
		case err != nil:
			v = members[i+1]
		}
		m[members[i]] = v
	}
	return string(must(json.Marshal(m)))
}

func wantError(t *testing.T, what string, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: got %v, want %q", what, err, want)
	}
}

func TestNewRefuses(t *testing.T) {
	n := rsaKey().N
	even := new(big.Int).Sub(n, big.NewInt(1))
	roca := new(big.Int).SetBytes(must(decode(rocaModulus)))
	p224 := must(ecdsa.GenerateKey(elliptic.P224(), rand.Reader))
	off := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)).PublicKey
	reflect.ValueOf(&off).Elem().FieldByName("Y").Set(reflect.ValueOf(big.NewInt(1))) // as no constructor makes it
	long := new(big.Int).Lsh(big.NewInt(1), 8192)
	for _, test := range []struct {
		what string
		key  any
		alg  string
		id   string
		want string
	}{
		{"RSA of 2047 bits", &rsa.PublicKey{N: new(big.Int).Rsh(n, 1), E: 65537}, "", "", "at least 2048 bits (RFC 7518 section 3.3), got 2047"},
		{"RSA of 8193 bits", &rsa.PublicKey{N: long.Add(long, big.NewInt(1)), E: 65537}, "", "", "at most 8192 bits"},
		{"RSA with exponent 1", &rsa.PublicKey{N: n, E: 1}, "", "", "odd public exponent"},
		{"RSA with exponent 2", &rsa.PublicKey{N: n, E: 2}, "", "", "odd public exponent"},
		{"RSA with an even exponent", &rsa.PublicKey{N: n, E: 65536}, "", "", "odd public exponent"},
		{"RSA with an even modulus", &rsa.PublicKey{N: even, E: 65537}, "", "", "odd modulus"},
		{"RSA of CVE-2017-15361", &rsa.PublicKey{N: roca, E: 65537}, "", "", "CVE-2017-15361"},
		{"RSA without a modulus", &rsa.PublicKey{E: 65537}, "", "", "with a modulus"},
		{"P-224", p224, "", "", "P-256, P-384 or P-521, got one on P-224"},
		{"a point off the curve (CVE-2016-9121)", &off, "", "", "point is on its curve"},
		{"a short Ed25519 key", ed25519.PublicKey("short"), "", "", "32 bytes"},
		{"a secret", []byte("secret"), "", "", "RSA, ECDSA or Ed25519"},
		{"nothing", nil, "", "", "RSA, ECDSA or Ed25519"},
		{"RSA for ES256", &rsaKey().PublicKey, "ES256", "", "expected a key for ES256, got one of type RSA"},
		{"P-256 for ES384", newSigner(t, "ES256"), "ES384", "", "expected a key for ES384, got one of type EC P-256"},
		{"P-256 for HS256", newSigner(t, "ES256"), "HS256", "", "as algorithm"},
		{"Ed25519 for none", newSigner(t, "EdDSA"), "none", "", "as algorithm"},
		{"a long id", newSigner(t, "EdDSA"), "", strings.Repeat("k", 129), "at most 128 bytes"},
		{"an id that no token can have", newSigner(t, "EdDSA"), "", "k\xff", "(kid) in UTF-8"},
	} {
		_, err := New(test.key, test.alg, test.id)
		wantError(t, test.what, err, test.want)
	}
	// Ed25519 is the exact name of what most call EdDSA (RFC 9864).
	if k := newKey(t, newSigner(t, "EdDSA"), "Ed25519", strings.Repeat("k", 128)); k.Algorithm() != "EdDSA" {
		t.Errorf("got %s", k.Algorithm())
	}
}

func TestIsROCA(t *testing.T) {
	if !isROCA(new(big.Int).SetBytes(must(decode(rocaModulus)))) {
		t.Error("the vector is not found")
	}
	if isROCA(rsaKey().N) {
		t.Error("a key of Go is taken for one")
	}
}

func TestPEMRefused(t *testing.T) {
	s := newSigner(t, "ES256")
	public := block("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(s.Public())))
	private := block("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(s)))
	dh := must(ecdh.X25519().GenerateKey(rand.Reader))
	x25519 := block("PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(dh)))
	weak := block("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&rsa.PublicKey{N: new(big.Int).Rsh(rsaKey().N, 1024), E: 65537})))
	var five strings.Builder
	for range 5 {
		five.WriteString(block("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(newSigner(t, "ES256").Public()))))
	}
	old := string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-256-CBC,00"}, Bytes: []byte{1}}))
	for _, test := range []struct{ what, text, want string }{
		{"a private key", private, "got a private one: it stays where tokens are issued"},
		{"a private key behind a public one", public + private, "PEM block 2: expected public keys, got a private one"},
		{"nothing", "", "-----BEGIN"},
		{"text", "hello", "-----BEGIN"},
		{"DER", "0\x82\x01", "-----BEGIN"},
		{"an OpenSSH key", "ssh-ed25519 AAAA", "ssh-keygen -e -m pkcs8"},
		{"a request", block("CERTIFICATE REQUEST", []byte{1}), `expected "PUBLIC KEY"`},
		{"broken DER", block("PUBLIC KEY", []byte{1, 2}), "the DER encoding of a public key"},
		{"a block that is cut", public + public[:len(public)-20], "a block that is broken"},
		{"a weak key", weak, "at least 2048 bits"},
		{"five keys without names", five.String(), "at most 4 keys for ES256 without an id, got 5"},
	} {
		_, err := ParsePublic([]byte(test.text), Options{})
		wantError(t, test.what, err, test.want)
	}
	for _, test := range []struct{ what, text, want string }{
		{"a public key", public, "expected a private key, got a public one"},
		{"two", private + private, "expected one private key, got 2"},
		{"none", "hello", "-----BEGIN"},
		{"with a passphrase", block("ENCRYPTED PRIVATE KEY", []byte{1}), "without a passphrase"},
		{"with a passphrase of old", old, "without a passphrase"},
		{"of OpenSSH", block("OPENSSH PRIVATE KEY", []byte{1}), "ssh-keygen"},
		{"another block", block("DH PARAMETERS", []byte{1}), `expected "PRIVATE KEY"`},
		{"broken DER", block("PRIVATE KEY", []byte{1, 2}), "the DER encoding of a private key"},
		{"X25519", x25519, "RSA, ECDSA or Ed25519"},
		{"a set", `{"keys":[]}`, "expected one private key, got a JWK set"},
	} {
		_, err := ParsePrivate([]byte(test.text), Options{})
		wantError(t, test.what, err, test.want)
		if err != nil && strings.Contains(err.Error(), "MHc") {
			t.Errorf("%s: the error shows the key: %v", test.what, err)
		}
	}
}

func TestJWKRefused(t *testing.T) {
	ec, ed, rs := newKey(t, newSigner(t, "ES256"), "", ""), newKey(t, newSigner(t, "EdDSA"), "", ""), newKey(t, rsaKey(), "", "")
	for _, test := range []struct{ what, text, want string }{
		{"another use", jwkOf(t, ec, "use", "enc"), `whose use is "enc"`},
		{"other operations", jwkOf(t, ec, "key_ops", `["encrypt"]`), "key_ops has verify"},
		{"no operations", jwkOf(t, ec, "key_ops", `[]`), "key_ops has verify"},
		{"an operation twice", jwkOf(t, ec, "key_ops", `["verify","verify"]`), "without repetitions"},
		{"an operation again", jwkOf(t, ec, "key_ops", `["sign","verify","sign"]`), "without repetitions"},
		{"alg of another curve", jwkOf(t, ec, "alg", "ES384"), "expected a key for ES384"},
		{"alg of another type", jwkOf(t, ec, "alg", "RS256"), "expected a key for RS256"},
		{"alg of secrets", jwkOf(t, rs, "alg", "HS256"), "as alg, got"},
		{"alg none", jwkOf(t, rs, "alg", "none"), "as alg, got"},
		{"alg in lower case", jwkOf(t, ec, "alg", "es256"), "as alg, got"},
		{"alg for encryption", jwkOf(t, rs, "alg", "RSA-OAEP"), "as alg, got"},
		{"another type", jwkOf(t, ec, "kty", "AKP"), "RSA, EC or OKP"},
		{"another case of the type", jwkOf(t, ec, "kty", "ec"), "RSA, EC or OKP"},
		{"no type", jwkOf(t, ec, "kty", ""), "expected a JWK"},
		{"a number as type", jwkOf(t, ec, "kty", "7"), "expected a JWK"},
		{"another curve", jwkOf(t, ec, "crv", "secp256k1"), "P-256, P-384 or P-521"},
		{"the curve of other coordinates", jwkOf(t, ec, "crv", "P-384", "alg", ""), "the full size of the curve"},
		{"a coordinate too short", jwkOf(t, ec, "x", ec.members.X[:40]), "the full size of the curve"},
		{"a point off the curve", jwkOf(t, ec, "x", encode(make([]byte, 32))), "a point on the curve"},
		{"no y", jwkOf(t, ec, "y", ""), "the full size of the curve"},
		{"padding", jwkOf(t, ec, "x", ec.members.X+"="), "x: expected base64url"},
		{"a line break", jwkOf(t, ec, "y", ec.members.Y[:8]+"\n"+ec.members.Y[8:]), "y: expected base64url"},
		{"another alphabet", jwkOf(t, ec, "x", "+/"+ec.members.X[2:]), "x: expected base64url"},
		{"Ed448", jwkOf(t, ed, "crv", "Ed448"), "on Ed25519"},
		{"X25519", jwkOf(t, ed, "crv", "X25519"), "on Ed25519"},
		{"31 bytes", jwkOf(t, ed, "x", encode(make([]byte, 31))), "expected 32 bytes"},
		{"no modulus", jwkOf(t, rs, "n", ""), "n: expected a number"},
		{"a zero in front", jwkOf(t, rs, "n", encode(append([]byte{0}, rsaKey().N.Bytes()...))), "n: expected a number in as few bytes"},
		{"a zero in front of e", jwkOf(t, rs, "e", encode([]byte{0, 1, 0, 1})), "e: expected a number in as few bytes"},
		{"a large exponent", jwkOf(t, rs, "e", encode([]byte{1, 0, 0, 0, 1})), "e: expected an exponent below 2^31"},
		{"exponent 1", jwkOf(t, rs, "e", "AQ"), "odd public exponent"},
		{"a weak key", jwkOf(t, rs, "n", encode(rsaKey().N.Bytes()[:128])), "at least 2048 bits"},
		{"a secret", `{"kty":"oct","k":"AAAA"}`, "got a symmetric one"},
		{"a secret in a key", jwkOf(t, ec, "k", "AAAA"), "got a symmetric one"},
		{"a private key", jwkOf(t, ec, "d", "AAAA"), "got a private one"},
		{"a private key in parts", jwkOf(t, rs, "dp", "AAAA"), "got a private one"},
		{"a private key of many primes", jwkOf(t, rs, "oth", "[]"), "got a private one"},
		{"a member twice", strings.Replace(jwkOf(t, ec), "{", `{"kid":"a",`, 1), "no member twice"},
		{"text behind it", jwkOf(t, ec) + "x", "expected a JWK"},
		{"a list", `[]`, "-----BEGIN"},
		{"a long id", jwkOf(t, ec, "kid", strings.Repeat("k", 129)), "at most 128 bytes"},
	} {
		_, err := ParsePublic([]byte(test.text), Options{})
		wantError(t, test.what, err, test.want)
	}
	// Members that nothing is known of do not matter, and certificates are not used.
	good := jwkOf(t, ec, "x5c", `["MIIB"]`, "x5u", "https://example.com/", "more", `{"a":1}`, "alg", "", "key_ops", `["sign","verify"]`)
	if _, err := ParsePublic([]byte(good), Options{}); err != nil {
		t.Error(err)
	}
}

func TestPrivateJWKRefused(t *testing.T) {
	other := map[string]crypto.Signer{"ES256": newSigner(t, "ES256"), "EdDSA": newSigner(t, "EdDSA")}
	ec, ed := newKey(t, newSigner(t, "ES256"), "", ""), newKey(t, newSigner(t, "EdDSA"), "", "")
	rs := privateJWK(t, rsaKey(), "RS256")
	otherD := encode(must(other["ES256"].(*ecdsa.PrivateKey).Bytes()))
	for _, test := range []struct{ what, text, want string }{
		{"public", jwkOf(t, ec), "got a public one"},
		{"symmetric", `{"kty":"oct","k":"AAAA","d":"AAAA"}`, "got a symmetric one"},
		{"of another public key", jwkOf(t, ec, "d", otherD), "whose public members belong to it"},
		{"of another Ed25519 key", jwkOf(t, ed, "d", encode(other["EdDSA"].(ed25519.PrivateKey).Seed())), "whose public members belong to it"},
		{"31 bytes", jwkOf(t, ed, "d", encode(make([]byte, 31))), "d: expected 32 bytes"},
		{"padded", jwkOf(t, ed, "d", encode(make([]byte, 32))+"="), "d: expected base64url"},
		{"for verifying", jwkOf(t, ec, "d", otherD, "key_ops", `["verify"]`), "key_ops has sign"},
		{"RSA without primes", strings.Replace(rs, `"p"`, `"pp"`, 1), "with d, p and q"},
		{"RSA with other primes", strings.Replace(rs, `"q":"`, `"oth":[],"q":"`, 1), "with d, p and q"},
		{"RSA of another modulus", rs[:len(rs)-1] + `,"n":"` + encode(must(rsa.GenerateKey(rand.Reader, 2048)).N.Bytes()) + `"}`, "no member twice"},
	} {
		_, err := ParsePrivate([]byte(test.text), Options{})
		wantError(t, test.what, err, test.want)
	}
	var m map[string]any
	if err := json.Unmarshal([]byte(rs), &m); err != nil {
		t.Fatal(err)
	}
	m["n"] = encode(must(rsa.GenerateKey(rand.Reader, 2048)).N.Bytes())
	_, err := ParsePrivate(must(json.Marshal(m)), Options{})
	wantError(t, "RSA of another modulus", err, "whose public members belong to it")
}

func TestOptions(t *testing.T) {
	rs, ec := string(block("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(&rsaKey().PublicKey)))), newKey(t, newSigner(t, "ES256"), "", "")
	for _, test := range []struct {
		text string
		o    Options
		want string // the algorithm, or the error
	}{
		{rs, Options{}, "RS256"},
		{rs, Options{Algorithms: []string{"PS512"}}, "PS512"},
		{rs, Options{Algorithms: []string{"ES256", "RS384"}}, "RS384"},
		{rs, Options{Algorithms: []string{"RS256", "PS256"}}, "expected one algorithm for RSA in Algorithms"},
		{rs, Options{Algorithms: []string{"ES256"}}, "expected a key for one of [ES256], got one for RS256"},
		{jwkOf(t, ec), Options{Algorithms: []string{"Ed25519"}}, "got one for ES256"},
		{jwkOf(t, newKey(t, newSigner(t, "EdDSA"), "", "")), Options{Algorithms: []string{"Ed25519"}}, "EdDSA"},
		{jwkOf(t, newKey(t, newSigner(t, "EdDSA"), "", ""), "alg", "Ed25519"), Options{Algorithms: []string{"EdDSA"}}, "EdDSA"},
		{jwkOf(t, newKey(t, rsaKey(), "PS256", "")), Options{Algorithms: []string{"RS256", "PS256"}}, "PS256"},
	} {
		set, err := ParsePublic([]byte(test.text), test.o)
		if err != nil {
			wantError(t, fmt.Sprint(test.o), err, test.want)
		} else if got := set.Keys()[0].Algorithm(); got != test.want {
			t.Errorf("%v: got %s, want %s", test.o, got, test.want)
		}
	}
	// ID names the only key, unless it has a name.
	set := must(ParsePublic([]byte(rs), Options{ID: "main"}))
	if k := set.Keys()[0]; k.ID() != "main" || !k.Named() {
		t.Errorf("got %v", k)
	}
	set = must(ParsePublic([]byte(jwkOf(t, ec, "kid", "own")), Options{ID: "main"}))
	if k := set.Keys()[0]; k.ID() != "own" {
		t.Errorf("got %v", k)
	}
}
