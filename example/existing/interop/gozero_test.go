package interop_test

import (
	"net/http"
	"testing"

	"github.com/golang-jwt/jwt/v4"
	"github.com/zeromicro/go-zero/rest"

	"github.com/apigen-go/apigen/runtime/auth"
)

// What go-zero's tutorial signs opens routes of apigen; a number and its decimal
// text are the same to an int64 claim.
func TestGoZeroTokenHere(t *testing.T) {
	h := ours(t, auth.Config{AccessSecret: secret})
	for name, userID := range map[string]any{"number": 12345678901234567, "string": "12345678901234567"} {
		w := get(h, "/v2/user/info", "Bearer "+getJwtToken(t, secret, now(), 3600, userID))
		want(t, name, w, http.StatusOK, `{"id":12345678901234567,"name":"user 12345678901234567"}`)
	}
	for name, token := range map[string]string{
		"no userId":      sign(t, secret, jwt.MapClaims{"exp": now() + 3600, "iat": now()}, func(*jwt.Token) {}),
		"another type":   getJwtToken(t, secret, now(), 3600, true),
		"not a number":   getJwtToken(t, secret, now(), 3600, "alice"),
		"another secret": getJwtToken(t, secret+"x", now(), 3600, 7),
		"expired":        getJwtToken(t, secret, now()-7200, 3600, 7),
	} {
		want(t, name, get(h, "/v2/user/info", "Bearer "+token), http.StatusUnauthorized, "")
	}
}

// textSession is a claims type that has the id as text.
type textSession struct {
	auth.Claims
	UserID string `json:"userId"`
}

// A string claim takes a string alone.
func TestGoZeroTokenText(t *testing.T) {
	v, err := auth.NewVerifier[textSession](auth.Config{AccessSecret: secret})
	if err != nil {
		t.Fatal(err)
	}
	me, err := v.Verify(t.Context(), getJwtToken(t, secret, now(), 3600, "u-7"))
	if err != nil || me.UserID != "u-7" {
		t.Errorf("got %v %v", me, err)
	}
	if _, err := v.Verify(t.Context(), getJwtToken(t, secret, now(), 3600, 7)); err == nil {
		t.Error("a number was taken for a string")
	}
}

// What apigen signs opens routes of go-zero, which finds the claims by its keys.
func TestOurTokenInGoZero(t *testing.T) {
	c := auth.Config{AccessSecret: secret}
	h := goZero(t, rest.WithJwt(secret))
	want(t, "go-zero", get(h, "/user/info", "Bearer "+issue(t, c)), http.StatusOK, `{"id":7}`)
	c.Issuer, c.Audience = "https://example.com", []string{"user-api"} // which makes the type at+jwt
	want(t, "at+jwt", get(h, "/user/info", "Bearer "+issue(t, c)), http.StatusOK, `{"id":7}`)
	c.AccessSecret += "x"
	want(t, "another secret", get(h, "/user/info", "Bearer "+issue(t, c)), http.StatusUnauthorized, "")
}

// Each switch lets tokens in that go-zero takes, and no others.
func TestSwitches(t *testing.T) {
	good := getJwtToken(t, secret, now(), 3600, 7)
	for name, tt := range map[string]struct {
		authorization string
		open          func(c *auth.Config)
	}{
		"AllowNoExp": {
			"Bearer " + sign(t, secret, jwt.MapClaims{"userId": 7}, func(*jwt.Token) {}),
			func(c *auth.Config) { c.AllowNoExp = true },
		},
		"AllowBareToken": {
			good,
			func(c *auth.Config) { c.AllowBareToken = true },
		},
		"AllowNoType": {
			"Bearer " + sign(t, secret, jwt.MapClaims{"userId": 7, "exp": now() + 3600}, func(token *jwt.Token) { delete(token.Header, "typ") }),
			func(c *auth.Config) { c.AllowNoType = true },
		},
		"Algorithms": { // go-zero takes every HMAC, apigen one
			"Bearer " + hs384(t),
			func(c *auth.Config) { c.AccessSecret, c.Algorithms = secret48, []string{"HS384"} },
		},
	} {
		t.Run(name, func(t *testing.T) {
			closed := auth.Config{AccessSecret: secret}
			if name == "Algorithms" {
				closed.AccessSecret = secret48
			}
			want(t, "go-zero", get(goZero(t, rest.WithJwt(closed.AccessSecret)), "/user/info", tt.authorization), http.StatusOK, `{"id":7}`)
			want(t, "without", get(ours(t, closed), "/v2/user/info", tt.authorization), http.StatusUnauthorized, "")
			opened := closed
			tt.open(&opened)
			want(t, "with", get(ours(t, opened), "/v2/user/info", tt.authorization), http.StatusOK, `{"id":7,"name":"user 7"}`)
		})
	}
}

// secret48 is long enough for HS384.
var secret48 = secret + secret[:16]

func hs384(t *testing.T) string {
	t.Helper()
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS384, jwt.MapClaims{"userId": 7, "exp": now() + 3600}).SignedString([]byte(secret48))
	if err != nil {
		t.Fatal(err)
	}
	return token
}
