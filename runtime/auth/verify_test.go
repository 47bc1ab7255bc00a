package auth

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

func TestVerifyForm(t *testing.T) {
	v := verifierOf[session](t, Config{})
	good := mint(plainHead, claimsText(`"name":"Alice"`))
	head, rest, _ := strings.Cut(good, ".")
	body, sig, _ := strings.Cut(rest, ".")
	wantCode(t, v, good, 0)

	for name, token := range map[string]string{
		"empty":                   "",
		"one part":                head,
		"two parts":               head + "." + body,
		"empty signature":         head + "." + body + ".",
		"empty payload":           head + ".." + sig,
		"empty header":            "." + body + "." + sig,
		"only dots":               "..",
		"four parts":              good + ".x",
		"encrypted, five parts":   good + ".x.y",
		"JSON serialisation":      `{"payload":"` + body + `","signatures":[]}`,
		"space in front":          " " + good,
		"space behind":            good + " ",
		"newline behind":          good + "\n",
		"newline in header":       head[:4] + "\n" + head[4:] + "." + body + "." + sig,
		"newline in payload":      head + "." + body[:4] + "\r\n" + body[4:] + "." + sig,
		"newline in signature":    head + "." + body + "." + sig[:8] + "\r\n" + sig[8:],
		"padding":                 good + "=",
		"standard alphabet":       head + "." + body + "." + "+/" + sig[2:],
		"NUL":                     good + "\x00",
		"not ASCII":               good + "é",
		"signature spelled twice": good[:len(good)-1] + next(good[len(good)-1]),
		"signature of 1 mod 4":    good + "AA",
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, v, token, CodeMalformed) })
	}
}

// next returns the character with the next value, which differs from c in the
// bits that no byte uses.
func next(c byte) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(alphabet[strings.IndexByte(alphabet, c)+1])
}

// A signer that writes its own segments in a second spelling is refused too.
func TestVerifySignedSpelling(t *testing.T) {
	v := verifierOf[session](t, Config{})
	head, body := encode(plainHead+" "), encode(claimsText(`"name":"A"`))
	if len(head)%4 == 0 || len(body)%4 == 0 {
		t.Fatal("the segments have no unused bits")
	}
	sign := func(h, b string) string { return signSegments(jwt.SigningMethodHS256, secret, h, b) }
	respell := func(s string) string { return s[:len(s)-1] + next(s[len(s)-1]) }
	wantCode(t, v, sign(head, body), 0)
	wantCode(t, v, sign(respell(head), body), CodeMalformed)
	wantCode(t, v, sign(head, respell(body)), CodeMalformed)
	wantCode(t, v, sign(head[:8]+"\n"+head[8:], body), CodeMalformed)
	wantCode(t, v, sign(head, body[:8]+"\r\n"+body[8:]), CodeMalformed)
	wantCode(t, v, sign(head+"=", body), CodeMalformed)
}

func TestVerifySize(t *testing.T) {
	good := mint(plainHead, claimsText(`"name":"`+strings.Repeat("x", 200)+`"`))
	wantCode(t, verifierOf[session](t, Config{MaxTokenBytes: len(good)}), good, 0)
	wantCode(t, verifierOf[session](t, Config{MaxTokenBytes: len(good) - 1}), good, CodeMalformed)

	v := verifierOf[session](t, Config{})
	wantCode(t, v, mint(plainHead, claimsText(`"x":"`+strings.Repeat("x", 8<<10)+`"`)), CodeMalformed)
}

// What is refused by its size takes no memory that grows with it; a benchmark has
// the time.
func TestVerifyHugeTokenIsCheap(t *testing.T) {
	v := verifierOf[session](t, Config{})
	for name, token := range map[string]string{
		"dots":    strings.Repeat(".", 1<<20),
		"letters": strings.Repeat("A", 1<<19) + "." + strings.Repeat("A", 1<<18) + "." + strings.Repeat("A", 1<<18),
	} {
		t.Run(name, func(t *testing.T) {
			const runs = 20
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			for range runs {
				_, _ = v.Verify(context.Background(), token)
			}
			runtime.ReadMemStats(&after)
			if got := (after.TotalAlloc - before.TotalAlloc) / runs; got >= 1<<10 {
				t.Errorf("%d bytes allocated, want less than 1 KiB", got)
			}
		})
	}
}

func TestVerifyHeader(t *testing.T) {
	v := verifierOf[session](t, Config{})
	lax := verifierOf[session](t, Config{AllowNoType: true})
	good := []string{
		plainHead,
		` { "typ" : "JWT" , "alg" : "HS256" } `,
		`{"alg":"HS256","typ":"at+jwt"}`,
		`{"alg":"HS256","typ":"AT+JWT"}`,
		`{"alg":"HS256","typ":"application/at+jwt"}`,
		`{"alg":"HS256","typ":"jwt","kid":"anything"}`,
		`{"alg":"HS256","typ":"JWT","kid":"../../etc/passwd"}`,
		`{"alg":"HS256","typ":"JWT","kid":"' OR 1=1 --"}`,
		`{"alg":"HS256","typ":"JWT","kid":"` + strings.Repeat("k", 128) + `"}`,
		`{"alg":"HS256","typ":"JWT","x5t":"abc","unknown":{"a":[1]}}`,
		`{"alg":"HS\u003256","typ":"JWT"}`,
	}
	for _, header := range good {
		wantCode(t, v, mint(header, claimsText()), 0)
	}
	for _, test := range []struct {
		header string
		want   Code
	}{
		{`{"typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"none","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"None","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"nOnE","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"hs256","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"HS256 ","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"HS384","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"HS512","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":"RS256","typ":"JWT"}`, CodeAlgorithm},
		{`{"ALG":"HS256","typ":"JWT"}`, CodeAlgorithm},
		{`{"alg":null,"typ":"JWT"}`, CodeMalformed},
		{`{"alg":["HS256"],"typ":"JWT"}`, CodeMalformed},
		{`{"alg":256,"typ":"JWT"}`, CodeMalformed},
		{`{"alg":"HS256","typ":null}`, CodeMalformed},
		{`{"alg":"HS256","typ":["JWT"]}`, CodeMalformed},
		{`{"alg":"HS256","kid":7}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","kid":"` + strings.Repeat("k", 129) + `"}`, CodeMalformed},
		{`{"alg":"HS256","alg":"HS256","typ":"JWT"}`, CodeMalformed},
		{`{"alg":"none","typ":"JWT","\u0061lg":"HS256"}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","x":1,"x":1}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","x":{"y":1,"y":1}}`, CodeMalformed},
		{"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"x\":\"\xff\"}", CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","x":"\ud800"}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT"}{}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT"} x`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT",}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT"`, CodeMalformed},
		{`["alg","HS256","typ","JWT"]`, CodeMalformed},
		{`null`, CodeMalformed},
		{`"HS256"`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","crit":["exp"],"exp":1}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","crit":[]}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","crit":null}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","cr\u0069t":"x"}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","b64":true}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","zip":"DEF"}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","enc":"A256GCM"}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","jwk":{"kty":"oct","k":"AAAA"}}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","jku":"https://example.com/keys"}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","x5u":"https://example.com/cert"}`, CodeMalformed},
		{`{"alg":"HS256","typ":"JWT","x5c":["MIIB"]}`, CodeMalformed},
		{`{"alg":"HS256","typ":"refresh+jwt"}`, CodeType},
		{`{"alg":"HS256","typ":"id_token"}`, CodeType},
		{`{"alg":"HS256","typ":"dpop+jwt"}`, CodeType},
		{`{"alg":"HS256","typ":"logout+jwt"}`, CodeType},
		{`{"alg":"HS256","typ":"text/JWT"}`, CodeType},
		{`{"alg":"HS256"}`, CodeType},
		{`{"alg":"HS256","typ":""}`, CodeType},
		{`{"alg":"HS256","typ":"application/"}`, CodeType},
	} {
		t.Run(test.header, func(t *testing.T) {
			token := mint(test.header, claimsText())
			wantCode(t, v, token, test.want)
			if test.want != CodeType {
				wantCode(t, lax, token, test.want)
			}
		})
	}
	wantCode(t, lax, mint(`{"alg":"HS256"}`, claimsText()), 0)
	// AllowNoType is about headers without typ, not about any other one.
	for _, typ := range []string{"refresh+jwt", "", "application/", "APPLICATION/"} {
		wantCode(t, lax, mint(`{"alg":"HS256","typ":"`+typ+`"}`, claimsText()), CodeType)
	}
}

func TestVerifyTokenTypes(t *testing.T) {
	v := verifierOf[session](t, Config{TokenTypes: []string{"application/Invite+JWT"}})
	wantCode(t, v, mint(`{"alg":"HS256","typ":"invite+jwt"}`, claimsText()), 0)
	wantCode(t, v, mint(plainHead, claimsText()), CodeType)
}

func TestVerifySignature(t *testing.T) {
	v := verifierOf[session](t, Config{PrevSecrets: []string{previous}})
	good := mint(plainHead, claimsText())
	dot := strings.LastIndexByte(good, '.')
	wantCode(t, v, good, 0)
	wantCode(t, v, signWith(previous, plainHead, claimsText()), 0)

	head, body := encode(plainHead), encode(claimsText())
	for name, token := range map[string]string{
		"another secret":         signWith(strings.Repeat("x", 32), plainHead, claimsText()),
		"empty secret":           signWith("", plainHead, claimsText()),
		"secret cut":             signWith(secret[:31], plainHead, claimsText()),
		"truncated by one":       good[:dot+1] + encode(decoded(t, good[dot+1:])[:31]),
		"truncated to half":      good[:dot+1] + encode(decoded(t, good[dot+1:])[:16]),
		"truncated to one byte":  good[:dot+1] + encode(decoded(t, good[dot+1:])[:1]),
		"one byte more":          good[:dot+1] + encode(decoded(t, good[dot+1:])+"\x00"),
		"zeros":                  good[:dot+1] + encode(strings.Repeat("\x00", 32)),
		"of another payload":     head + "." + encode(claimsText(`"name":"admin"`)) + good[dot:],
		"of another header":      encode(`{"alg":"HS256","typ":"JWT","kid":"x"}`) + "." + body + good[dot:],
		"HS512 under HS256 name": signSegments(jwt.SigningMethodHS512, secret, head, body),
		"HS384 under HS256 name": signSegments(jwt.SigningMethodHS384, secret, head, body),
		"not a signature at all": good[:dot+1] + "xw",
	} {
		t.Run(name, func(t *testing.T) { wantCode(t, v, token, CodeSignature) })
	}
}

func decoded(t *testing.T, segment string) string {
	t.Helper()
	b, fail := decodeSegment(nil, segment)
	if fail != nil {
		t.Fatal(fail)
	}
	return string(b)
}

func TestVerifyAlgorithms(t *testing.T) {
	methods := map[string]*jwt.SigningMethodHMAC{
		"HS256": jwt.SigningMethodHS256, "HS384": jwt.SigningMethodHS384, "HS512": jwt.SigningMethodHS512,
	}
	for own := range methods {
		v := verifierOf[session](t, Config{AccessSecret: secret64, Algorithms: []string{own}})
		for alg, method := range methods {
			token := signSegments(method, secret64, encode(`{"alg":"`+alg+`","typ":"JWT"}`), encode(claimsText()))
			want := CodeAlgorithm
			if alg == own {
				want = 0
			}
			wantCode(t, v, token, want)
		}
	}
}

// A token with several faults is refused for the first in the fixed order, and
// errors.Is finds that one alone.
func TestVerifyOneReason(t *testing.T) {
	v := verifierOf[session](t, Config{Issuer: "us", Audience: []string{"api"}})
	const expired = `{"exp":1,"iss":"them","aud":"other","nbf":9999999999}`
	const early = `{"exp":9999999999,"iss":"them","aud":"other","nbf":9999999999}`
	refresh := `{"alg":"HS256","typ":"refresh"}`
	for _, test := range []struct {
		token string
		want  Code
		is    error
	}{
		{"x." + encode(expired), CodeMalformed, jwt.ErrTokenMalformed},
		{signWith(previous, `{"alg":"none","typ":"refresh"}`, expired), CodeAlgorithm, jwt.ErrTokenSignatureInvalid},
		{signWith(previous, refresh, expired), CodeSignature, jwt.ErrTokenSignatureInvalid},
		{mint(refresh, `{"iss":"them"}`), CodeClaims, jwt.ErrTokenInvalidClaims},
		{mint(refresh, expired), CodeExpired, jwt.ErrTokenExpired},
		{mint(refresh, early), CodeNotYetValid, jwt.ErrTokenNotValidYet},
		{mint(refresh, claimsText(`"iss":"them"`)), CodeIssuer, jwt.ErrTokenInvalidIssuer},
		{mint(refresh, claimsText(`"iss":"us"`)), CodeAudience, jwt.ErrTokenInvalidAudience},
		{mint(refresh, claimsText(`"iss":"us"`, `"aud":"api"`)), CodeType, jwt.ErrTokenInvalidClaims},
	} {
		wantCode(t, v, test.token, test.want)
		_, err := v.Verify(context.Background(), test.token)
		for _, sentinel := range []error{
			jwt.ErrTokenMalformed, jwt.ErrTokenSignatureInvalid, jwt.ErrTokenExpired, jwt.ErrTokenNotValidYet,
			jwt.ErrTokenInvalidIssuer, jwt.ErrTokenInvalidAudience,
		} {
			if is(err, sentinel) != (sentinel == test.is) {
				t.Errorf("%v: errors.Is(%v) = %v", test.want, sentinel, is(err, sentinel))
			}
		}
		if !is(err, test.is) {
			t.Errorf("%v: errors.Is(%v) is false", test.want, test.is)
		}
	}
}

// Nothing of a token is decoded as claims before its signature is known to be good.
func TestVerifyBeforeDecode(t *testing.T) {
	v := verifierOf[session](t, Config{})
	calls := 0
	v.claims.read = func(r *ClaimsReader, _ *session) {
		calls++
		r.unsure = true // leaves it to the JSON package
	}
	for _, token := range []string{
		signWith(previous, plainHead, claimsText()),
		signWith(previous, plainHead, `{"exp":`),
		mint(`{"alg":"none","typ":"JWT"}`, claimsText()),
		mint(plainHead, claimsText()) + "A",
		"a.b.c",
	} {
		_, _ = v.Verify(context.Background(), token)
	}
	if calls != 0 {
		t.Errorf("claims decoded %d times without a good signature", calls)
	}
	wantCode(t, v, mint(plainHead, claimsText()), 0)
	if calls == 0 {
		t.Error("the decoder is not the one looked at")
	}
}
