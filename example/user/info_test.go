package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// sign makes a token by hand, with nothing of apigen.
func sign(t *testing.T, method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
	t.Helper()
	token, err := jwt.NewWithClaims(method, claims).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// claims returns those of a good token, changed by change.
func claims(change func(jwt.MapClaims)) jwt.MapClaims {
	now := time.Now()
	c := jwt.MapClaims{
		"sub": "u1", "userId": "u1", "name": "Alice",
		"iat": now.Unix(), "exp": now.Add(time.Hour).Unix(),
	}
	if change != nil {
		change(c)
	}
	return c
}

func TestUserInfo(t *testing.T) {
	s := newService(t)
	own := "Bearer " + s.login().AccessToken
	secret := []byte(s.c.Auth.AccessSecret)
	// What go-zero services mint: no sub, no jti, the same secret.
	foreign := "Bearer " + sign(t, jwt.SigningMethodHS256, secret, claims(func(c jwt.MapClaims) { delete(c, "sub") }))
	for _, tt := range []struct{ name, authorization, body string }{
		{"own token", own, `{}`},
		{"no body", own, ``},
		{"the caller by name", own, `{"id":"u1"}`},
		{"the word in another case", "bearer" + strings.TrimPrefix(own, "Bearer"), `{}`},
		{"token minted elsewhere", foreign, `{}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := *s
			s.t = t
			got := s.post("/user/info", tt.body, tt.authorization)
			s.is(got, http.StatusOK, "application/json")
			if want := `{"id":"u1","username":"alice","name":"Alice"}`; got.text != want {
				t.Errorf("%s, want %s", got.text, want)
			}
		})
	}
}

func TestUserInfoDeclaredErrors(t *testing.T) {
	s := newService(t)
	if p := s.isProblem(s.post("/user/info", `{"id":"u2"}`, "Bearer "+s.login().AccessToken), 403); p.Code != "not_yours" {
		t.Errorf("code %q", p.Code)
	}
	gone := sign(t, jwt.SigningMethodHS256, []byte(s.c.Auth.AccessSecret), claims(func(c jwt.MapClaims) {
		c["userId"] = "u404"
	}))
	if p := s.isProblem(s.post("/user/info", `{}`, "Bearer "+gone), 404); p.Code != "no_user" {
		t.Errorf("code %q", p.Code)
	}
}

// RFC 6750 section 3.1: error= only where a token was presented.
func TestUserInfoRefuses(t *testing.T) {
	s := newService(t)
	good := s.login().AccessToken
	secret := []byte(s.c.Auth.AccessSecret)
	hs256 := func(change func(jwt.MapClaims)) string {
		return "Bearer " + sign(t, jwt.SigningMethodHS256, secret, claims(change))
	}
	const none, invalidToken, invalidRequest = "", `error="invalid_token"`, `error="invalid_request"`
	for _, tt := range []struct {
		name          string
		authorization []string
		status        int
		challenge     string
	}{
		{"no token", nil, 401, none},
		{"bare token", []string{good}, 401, none},
		{"another scheme", []string{"Basic YWxpY2U6d29uZGVybGFuZA=="}, 401, none},
		{"bad signature", []string{"Bearer " + sign(t, jwt.SigningMethodHS256, []byte("another secret of thirty-two bytes"), claims(nil))}, 401, invalidToken},
		{"truncated signature", []string{"Bearer " + good[:len(good)-4]}, 401, invalidToken},
		{"no signature", []string{"Bearer " + good[:strings.LastIndexByte(good, '.')+1]}, 401, invalidToken},
		{"expired", []string{hs256(func(c jwt.MapClaims) { c["exp"] = time.Now().Add(-time.Hour).Unix() })}, 401, invalidToken},
		{"no exp", []string{hs256(func(c jwt.MapClaims) { delete(c, "exp") })}, 401, invalidToken},
		{"exp as text", []string{hs256(func(c jwt.MapClaims) { c["exp"] = "9999999999" })}, 401, invalidToken},
		{"not yet valid", []string{hs256(func(c jwt.MapClaims) { c["nbf"] = time.Now().Add(time.Hour).Unix() })}, 401, invalidToken},
		{"no userId", []string{hs256(func(c jwt.MapClaims) { delete(c, "userId") })}, 401, invalidToken},
		{"userId of another type", []string{hs256(func(c jwt.MapClaims) { c["userId"] = 1 })}, 401, invalidToken},
		{"alg none", []string{"Bearer " + sign(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, claims(nil))}, 401, invalidToken},
		{"HS384", []string{"Bearer " + sign(t, jwt.SigningMethodHS384, secret, claims(nil))}, 401, invalidToken},
		{"HS512", []string{"Bearer " + sign(t, jwt.SigningMethodHS512, secret, claims(nil))}, 401, invalidToken},
		{"no JWS", []string{"Bearer garbage"}, 401, invalidToken},
		{"two headers", []string{"Bearer " + good, "Bearer " + good}, 400, invalidRequest},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := *s
			s.t = t
			got := s.post("/user/info", `{}`, tt.authorization...)
			s.isProblem(got, tt.status)
			challenge := got.Header.Get("WWW-Authenticate")
			if !strings.HasPrefix(challenge, `Bearer realm="`) {
				t.Errorf("challenge %q", challenge)
			}
			if !strings.Contains(challenge, tt.challenge) || tt.challenge == none && strings.Contains(challenge, "error") {
				t.Errorf("challenge %q, want %q", challenge, tt.challenge)
			}
		})
	}
	for _, secret := range []string{good, s.c.Auth.AccessSecret, "wonderland"} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q:\n%s", secret, s.log)
		}
	}
}

// The token is asked for before the body is looked at.
func TestUserInfoTokenBeforeBody(t *testing.T) {
	s := newService(t)
	s.isProblem(s.post("/user/info", `{"id":`), 401)
	s.isProblem(s.post("/user/info", `{"id":`, "Bearer "+s.login().AccessToken), 400)
}
