package auth

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// keyed returns a verifier of the configuration as it is.
func keyed(t testing.TB, c Config, opts ...Option) *Verifier[session] {
	t.Helper()
	v, err := NewVerifier[session](c, append([]Option{WithClock(clock)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func keyedIssuer(t testing.TB, c Config) *Issuer[session] {
	t.Helper()
	i, err := NewIssuer[session](c, WithClock(clock))
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func issue(t testing.TB, i *Issuer[session]) string {
	t.Helper()
	token, _, err := i.Access(context.Background(), &session{Name: "Alice"})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// Tokens of every algorithm are issued and verified with keys in files.
func TestKeyFiles(t *testing.T) {
	for _, alg := range jwks.Algorithms() {
		t.Run(alg, func(t *testing.T) {
			k := newSigner(t, alg)
			private := Config{PrivateKeyFile: file(t, privatePEM(t, k)), Algorithms: []string{alg}}
			public := Config{PublicKeyFile: file(t, publicPEM(t, k)), Algorithms: []string{alg}}
			token := issue(t, keyedIssuer(t, private))
			for _, c := range []Config{private, public} {
				if c := wantCode(t, keyed(t, c), token, 0); c != nil && c.Name != "Alice" {
					t.Errorf("got %v", c)
				}
			}
			// golang-jwt reads it as well, and finds the key by its thumbprint.
			parsed, err := jwt.Parse(token, func(*jwt.Token) (any, error) { return k.Public(), nil }, jwt.WithTimeFunc(clock), jwt.WithValidMethods([]string{alg}))
			if err != nil {
				t.Fatal(err)
			}
			own, err := jwks.New(k, alg, "")
			if err != nil || parsed.Header["kid"] != own.Thumbprint() {
				t.Errorf("kid is %v", parsed.Header["kid"])
			}
			// Neither kid nor typ is needed, and both names of EdDSA are good.
			v := keyed(t, public)
			wantCode(t, v, signFor(t, k, alg, headOf(alg), claimsText()), 0)
			wantCode(t, v, signFor(t, k, alg, headOf(alg, `"kid":"x"`, `"typ":"JWT"`), claimsText()), 0)
			wantCode(t, v, signFor(t, k, alg, headOf(alg, `"typ":"refresh+jwt"`), claimsText()), CodeType)
			if alg == "EdDSA" {
				wantCode(t, v, signFor(t, k, alg, headOf("Ed25519"), claimsText()), 0)
			}
			wantCode(t, v, signFor(t, k, alg, headOf(alg, `"jwk":{}`), claimsText()), CodeMalformed)
		})
	}
}

// A key has one algorithm: others of the same type are refused, and so is a secret
// made of the public key (CVE-2015-9235).
func TestKeyConfusion(t *testing.T) {
	k := newSigner(t, "RS256")
	text := publicPEM(t, k)
	v := keyed(t, Config{PublicKeyFile: file(t, text)})
	wantCode(t, v, signFor(t, k, "RS256", headOf("RS256"), claimsText()), 0)
	for _, alg := range []string{"RS384", "RS512", "PS256", "PS384", "PS512"} {
		wantCode(t, v, signFor(t, k, alg, headOf(alg), claimsText()), CodeSignature)
		wantCode(t, v, signFor(t, k, alg, headOf("RS256"), claimsText()), CodeSignature)
	}
	for _, secret := range []string{text, strings.TrimSpace(text), strings.ReplaceAll(text, "\n", "\r\n")} {
		wantCode(t, v, signWith(secret, headOf("HS256"), claimsText()), CodeAlgorithm)
		wantCode(t, v, signWith(secret, headOf("RS256"), claimsText()), CodeSignature)
	}
	// A key of the attacker's that the header names is another key.
	other := newSigner(t, "ES256")
	wantCode(t, v, signFor(t, other, "ES256", headOf("ES256"), claimsText()), CodeSignature)
}

// Algorithms is a closed list.
func TestKeyAlgorithmsAreListed(t *testing.T) {
	k := newSigner(t, "ES256")
	set := file(t, publicPEM(t, k)+publicPEM(t, newSigner(t, "EdDSA")))
	v := keyed(t, Config{PublicKeyFile: set})
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText()), 0)
	if err := (Config{PublicKeyFile: set, Algorithms: []string{"EdDSA"}}).Validate(); err == nil || !strings.Contains(err.Error(), "expected a key for one of [EdDSA], got one for ES256") {
		t.Errorf("got %v", err)
	}
}

// later moves the time at which files are looked at.
func later(v *Verifier[session], d time.Duration) {
	f := v.policy.trusts[0].keys.(*fileSet)
	now := f.now().Add(d)
	f.now = func() time.Time { return now }
}

// A key that is replaced takes over with the first token it signs; one that was
// taken out is gone with the next look.
func TestKeyFileChanges(t *testing.T) {
	old, next := newSigner(t, "ES256"), newSigner(t, "ES256")
	name := file(t, publicPEM(t, old))
	v := keyed(t, Config{PublicKeyFile: name})
	sign := func(k any) string {
		if k == any(old) {
			return signFor(t, old, "ES256", headOf("ES256"), claimsText())
		}
		return signFor(t, next, "ES256", headOf("ES256"), claimsText())
	}
	wantCode(t, v, sign(old), 0)
	wantCode(t, v, sign(next), CodeSignature)

	replace(t, name, publicPEM(t, old)+publicPEM(t, next))
	wantCode(t, v, sign(next), 0)
	wantCode(t, v, sign(old), 0)

	replace(t, name, publicPEM(t, next))
	later(v, lookEvery)
	wantCode(t, v, sign(old), CodeSignature)
	wantCode(t, v, sign(next), 0)
}

// Without a token that fails, files are looked at every few seconds.
func TestKeyFileIsLookedAtSometimes(t *testing.T) {
	old, next := newSigner(t, "ES256"), newSigner(t, "ES256")
	name := file(t, publicPEM(t, old))
	v := keyed(t, Config{PublicKeyFile: name})
	token := signFor(t, old, "ES256", headOf("ES256"), claimsText())
	replace(t, name, publicPEM(t, next))
	later(v, 0) // the time stands still
	f := v.policy.trusts[0].keys.(*fileSet)
	f.looked.Store(f.now().UnixNano())
	later(v, lookEvery-1)
	wantCode(t, v, token, 0)
	later(v, 1)
	wantCode(t, v, token, CodeSignature)
}

// A file that is broken or gone leaves the keys from before, and is told of once.
func TestKeyFileBroken(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })

	k, next := newSigner(t, "ES256"), newSigner(t, "ES256")
	name := file(t, publicPEM(t, k))
	v := keyed(t, Config{PublicKeyFile: name})
	token, other := signFor(t, k, "ES256", headOf("ES256"), claimsText()), signFor(t, next, "ES256", headOf("ES256"), claimsText())
	for _, text := range []string{"", "-----BEGIN PUBLIC KEY-----\nAAAA", privatePEM(t, next)} {
		log.Reset()
		replace(t, name, text)
		wantCode(t, v, other, CodeSignature)
		wantCode(t, v, token, 0)
		if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "its keys from before stay in use") {
			t.Errorf("%q: logged %d times: %s", text, n, log.String())
		}
		if strings.Contains(log.String(), "MHc") || text != "" && strings.Contains(log.String(), text) {
			t.Errorf("the log shows the file: %s", log.String())
		}
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	wantCode(t, v, other, CodeSignature)
	wantCode(t, v, token, 0)
	replace(t, name, publicPEM(t, next))
	wantCode(t, v, other, 0)
}

// The issuer signs with the key that is in the file.
func TestPrivateKeyFileChanges(t *testing.T) {
	old, next := newSigner(t, "EdDSA"), newSigner(t, "ES256")
	private, public := file(t, privatePEM(t, old)), file(t, publicPEM(t, old))
	c := Config{PrivateKeyFile: private, PublicKeyFile: public}
	v, i := keyed(t, c), keyedIssuer(t, c)
	first := issue(t, i)
	wantCode(t, v, first, 0)
	replace(t, private, privatePEM(t, next))
	second := issue(t, i)
	if !strings.HasPrefix(second, encode(`{"alg":"ES256","typ":"JWT","kid":"`)[:40]) {
		t.Error("the issuer signs with the key from before")
	}
	wantCode(t, v, second, 0)
	wantCode(t, v, first, 0) // the public key of the old one is there still
	set, err := i.PublicKeys(context.Background())
	if err != nil || len(set.Keys()) != 2 {
		t.Errorf("got %v %v", set, err)
	}
}

func TestKeyID(t *testing.T) {
	k := newSigner(t, "ES256")
	c := Config{PrivateKeyFile: file(t, privatePEM(t, k)), KeyID: `a"b`}
	token := issue(t, keyedIssuer(t, c))
	wantCode(t, keyed(t, c), token, 0)
	if want := encode(`{"alg":"ES256","typ":"JWT","kid":"a\"b"}`); !strings.HasPrefix(token, want+".") {
		t.Errorf("the header is not %s", want)
	}
	// A key with a name is not tried for another.
	v := keyed(t, Config{PublicKeyFile: file(t, publicPEM(t, k)), KeyID: "main"})
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256", `"kid":"main"`), claimsText()), 0)
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText()), 0)
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256", `"kid":"other"`), claimsText()), CodeSignature)
}

func TestPublicKeysOfASecret(t *testing.T) {
	_, err := issuerOf[session](t, Config{}).PublicKeys(context.Background())
	if err == nil || !strings.Contains(err.Error(), "have no key to publish") {
		t.Errorf("got %v", err)
	}
	_, err = NewIssuer[session](Config{PublicKeyFile: file(t, publicPEM(t, newSigner(t, "ES256")))})
	if err == nil || !strings.Contains(err.Error(), "PrivateKeyFile: expected a key to sign with") {
		t.Errorf("got %v", err)
	}
}
