package auth

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// Flaws that other implementations had, each tried here under the name it is known by.
// Those of key sets are in package jwks.
func TestKnownFlaws(t *testing.T) {
	rs, ec := newSigner(t, "RS256"), newSigner(t, "ES256")
	byRSA := keyed(t, Config{PublicKeyFile: file(t, publicPEM(t, rs))})
	byEC := keyed(t, Config{PublicKeyFile: file(t, publicPEM(t, ec)), CacheTokens: 16})
	bySecret := verifierOf[session](t, Config{})
	good := mint(plainHead, claimsText(`"name":"Alice"`))
	goodEC := signFor(t, ec, "ES256", headOf("ES256"), claimsText(`"name":"Alice"`))
	signed, sig := good[:strings.LastIndexByte(good, '.')], good[strings.LastIndexByte(good, '.')+1:]
	body := encode(claimsText())
	wantCode(t, bySecret, good, 0)
	wantCode(t, byEC, goodEC, 0)
	jwe := encode(`{"alg":"RSA-OAEP","enc":"A128GCM"}`) + "." + encode("key") + "." + encode("iv") + "." + body + "." + encode("tag")
	own, _ := keyOf(t, newSigner(t, "EdDSA"), "EdDSA").(publicKey).MarshalJSON()

	for _, test := range []struct {
		flaw  string
		v     *Verifier[session]
		token string
		want  Code
	}{
		{"CVE-2015-9235: no signature", byRSA, encode(`{"alg":"none"}`) + "." + body + ".AA", CodeAlgorithm},
		{"CVE-2015-9235: the public key as secret", byRSA, signWith(publicPEM(t, rs), headOf("HS256"), claimsText()), CodeAlgorithm},
		{"CVE-2015-10004: one byte of a MAC", bySecret, signed + "." + encode(decoded(t, sig)[:1]), CodeSignature},
		{"CVE-2016-9122: several signatures", bySecret, `{"payload":"` + body + `","signatures":[{"protected":"` + encode(plainHead) + `","signature":"` + sig + `"}]}`, CodeMalformed},
		{"CVE-2016-9123: encrypted", bySecret, jwe, CodeMalformed},
		{"CVE-2018-0114: a key in the header", byEC, signFor(t, newSigner(t, "ES256"), "ES256", headOf("ES256", `"jwk":`+string(own)), claimsText()), CodeMalformed},
		{"CVE-2025-24976: a key in the header with a known kid", byEC, signFor(t, newSigner(t, "ES256"), "ES256", headOf("ES256", `"kid":"known"`, `"jwk":`+string(own)), claimsText()), CodeMalformed},
		{"CVE-2022-21449: r and s are zero", byEC, goodEC[:strings.LastIndexByte(goodEC, '.')+1] + encode(strings.Repeat("\x00", 64)), CodeSignature},
		{"CVE-2023-51774: encrypted with the public key", byRSA, jwe, CodeMalformed},
		{"CVE-2023-49290: a password of many rounds", bySecret, encode(`{"alg":"PBES2-HS256+A128KW","p2c":2147483647,"enc":"A128GCM"}`) + jwe[strings.IndexByte(jwe, '.'):], CodeMalformed},
		{"CVE-2024-28122: compressed", bySecret, mint(`{"alg":"HS256","typ":"JWT","zip":"DEF"}`, claimsText()), CodeMalformed},
		{"CVE-2024-21664: JSON without signatures", bySecret, `{"payload":"` + body + `","signatures":[]}`, CodeMalformed},
		{"CVE-2024-28180: dots", bySecret, good + strings.Repeat(".", 8000-len(good)), CodeMalformed},
		{"CVE-2025-27144: many dots", bySecret, strings.Repeat(".", 1<<20), CodeMalformed},
		{"CVE-2025-30204: many dots behind a word", bySecret, good + strings.Repeat(".", 1<<20), CodeMalformed},
		{"CVE-2024-51744: expired, and of nobody", bySecret, signWith(previous, plainHead, `{"exp":1}`), CodeSignature},
		{"CVE-2025-59420: crit", bySecret, mint(`{"alg":"HS256","typ":"JWT","crit":["bork"],"bork":1}`, claimsText()), CodeMalformed},
		{"jwx 2234: alg twice", bySecret, mint(`{"alg":"HS256","alg":"HS256","typ":"JWT"}`, claimsText()), CodeMalformed},
		{"CVE-2026-35030: the beginning of a token that is remembered", byEC, goodEC[:len(goodEC)-4] + "AAAA", CodeSignature},
		{"GHSA-rp9m-7r4c-75qg: the signature of a token that is remembered", byEC, encode(headOf("ES256")) + "." + encode(claimsText(`"name":"admin"`)) + goodEC[strings.LastIndexByte(goodEC, '.'):], CodeSignature},
	} {
		t.Run(test.flaw, func(t *testing.T) { wantCode(t, test.v, test.token, test.want) })
	}
	t.Run("CVE-2024-51744: one reason", func(t *testing.T) {
		_, err := bySecret.Verify(context.Background(), signWith(previous, plainHead, `{"exp":1}`))
		if errors.Is(err, jwt.ErrTokenExpired) || !errors.Is(err, jwt.ErrTokenSignatureInvalid) {
			t.Errorf("got %v", err)
		}
	})
}

// CVE-2020-26160: an audience in another form is none.
func TestCVE_2020_26160(t *testing.T) {
	v := verifierOf[session](t, Config{Audience: []string{"api"}})
	wantCode(t, v, mint(plainHead, claimsText(`"aud":["other","api"]`)), 0)
	for aud, want := range map[string]Code{
		`[]`: CodeAudience, `[""]`: CodeAudience, `""`: CodeAudience, `null`: CodeAudience, `["other"]`: CodeAudience,
		`7`: CodeClaims, `{"api":true}`: CodeClaims, `[["api"]]`: CodeClaims, `true`: CodeClaims,
	} {
		wantCode(t, v, mint(plainHead, claimsText(`"aud":`+aud)), want)
	}
	wantCode(t, v, mint(plainHead, claimsText()), CodeAudience)
}

// GHSA-4cf7-xm37-g63h: the name of a claim is not written as JSON text.
func TestGHSA_4cf7_xm37_g63h(t *testing.T) {
	token, _, err := issuerOf[extra](t, Config{}).Access(context.Background(), &extra{More: map[string]any{`a":1,"sub":"admin","b`: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if c := wantCode(t, verifierOf[session](t, Config{}), token, 0); c != nil && c.Subject != "" {
		t.Errorf("the token speaks for %q", c.Subject)
	}
}

// CVE-2026-34950, CVE-2022-29217: the text of a public key is no secret. And
// GHSA-mqq6-462x-jxmm: there is no secret by default.
func TestSecretsOthersKnow(t *testing.T) {
	public := publicPEM(t, newSigner(t, "ES256"))
	for _, text := range []string{public, " " + public, "\n\t" + public, "", "random", "secret", "changeme"} {
		if v, err := NewVerifier[session](Config{AccessSecret: text}); err == nil || v != nil {
			t.Errorf("%.10q is a secret", text)
		}
	}
}

// CVE-2024-27302: an origin is the whole of it.
func TestCVE_2024_27302(t *testing.T) {
	v := verifierOf[session](t, Config{TrustedOrigins: []string{"https://app.example.com"}}, FromCookie("__Host-t"))
	handler := v.Middleware()(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for origin, want := range map[string]int{
		"https://app.example.com": 200, "https://evil-app.example.com": 403, "https://app.example.com.evil.test": 403,
		"https://x.app.example.com": 403, "http://app.example.com": 403, "https://app.example.com:444": 403, "null": 403,
	} {
		r := httptest.NewRequest(http.MethodPost, "https://api.example.com/", nil)
		r.Header.Set("Cookie", "__Host-t="+mint(plainHead, claimsText()))
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", origin, w.Code, want)
		}
	}
}

// What refreshes a session opens no route, whatever form it has (RFC 8725 section
// 3.12): opaque text is no token, and a JWT for another purpose says so in typ.
func TestRefreshTokensOpenNothing(t *testing.T) {
	v := verifierOf[session](t, Config{})
	for _, opaque := range []string{"rt1_" + encode(strings.Repeat("x", 68)), "tGzv3JOkF0XG5Qx2TlKWIA", encode("a") + "." + encode("b")} {
		wantCode(t, v, opaque, CodeMalformed)
	}
	for _, typ := range []string{"refresh+jwt", "rt+jwt", "Refresh", "application/refresh+jwt"} {
		wantCode(t, v, mint(`{"alg":"HS256","typ":"`+typ+`"}`, claimsText()), CodeType)
	}
	wantCode(t, v, mint(plainHead, claimsText()), 0)
}
