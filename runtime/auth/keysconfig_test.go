package auth

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// weakPEM is a public RSA key of 1024 bits.
func weakPEM(t *testing.T) string {
	t.Helper()
	short := new(big.Int).Rsh(rsaKey().N, 1024)
	der, err := x509.MarshalPKIXPublicKey(&rsa.PublicKey{N: short.SetBit(short, 0, 1), E: 65537})
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func TestKeysConfig(t *testing.T) {
	k := newSigner(t, "ES256")
	public, private := file(t, publicPEM(t, k)), file(t, privatePEM(t, k))
	missing, dir, large := filepath.Join(t.TempDir(), "missing.pem"), t.TempDir(), file(t, strings.Repeat("x", maxKeyFile+1))
	several := file(t, publicPEM(t, k)+publicPEM(t, newSigner(t, "ES256")))
	named, err := jwks.New(k, "", "a")
	if err != nil {
		t.Fatal(err)
	}
	text, err := named.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	namedFile := file(t, string(text))
	for _, test := range []struct {
		config Config
		want   string // how the error begins; empty for none
	}{
		{Config{PublicKeyFile: public}, ""},
		{Config{PrivateKeyFile: private}, ""},
		{Config{PrivateKeyFile: private, PublicKeyFile: public, KeyID: "a", CacheTokens: 100}, ""},
		{Config{PublicKeyFile: public, Algorithms: []string{"ES256", "Ed25519"}}, ""},
		{Config{JWKSURL: "https://login.example.com/keys", Issuer: "a"}, ""},
		{Config{JWKSURL: "http://127.0.0.1:9/keys", Issuer: "a"}, ""},
		{Config{Discovery: true, Issuer: "https://login.example.com"}, ""},
		{Config{}, "AccessSecret: expected a secret of at least 32 bytes, got none: make one with \"openssl rand -base64 48\"; or name keys in PrivateKeyFile"},
		{Config{AccessSecret: secret, PublicKeyFile: public}, "PublicKeyFile: expected one source of keys, and there is AccessSecret: leave one"},
		{Config{PrevSecrets: []string{secret}, PublicKeyFile: public}, "AccessSecret: expected a secret"},
		{Config{AccessSecret: secret, JWKSURL: "https://a.example.com/", Issuer: "a"}, "JWKSURL: expected one source of keys, and there is AccessSecret"},
		{Config{PublicKeyFile: public, JWKSURL: "https://a.example.com/", Discovery: true, Issuer: "https://a.example.com"}, "Discovery: expected one source of keys, and there is PublicKeyFile"},
		{Config{JWKSURL: "http://login.example.com/keys", Issuer: "a"}, "JWKSURL: "},
		{Config{JWKSURL: "https://login.example.com/keys"}, "Issuer: expected the iss of the tokens whose keys JWKSURL has"},
		{Config{Discovery: true}, "Issuer: "},
		{Config{Discovery: true, Issuer: "http://login.example.com"}, "Issuer: "},
		{Config{PublicKeyFile: public, Algorithms: []string{"HS256"}}, "Algorithms: expected some of RS256, "},
		{Config{PublicKeyFile: public, Algorithms: []string{"none"}}, "Algorithms: expected some of"},
		{Config{PublicKeyFile: public, Algorithms: []string{"es256"}}, "Algorithms: expected some of"},
		{Config{AccessSecret: secret, KeyID: "a"}, "KeyID: expected it beside"},
		{Config{PublicKeyFile: several, KeyID: "a"}, "KeyID: expected the kid that the key has in its file"},
		{Config{PublicKeyFile: namedFile, KeyID: "b"}, "KeyID: expected the kid that the key has in its file"},
		{Config{PublicKeyFile: namedFile, KeyID: "a"}, ""},
		{Config{PublicKeyFile: namedFile, PrivateKeyFile: private, KeyID: "b"}, ""},
		{Config{PublicKeyFile: file(t, publicPEM(t, rsaKey())), Algorithms: []string{"PS256", "PS256"}}, ""},
		{Config{PublicKeyFile: missing}, "PublicKeyFile: stat " + missing},
		{Config{PrivateKeyFile: missing}, "PrivateKeyFile: stat " + missing},
		{Config{PublicKeyFile: dir}, "PublicKeyFile: " + dir + ": expected a file of at most 1 MiB"},
		{Config{PublicKeyFile: private}, "PublicKeyFile: " + private + ": PEM block 1: expected public keys, got a private one"},
		{Config{PrivateKeyFile: public}, "PrivateKeyFile: " + public + ": expected a private key, got a public one"},
		{Config{PublicKeyFile: file(t, weakPEM(t))}, "PublicKeyFile: "},
		{Config{PublicKeyFile: large}, "PublicKeyFile: " + large + ": expected a file of at most 1 MiB"},
		{Config{AccessSecret: secret, CacheTokens: 1}, "CacheTokens: expected it beside keys"},
		{Config{PublicKeyFile: public, CacheTokens: -1}, "CacheTokens: expected 1 to"},
		{Config{PublicKeyFile: public, CacheTokens: limitCache + 1}, "CacheTokens: expected 1 to"},
	} {
		err := test.config.Validate()
		if (err == nil) != (test.want == "") || err != nil && !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%v: got %v, want %s", test.config, err, test.want)
		}
		_, errVerifier := NewVerifier[session](test.config)
		if (errVerifier == nil) != (err == nil) {
			t.Errorf("%v: Validate says %v, NewVerifier %v", test.config, err, errVerifier)
		}
	}
}

// All mistakes come at once, and no text shows a secret or a key.
func TestKeysConfigAll(t *testing.T) {
	k := newSigner(t, "ES256")
	private, weak := file(t, privatePEM(t, k)), file(t, weakPEM(t))
	jwkSecret := `{"kty":"oct","k":"` + strings.Repeat("A", 40) + `"}`
	c := Config{
		AccessSecret: "short", PrevSecrets: []string{publicPEM(t, k), jwkSecret, ""}, PublicKeyFile: private, JWKSURL: "http://login.example.com/keys",
		Algorithms: []string{"XS256"}, Leeway: 301,
		Issuers: []Trusted{{Issuer: "b", PublicKeyFile: weak}},
	}
	err := ValidateSchemes(Named{"Auth", c}, Named{"Admin", Config{AccessSecret: secret}}, Named{"Other", Config{AccessSecret: secret}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		"Auth.AccessSecret: expected at least 32 bytes",
		"Auth.PrevSecrets[0]: expected a secret, got what looks like a PEM key",
		"Auth.PrevSecrets[1]: expected a secret, got what looks like a JWK",
		"Auth.PrevSecrets[2]: expected a secret of at least 32 bytes, got none",
		"Auth.JWKSURL: expected one source of keys, and there is AccessSecret",
		"Auth.Algorithms: expected HS256",
		"Auth.JWKSURL: ",
		"Auth.Issuer: expected the iss of the tokens",
		"Auth.Leeway: expected at most 5m",
		"Auth.PublicKeyFile: " + private,
		"Auth.Issuers[0].PublicKeyFile: " + weak,
		"expected an RSA key of at least 2048 bits (RFC 7518 section 3.3), got 1024",
		"expected public keys, got a private one",
		"Admin and Other share a secret",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing in:\n%v", want, err)
		}
	}
	for _, shown := range []string{"short\n", "MFkw", "MHc", "AAAAAAAA", secret} {
		if strings.Contains(err.Error(), shown) {
			t.Errorf("the error shows %s: %v", shown, err)
		}
	}
}

// An issuer that signs for others as well has an audience for each of them.
func TestNoAudienceWarns(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	warned := func(c Config) bool {
		log.Reset()
		keyed(t, c)
		return strings.Contains(log.String(), "Audience is empty")
	}
	remote := Config{Issuer: "https://a.example.com", Discovery: true}
	if !warned(remote) || strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), remote.Issuer) {
		t.Errorf("got %s", log.String())
	}
	remote.Audience = []string{"api"}
	if warned(remote) || warned(Config{AccessSecret: secret}) || warned(Config{PublicKeyFile: file(t, publicPEM(t, newSigner(t, "ES256")))}) {
		t.Errorf("got %s", log.String())
	}
}

// Schemes that share anything that opens routes are told from each other by their
// audiences, or not at all.
func TestKeysAreDisjoint(t *testing.T) {
	k, other := newSigner(t, "ES256"), newSigner(t, "ES256")
	name, sameKey, privateFile := file(t, publicPEM(t, k)), file(t, publicPEM(t, other)+publicPEM(t, k)), file(t, privatePEM(t, k))
	const url = "https://login.example.com/keys"
	trusted := func(s Trusted) Config { return Config{AccessSecret: previous, Issuer: "own", Issuers: []Trusted{s}} }
	for _, test := range []struct {
		a, b Config
		want string
	}{
		{Config{PublicKeyFile: name}, Config{PublicKeyFile: filepath.Join(filepath.Dir(name), ".", filepath.Base(name))}, "share a key"},
		{Config{PublicKeyFile: name}, Config{PublicKeyFile: sameKey}, "share a key"},
		{Config{PublicKeyFile: sameKey}, Config{PrivateKeyFile: privateFile}, "share a key"},
		{Config{PublicKeyFile: name}, Config{PublicKeyFile: file(t, publicPEM(t, other))}, ""},
		{Config{JWKSURL: url, Issuer: "a"}, Config{JWKSURL: url, Issuer: "b"}, "share a JWKSURL"},
		{Config{JWKSURL: url, Issuer: "a"}, Config{JWKSURL: url + "2", Issuer: "a"}, ""},
		{Config{JWKSURL: url, Issuer: "a"}, Config{JWKSURL: "HTTPS://LOGIN.example.com:443/keys", Issuer: "a"}, "share a JWKSURL"},
		{Config{JWKSURL: url, Issuer: "a"}, Config{JWKSURL: url + "/?", Issuer: "a"}, "share a JWKSURL"},
		{Config{JWKSURL: url, Issuer: "a"}, Config{JWKSURL: "https://login.example.com/KEYS", Issuer: "a"}, ""},
		{Config{JWKSURL: url, Issuer: "https://a.example.com"}, Config{Discovery: true, Issuer: "https://a.example.com"}, "share the keys of an issuer"},
		{Config{Discovery: true, Issuer: "https://a.example.com"}, Config{JWKSURL: url, Issuer: "https://a.example.com/"}, "share the keys of an issuer"},
		{Config{Discovery: true, Issuer: "https://a.example.com"}, Config{AccessSecret: secret, Issuer: "https://a.example.com"}, ""},
		{Config{Discovery: true, Issuer: "https://a.example.com"}, Config{Discovery: true, Issuer: "https://a.example.com"}, "share the keys of an issuer"},
		{Config{Discovery: true, Issuer: "https://a.example.com"}, Config{Discovery: true, Issuer: "https://b.example.com"}, ""},
		{Config{AccessSecret: secret}, trusted(Trusted{Issuer: "b", AccessSecret: secret}), "share a secret"},
		{Config{PublicKeyFile: name}, trusted(Trusted{Issuer: "b", PublicKeyFile: sameKey}), "share a key"},
		{Config{AccessSecret: secret, PrevSecrets: []string{previous}}, Config{AccessSecret: previous + "\x00"}, "share a secret"},
	} {
		err := CheckDisjoint(Named{"A", test.a}, Named{"B", test.b})
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), "A and B "+test.want) {
			t.Errorf("%v and %v: got %v, want %s", test.a, test.b, err, test.want)
		}
		test.a.Audience, test.b.Audience = []string{"a"}, []string{"b", "c"}
		if err := CheckDisjoint(Named{"A", test.a}, Named{"B", test.b}); err != nil {
			t.Errorf("audiences tell them apart: %v", err)
		}
		test.b.Audience = []string{"b", "a"}
		if err := CheckDisjoint(Named{"A", test.a}, Named{"B", test.b}); (err == nil) != (test.want == "") {
			t.Errorf("an audience in common: %v", err)
		}
	}
}

// A Trusted hides its secrets like a Config, alone and inside of one.
func TestTrustedRedacts(t *testing.T) {
	s := Trusted{Issuer: "b", AccessSecret: secret, PrevSecrets: []string{previous}}
	c := Config{AccessSecret: previous, Issuers: []Trusted{s}}
	for _, value := range []any{s, &s, []Trusted{s}, c, &c, struct{ C Config }{c}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
			if text := fmt.Sprintf(verb, value); showsSecret(text) {
				t.Errorf("%s of %T shows a secret: %s", verb, value, text)
			}
		}
	}
	b, err := s.MarshalJSON()
	if err != nil || showsSecret(string(b)) || !strings.Contains(string(b), hidden) {
		t.Errorf("got %s %v", b, err)
	}
	y, err := s.MarshalYAML()
	if err != nil || showsSecret(fmt.Sprintf("%+v", y)) {
		t.Errorf("got %v %v", y, err)
	}
	if showsSecret(s.LogValue().String()) || showsSecret(s.String()) {
		t.Error("slog shows a secret")
	}
}
