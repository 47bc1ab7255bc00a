package auth

import (
	"context"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
)

// theirs is golang-jwt with all it can be told to check. It gets a second more of
// leeway: it does not round times as this package does.
var theirs = jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(clock), jwt.WithLeeway(31e9),
	jwt.WithExpirationRequired(), jwt.WithIssuedAt())

// FuzzVerify looks for a panic, for a token that is accepted here and refused by
// golang-jwt, and for one with two spellings.
func FuzzVerify(f *testing.F) {
	for _, header := range []string{
		plainHead, `{"alg":"none"}`, `{"alg":"HS256","typ":"JWT","crit":["x"]}`, `{"typ":"at+jwt","alg":"HS256","kid":"\u0000"}`, `[]`, ``,
	} {
		for _, payload := range []string{claimsText(), claimsText(`"aud":["a"]`, `"scope":"a b"`, `"userId":"7"`), `{"exp":1.7e9}`, `null`, `{`} {
			f.Add(header, payload, "")
		}
	}
	for _, token := range []string{"", "..", "a.b.c", mint(plainHead, claimsText()), mint(plainHead, claimsText()) + "="} {
		f.Add("", "", token)
	}
	v := verifierOf[rich](f, Config{PrevSecrets: []string{previous}})
	f.Fuzz(func(t *testing.T, header, payload, token string) {
		if token == "" {
			token = mint(header, payload)
		}
		c, err := v.Verify(context.Background(), token)
		if (c == nil) == (err == nil) {
			t.Fatalf("got %v and %v", c, err)
		}
		if err != nil {
			codeOf(t, err)
			return
		}
		parsed, err := theirs.Parse(token, func(*jwt.Token) (any, error) { return []byte(secret), nil })
		if err != nil && !hasNullDate(parsed) {
			t.Errorf("accepted here, and golang-jwt says: %v", err)
		}
		for _, segment := range strings.Split(token, ".") {
			b, err := base64.RawURLEncoding.Strict().DecodeString(segment)
			if err != nil || base64.RawURLEncoding.EncodeToString(b) != segment {
				t.Errorf("accepted with a second spelling: %v", err)
			}
		}
	})
}

// hasNullDate reports whether a date is null, which is absent here and an error
// there.
func hasNullDate(token *jwt.Token) bool {
	claims, _ := token.Claims.(jwt.MapClaims)
	for _, name := range []string{"nbf", "iat"} {
		if value, ok := claims[name]; ok && value == nil {
			return true
		}
	}
	return false
}

// FuzzAuthorization looks for a panic, and for an answer that is neither of those
// there are.
func FuzzAuthorization(f *testing.F) {
	good := mint(plainHead, claimsText())
	for _, value := range []string{"", "Bearer", "Bearer ", "Bearer " + good, good, "Basic x", "bearer  " + good, "Bearer\t" + good} {
		f.Add(value)
	}
	strict, bare := verifierOf[session](f, Config{}), verifierOf[session](f, Config{AllowBareToken: true})
	f.Fuzz(func(t *testing.T, value string) {
		for _, v := range []*Verifier[session]{strict, bare} {
			x := requestWith("Authorization", value)
			c, ok := v.AuthenticateOptional(x)
			if ok != (c != nil) || ok == (x.problem != nil) {
				t.Fatalf("%q: got %v %v %v", value, c, ok, x.problem)
			}
			if !ok && x.problem.Status != 401 {
				t.Errorf("%q: answered %d", value, x.problem.Status)
			}
		}
	})
}
