package authtest

import (
	"crypto/rand"
	"net/http"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

// lifetime is how long tokens of this package are valid.
const lifetime = 15 * time.Minute

// Claims returns the registered claims of a token that was issued to subject just
// now, as a handler gets them when it is called directly:
//
//	me := &Session{Claims: authtest.Claims("alice", "orders:write"), Premium: true}
//
// Such a value also goes into an issuer, which sets all claims but the subject and
// the scopes itself.
func Claims(subject string, scopes ...string) auth.Claims {
	now := time.Now()
	return auth.Claims{
		Subject: subject, Scope: scopes, ID: rand.Text(),
		IssuedAt: auth.TimeOf(now), NotBefore: auth.TimeOf(now), ExpiresAt: auth.TimeOf(now.Add(lifetime)),
	}
}

// Token returns a token of issuer with the claims of c. An error ends the test.
func Token[T any](tb testing.TB, issuer *auth.Issuer[T], c *T) string {
	tb.Helper()
	token, _, err := issuer.Access(tb.Context(), c)
	if err != nil {
		tb.Fatalf("authtest: the issuer refuses the claims: %v", err)
	}
	return token
}

// Authorize makes r carry token in its Authorization header, behind the word Bearer,
// and returns r. An empty token takes the header away.
func Authorize(r *http.Request, token string) *http.Request {
	r.Header.Del("Authorization")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r
}
