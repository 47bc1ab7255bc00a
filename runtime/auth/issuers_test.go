package auth

import (
	"strings"
	"testing"
)

// Each issuer has its own keys: a token of one that says to be of another is
// refused (RFC 8725 section 3.8).
func TestIssuersHaveTheirOwnKeys(t *testing.T) {
	a, b := newSigner(t, "ES256"), newSigner(t, "ES256")
	v := keyed(t, Config{
		Issuer: "a", Audience: []string{"api"}, PublicKeyFile: file(t, publicPEM(t, a)),
		Issuers: []Trusted{
			{Issuer: "b", PublicKeyFile: file(t, publicPEM(t, b))},
			{Issuer: "c", AccessSecret: secret, PrevSecrets: []string{previous}, Audience: []string{"c-api"}},
		},
	})
	claims := func(iss, aud string) string { return claimsText(`"iss":"`+iss+`"`, `"aud":"`+aud+`"`) }
	for _, test := range []struct {
		name  string
		token string
		want  Code
	}{
		{"a", signFor(t, a, "ES256", headOf("ES256"), claims("a", "api")), 0},
		{"b", signFor(t, b, "ES256", headOf("ES256"), claims("b", "api")), 0},
		{"c", mint(plainHead, claims("c", "c-api")), 0},
		{"c with the secret before", signWith(previous, plainHead, claims("c", "c-api")), 0},
		{"b says a", signFor(t, b, "ES256", headOf("ES256"), claims("a", "api")), CodeIssuer},
		{"a says b", signFor(t, a, "ES256", headOf("ES256"), claims("b", "api")), CodeIssuer},
		{"c says a", mint(plainHead, claims("a", "api")), CodeIssuer},
		{"a says nothing", signFor(t, a, "ES256", headOf("ES256"), claimsText(`"aud":"api"`)), CodeIssuer},
		{"a says A", signFor(t, a, "ES256", headOf("ES256"), claims("A", "api")), CodeIssuer},
		{"a says a/", signFor(t, a, "ES256", headOf("ES256"), claims("a/", "api")), CodeIssuer},
		{"nobody", signFor(t, newSigner(t, "ES256"), "ES256", headOf("ES256"), claims("a", "api")), CodeSignature},
		{"a for another service", signFor(t, a, "ES256", headOf("ES256"), claims("a", "c-api")), CodeAudience},
		{"c for another service", mint(plainHead, claims("c", "api")), CodeAudience},
		{"c without typ", mint(headOf("HS256"), claims("c", "c-api")), CodeType},
	} {
		t.Run(test.name, func(t *testing.T) { wantCode(t, v, test.token, test.want) })
	}
}

// Tenants of one service have its keys in common and differ in their names.
func TestIssuersMayShareAKey(t *testing.T) {
	k := newSigner(t, "ES256")
	name := file(t, publicPEM(t, k))
	v := keyed(t, Config{Issuer: "a", PublicKeyFile: name, Issuers: []Trusted{
		{Issuer: "b", PublicKeyFile: file(t, publicPEM(t, newSigner(t, "ES256")))},
		{Issuer: "c", PublicKeyFile: name},
	}})
	for iss, want := range map[string]Code{"a": 0, "b": CodeIssuer, "c": 0, "d": CodeIssuer} {
		wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"`+iss+`"`)), want)
	}
}

// An issuer that cannot be asked does not stand in the way of others, and nothing
// is known of tokens that may be its own.
func TestOneIssuerIsDown(t *testing.T) {
	down := &fakeSet{algs: []string{"ES256"}, err: errTime}
	good := &fakeSet{algs: []string{"HS256"}, keys: []key{newSecretKey("HS256", secret)}}
	p := newPolicy(Config{}.withDefaults(), []trust{{issuer: "a", keys: down}, {issuer: "b", keys: good}})
	v := newVerifier[session](p, settingsOf([]Option{WithClock(clock)}), "Bearer")
	wantCode(t, v, mint(plainHead, claimsText(`"iss":"b"`)), 0)
	wantCode(t, v, signWith(previous, plainHead, claimsText(`"iss":"b"`)), CodeSignature)
	wantCode(t, v, mint(headOf("ES256", `"typ":"JWT"`), claimsText(`"iss":"a"`)), CodeUnavailable)
}

// Issuers who have the key at hand are asked first, so that one whose server is slow
// does not slow down the tokens of others; and the one that a token names is asked
// whether the key is its own.
func TestSlowIssuersAreAskedLast(t *testing.T) {
	k := newSigner(t, "ES256")
	slow := &fakeSet{algs: []string{"ES256"}, keys: []key{keyOf(t, k, "ES256")}, slow: true}
	quick := &fakeSet{algs: []string{"ES256"}, keys: []key{keyOf(t, k, "ES256")}}
	p := newPolicy(Config{}.withDefaults(), []trust{{issuer: "slow", keys: slow, public: true}, {issuer: "quick", keys: quick, public: true}})
	v := newVerifier[session](p, settingsOf([]Option{WithClock(clock)}), "Bearer")
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"quick"`)), 0)
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"nobody"`)), CodeIssuer)
	if slow.asked != 0 {
		t.Errorf("the slow one was asked %d times", slow.asked)
	}
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"slow"`)), 0)
	if slow.asked == 0 {
		t.Error("the issuer that the token names was not asked")
	}
	slow.err = errTime
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"slow"`)), CodeUnavailable)
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"quick"`)), 0)
}

// Headers that bring a key are ignored where the keys of others are fetched, and
// refused where the keys are known (RFC 7515 section 10, RFC 8725 section 3.10).
func TestKeysInHeaders(t *testing.T) {
	k := newSigner(t, "ES256")
	keys := func() *fakeSet {
		return &fakeSet{algs: []string{"ES256"}, keys: []key{keyOf(t, k, "ES256")}}
	}
	verifier := func(trusts ...trust) *Verifier[session] {
		return newVerifier[session](newPolicy(Config{}.withDefaults(), trusts), settingsOf([]Option{WithClock(clock)}), "Bearer")
	}
	for _, member := range []string{`"jwk":{"kty":"oct","k":"AAAA"}`, `"jku":"https://example.com/"`, `"x5u":"https://example.com/"`, `"x5c":["MIIB"]`} {
		token := signFor(t, k, "ES256", headOf("ES256", member), claimsText())
		forged := signFor(t, newSigner(t, "ES256"), "ES256", headOf("ES256", member), claimsText())
		remote, own := trust{keys: keys(), public: true, remote: true}, trust{keys: keys(), public: true}
		other := trust{keys: &fakeSet{algs: []string{"ES256"}}, public: true, remote: true}
		wantCode(t, verifier(remote), token, 0)
		wantCode(t, verifier(remote), forged, CodeSignature)
		wantCode(t, verifier(own), token, CodeMalformed)
		wantCode(t, verifier(own), forged, CodeMalformed) // without a look at any key
		wantCode(t, verifier(own, other), token, CodeMalformed)
		wantCode(t, verifier(own, other), forged, CodeSignature)
	}
}

func TestIssuersConfig(t *testing.T) {
	name := file(t, publicPEM(t, newSigner(t, "ES256")))
	for _, test := range []struct {
		c    Config
		want []string
	}{
		{Config{PublicKeyFile: name, Issuers: []Trusted{{Issuer: "b", PublicKeyFile: name}}}, []string{"Issuer: expected the iss that goes with the keys"}},
		{Config{Issuer: "a", PublicKeyFile: name, Issuers: []Trusted{{PublicKeyFile: name}, {Issuer: "a", PublicKeyFile: name}}}, []string{
			"Issuers[0].Issuer: expected the iss of its tokens", "Issuers[1].Issuer: expected an issuer that is not there before",
		}},
		{Config{Issuer: "a", AccessSecret: secret, Issuers: []Trusted{{Issuer: "b", AccessSecret: previous, PrevSecrets: []string{secret + "\x00"}}}}, []string{
			"Issuers[0].AccessSecret: expected a secret that no other issuer has",
		}},
		{Config{Issuer: "a", AccessSecret: secret, Issuers: []Trusted{{Issuer: "b"}, {Issuer: "c", AccessSecret: "short", Algorithms: []string{"none"}}}}, []string{
			"Issuers[0].AccessSecret: expected a secret of at least 32 bytes, got none",
			"Issuers[1].Algorithms: expected HS256", "Issuers[1].AccessSecret: expected at least 32 bytes",
		}},
		{Config{Issuer: "a", AccessSecret: secret, Issuers: []Trusted{{Issuer: "b", AccessSecret: previous, Audience: []string{""}}}}, []string{"Issuers[0].Audience: expected names"}},
	} {
		err := test.c.Validate()
		for _, want := range test.want {
			if err == nil || !strings.Contains("\n"+err.Error(), "\n"+want) {
				t.Errorf("got %v, want %s", err, want)
			}
		}
	}
}
