package interop_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v4"
	"github.com/zeromicro/go-zero/rest"

	"github.com/apigen-go/apigen/example/existing/migrate/account"
	"github.com/apigen-go/apigen/runtime/auth"
)

// A secret too short for HS256 is left behind in two steps, the first of them in
// go-zero, and at no time is a valid token accepted by nobody.
func TestShortSecretInTwoSteps(t *testing.T) {
	const short, lifetime = "abc12345", 3600
	start := time.Now()
	clock := start
	jwt.TimeFunc = func() time.Time { return clock } // what go-zero asks
	defer func() { jwt.TimeFunc = time.Now }()
	at := auth.WithClock(func() time.Time { return clock })
	next := auth.Config{AccessSecret: secret}

	// Before: go-zero signs and verifies with the short secret, which apigen
	// does not start with, as an old one no more than as the present one.
	before := goZero(t, rest.WithJwt(short))
	old := getJwtToken(t, short, clock.Unix(), lifetime, 1)
	want(t, "before, old token", get(before, "/user/info", "Bearer "+old), http.StatusOK, `{"id":1}`)
	for _, c := range []auth.Config{{AccessSecret: short}, {AccessSecret: secret, PrevSecrets: []string{short}}} {
		_, err := account.NewHandler(account.Config{Auth: c}, account.Handlers{Account: &account.Account{}, Old: &account.Old{}})
		if err == nil || !strings.Contains(err.Error(), "WithJwtTransition") || strings.Contains(err.Error(), short) {
			t.Errorf("want an error that names the way out and not the secret, got %v", err)
		}
	}

	// Step 1: go-zero signs with the new secret and goes on verifying with the
	// short one. Routes of apigen beside it take what is signed from now on.
	clock = start.Add(lifetime / 2 * time.Second)
	step1 := goZero(t, rest.WithJwtTransition(secret, short))
	fresh := getJwtToken(t, secret, clock.Unix(), lifetime, 2)
	want(t, "step 1, old token", get(step1, "/user/info", "Bearer "+old), http.StatusOK, `{"id":1}`)
	want(t, "step 1, new token", get(step1, "/user/info", "Bearer "+fresh), http.StatusOK, `{"id":2}`)
	want(t, "step 1, new token here", get(ours(t, next, at), "/v2/user/info", "Bearer "+fresh), http.StatusOK, "")
	want(t, "step 1, old token here", get(ours(t, next, at), "/v2/user/info", "Bearer "+old), http.StatusUnauthorized, "")

	// Step 2: the last old token has expired, so that nobody misses the short
	// secret any more.
	clock = start.Add(lifetime*time.Second + time.Second)
	want(t, "step 2, old token", get(step1, "/user/info", "Bearer "+old), http.StatusUnauthorized, "")
	want(t, "step 2, new token", get(goZero(t, rest.WithJwt(secret)), "/user/info", "Bearer "+fresh), http.StatusOK, `{"id":2}`)
	want(t, "step 2, new token here", get(ours(t, next, at), "/v2/user/info", "Bearer "+fresh), http.StatusOK, `{"id":2,"name":"user 2"}`)
	want(t, "step 2, our token there", get(goZero(t, rest.WithJwt(secret)), "/user/info", "Bearer "+issue(t, next, at)), http.StatusOK, `{"id":7}`)
}
