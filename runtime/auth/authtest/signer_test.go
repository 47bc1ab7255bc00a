package authtest

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"math"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

func verifier(t *testing.T, c auth.Config, opts ...auth.Option) *auth.Verifier[session] {
	t.Helper()
	v, err := auth.NewVerifier[session](c, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// What a Signer signs, its own configurations verify, and what they issue too.
func TestSigner(t *testing.T) {
	for _, alg := range names() {
		t.Run(alg, func(t *testing.T) {
			s := NewSigner(alg)
			if s.Algorithm() != alg {
				t.Errorf("the algorithm is %s", s.Algorithm())
			}
			token := s.Token(&session{Claims: auth.Claims{Subject: "alice"}, Customer: "alice"})
			configs := []auth.Config{s.Config(t)}
			if s.PublicPEM() != "" {
				configs = append(configs, s.PublicConfig(t), s.WithKeyID("k").PublicConfig(t))
			}
			for _, c := range configs {
				me, err := verifier(t, c).Verify(t.Context(), token)
				if err != nil {
					t.Fatal(err)
				}
				if me.Subject != "alice" || me.ID == "" || me.ExpiresAt != me.IssuedAt+900 || me.NotBefore != me.IssuedAt {
					t.Errorf("the claims are %+v", me)
				}
			}
			issuer, err := auth.NewIssuer[session](configs[0])
			if err != nil {
				t.Fatal(err)
			}
			issued := Token(t, issuer, &session{Customer: "alice"})
			if _, err := verifier(t, configs[0]).Verify(t.Context(), issued); err != nil {
				t.Error(err)
			}

			same, err := SignerOf(configs[0])
			if err != nil {
				t.Fatal(err)
			}
			if same.Algorithm() != alg {
				t.Errorf("the Signer of its configuration has %s", same.Algorithm())
			}
			if _, err := verifier(t, configs[0]).Verify(t.Context(), same.Token(map[string]any{"customer": "x"})); err != nil {
				t.Error(err)
			}
		})
	}
}

// A strict reader takes the key set, and finds the key by its kid.
func TestSignerJWKS(t *testing.T) {
	for _, alg := range names() {
		s := NewSigner(alg).WithKeyID("key-1")
		if s.PublicPEM() == "" {
			if s.JWKS() != `{"keys":[]}` {
				t.Errorf("%s: a secret is published", alg)
			}
			continue
		}
		set, err := jwks.ParseSet([]byte(s.JWKS()), jwks.Options{})
		if err != nil {
			t.Fatalf("%s: %v", alg, err)
		}
		part := strings.Split(s.Token(nil), ".")
		keys := set.Candidates("key-1", alg)
		if len(keys) != 1 || !keys[0].Verify([]byte(part[0]+"."+part[1]), must(jwt.NewParser().DecodeSegment(part[2]))) {
			t.Errorf("%s: %d keys, and none verifies", alg, len(keys))
		}
	}
}

func TestSignerClock(t *testing.T) {
	clock := NewClock(clockStart)
	s := NewSigner("HS256").WithClock(clock.Now)
	v := verifier(t, s.Config(t), auth.WithClock(clock.Now))
	token := s.Token(map[string]any{"customer": "alice"})
	for _, step := range []struct {
		d    time.Duration
		code auth.Code
	}{{0, 0}, {15*time.Minute + 29*time.Second, 0}, {time.Second, auth.CodeExpired}, {-time.Hour, auth.CodeNotYetValid}} {
		clock.Advance(step.d)
		_, err := v.Verify(context.Background(), token)
		if (err == nil) != (step.code == 0) || err != nil && !fits([]auth.Code{step.code}, err) {
			t.Errorf("%v: got %v, want %v", clock.Now(), err, step.code)
		}
	}
	if now := clock.Now(); !now.Equal(clockStart.Add(15*time.Minute + 30*time.Second - time.Hour)) {
		t.Errorf("the clock shows %v", now)
	}
	clock.Set(clockStart)
	if !clock.Now().Equal(clockStart) {
		t.Error("the clock was not set")
	}
}

func TestClockConcurrent(t *testing.T) {
	clock := NewClock(clockStart)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				clock.Advance(time.Second)
				clock.Now()
			}
		})
	}
	wg.Wait()
	if got := clock.Now().Sub(clockStart); got != 800*time.Second {
		t.Errorf("%v went by", got)
	}
}

// Claims that are there stay, and Sign adds nothing.
func TestSignerText(t *testing.T) {
	s := NewSigner("HS256")
	read := func(token string) (header, claims map[string]any) {
		part := strings.Split(token, ".")
		for i, v := range []*map[string]any{&header, &claims} {
			if err := json.Unmarshal(must(jwt.NewParser().DecodeSegment(part[i])), v); err != nil {
				t.Fatal(err)
			}
		}
		return header, claims
	}
	header, claims := read(s.WithKeyID("k").Token(map[string]any{"exp": "soon", "jti": nil}))
	if header["kid"] != "k" || header["typ"] != "JWT" || header["alg"] != "HS256" || len(header) != 3 {
		t.Errorf("the header is %v", header)
	}
	if claims["exp"] != "soon" || claims["jti"] != nil || len(claims) != 4 {
		t.Errorf("the claims are %v", claims)
	}
	if header, claims := read(s.Sign(`{"a":1}`, "{}")); len(header) != 1 || len(claims) != 0 {
		t.Errorf("got %v %v", header, claims)
	}
	if token := s.SignSegments("a b", "?"); !strings.HasPrefix(token, "a b.?.") {
		t.Errorf("got %q", token)
	}
}

func TestPanics(t *testing.T) {
	s := NewSigner("HS256")
	for name, f := range map[string]func(){
		"algorithm": func() { NewSigner("none") },
		"a number":  func() { s.Token(7) },
		"infinity":  func() { s.Token(map[string]any{"x": math.Inf(1)}) },
	} {
		func() {
			defer func() {
				if p, ok := recover().(string); !ok || !strings.HasPrefix(p, "authtest: ") {
					t.Errorf("%s: got %v", name, p)
				}
			}()
			f()
		}()
	}
}

func TestSignerOf(t *testing.T) {
	s := NewSigner("RS512")
	file := func(kind string, der []byte) string {
		name := filepath.Join(t.TempDir(), "key.pem")
		if err := os.WriteFile(name, []byte(pemOf("EC PARAMETERS", []byte{6, 0})+pemOf(kind, der)), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	pkcs1 := file("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(s.key.(*rsa.PrivateKey)))
	for name, test := range map[string]struct {
		c    auth.Config
		want string // an algorithm, or else a part of the error
	}{
		"secret":        {auth.Config{AccessSecret: "x"}, "HS256"},
		"HS512":         {auth.Config{AccessSecret: "x", Algorithms: []string{"HS512"}}, "HS512"},
		"PKCS #1":       {auth.Config{PrivateKeyFile: pkcs1}, "RS256"},
		"PS384":         {auth.Config{PrivateKeyFile: pkcs1, Algorithms: []string{"ES256", "PS384"}}, "PS384"},
		"wrong HS":      {auth.Config{AccessSecret: "x", Algorithms: []string{"RS256"}}, "expected HS256"},
		"nothing":       {auth.Config{}, "expected a configuration"},
		"no file":       {auth.Config{PrivateKeyFile: filepath.Join(t.TempDir(), "none")}, "PrivateKeyFile"},
		"a public key":  {auth.Config{PrivateKeyFile: file("PUBLIC KEY", must(x509.MarshalPKIXPublicKey(publicOf(s.key))))}, "expected a private key"},
		"none that fit": {auth.Config{PrivateKeyFile: pkcs1, Algorithms: []string{"ES256"}}, "none fits"},
	} {
		got, err := SignerOf(test.c)
		if err != nil && !strings.Contains(err.Error(), test.want) || err == nil && got.Algorithm() != test.want {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	ec := NewSigner("ES384")
	der := must(x509.MarshalPKCS8PrivateKey(ec.key))
	if got, err := SignerOf(auth.Config{PrivateKeyFile: file("PRIVATE KEY", der), KeyID: "k"}); err != nil || got.Algorithm() != "ES384" || got.id != "k" {
		t.Errorf("PKCS #8: %v", err)
	}
}

// RSA keys are made once, and an attacker never has the same.
func TestSharedKey(t *testing.T) {
	if NewSigner("RS256").key != NewSigner("PS512").key {
		t.Error("two signers have two RSA keys")
	}
	if s := NewSigner("RS256"); s.attacker().key == s.key {
		t.Error("the attacker has the key of the service")
	}
	if a, b := NewSigner("HS256"), NewSigner("HS256"); a.Config(t).AccessSecret == b.Config(t).AccessSecret {
		t.Error("two signers have one secret")
	}
}

// Signatures with odd salts are good ones but for the salt.
func TestSalts(t *testing.T) {
	s := NewSigner("PS256")
	key := s.key.(*rsa.PrivateKey)
	for _, length := range []int{-1, 1, 31, 33, 222} {
		m := saltOf(pssOf(hashOf(s.alg)), length)
		signature := must(m.Sign("text", key))
		lenient := &jwt.SigningMethodRSAPSS{
			SigningMethodRSA: jwt.SigningMethodPS256.SigningMethodRSA, Options: &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthAuto},
		}
		if err := lenient.Verify("text", signature, &key.PublicKey); err != nil {
			t.Errorf("salt of %d bytes: %v", length, err)
		}
		if err := s.alg.method.Verify("text", signature, &key.PublicKey); err == nil {
			t.Errorf("salt of %d bytes: it is as long as the hash", length)
		}
	}
}

func TestClaims(t *testing.T) {
	before := time.Now().Unix()
	c := Claims("alice", "orders:read", "orders:write")
	if c.Subject != "alice" || !c.Scope.Has("orders:read", "orders:write") || c.ID == "" || c.ID == Claims("alice").ID {
		t.Errorf("got %+v", c)
	}
	if int64(c.IssuedAt) < before || c.NotBefore != c.IssuedAt || c.ExpiresAt != c.IssuedAt+900 {
		t.Errorf("got %+v", c)
	}
}

func TestAuthorize(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	if got := Authorize(r, "abc"); got != r || r.Header.Get("Authorization") != "Bearer abc" {
		t.Errorf("got %v", got.Header)
	}
	Authorize(r, "def")
	if got := r.Header["Authorization"]; len(got) != 1 || got[0] != "Bearer def" {
		t.Errorf("got %v", got)
	}
	if Authorize(r, ""); r.Header["Authorization"] != nil {
		t.Errorf("got %v", r.Header)
	}
}

// deaf is a testing.TB that ends the goroutine and not the test.
type deaf struct {
	testing.TB
	failed bool
}

func (d *deaf) Fatalf(string, ...any) {
	d.failed = true
	panic(d)
}

func (d *deaf) Helper() {}

func TestTokenFails(t *testing.T) {
	issuer, err := auth.NewIssuer[session](NewSigner("HS256").Config(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]func(testing.TB){
		"nil claims": func(tb testing.TB) { Token(tb, issuer, nil) },
		"a secret":   func(tb testing.TB) { NewSigner("HS256").PublicConfig(tb) },
	} {
		tb := &deaf{TB: t}
		func() {
			defer func() {
				if recover() != any(tb) {
					t.Errorf("%s: the test goes on", name)
				}
			}()
			f(tb)
		}()
	}
}
