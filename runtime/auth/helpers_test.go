package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const (
	secret    = "0123456789abcdef0123456789abcdef"                                 // 32 bytes
	previous  = "fedcba9876543210fedcba9876543210"                                 // 32 bytes
	secret64  = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" // 64 bytes
	plainHead = `{"alg":"HS256","typ":"JWT"}`
	now       = 1_700_000_000 // what the fake clock shows
)

func clock() time.Time { return time.Unix(now, 0) }

// session is a claims type as a service has it.
type session struct {
	Claims
	Name   string   `json:"name"`
	UserID int64    `json:"userId"`
	Roles  []string `json:"roles,omitempty"`
}

// readSession is what the generator writes for session.
func readSession(r *ClaimsReader, c *session) {
	for r.Next() {
		switch r.Name() {
		case "name":
			r.String(&c.Name)
		case "userId":
			r.Int64(&c.UserID)
		case "roles":
			r.Strings(&c.Roles)
		default:
			r.Registered(&c.Claims)
		}
	}
}

func encode(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// mint signs header and payload, which need not be what they should be.
func mint(header, payload string) string { return signWith(secret, header, payload) }

func signWith(key, header, payload string) string {
	return signSegments(jwt.SigningMethodHS256, key, encode(header), encode(payload))
}

func signSegments(m *jwt.SigningMethodHMAC, key, header, payload string) string {
	signed := header + "." + payload
	signature, err := m.Sign(signed, []byte(key))
	if err != nil {
		panic(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// claimsText is a good payload with more members in front.
func claimsText(members ...string) string {
	return "{" + strings.Join(append(members, `"exp":1700000600`), ",") + "}"
}

func verifierOf[T any, P ClaimsOf[T]](t testing.TB, c Config, opts ...Option) *Verifier[T] {
	t.Helper()
	if c.AccessSecret == "" {
		c.AccessSecret = secret
	}
	v, err := NewVerifier[T, P](c, append([]Option{WithClock(clock)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func issuerOf[T any, P ClaimsOf[T]](t testing.TB, c Config, opts ...Option) *Issuer[T] {
	t.Helper()
	if c.AccessSecret == "" {
		c.AccessSecret = secret
	}
	i, err := NewIssuer[T, P](c, append([]Option{WithClock(clock)}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// codeOf returns the code of err, 0 for none.
func codeOf(t testing.TB, err error) Code {
	t.Helper()
	if err == nil {
		return 0
	}
	e, ok := errors.AsType[*Error](err)
	if !ok {
		t.Fatalf("%T is not an *Error: %v", err, err)
	}
	return e.Code
}

// wantCode verifies token, twice: the second time its header may be remembered.
func wantCode[T any](t testing.TB, v *Verifier[T], token string, want Code) *T {
	t.Helper()
	var c *T
	for range 2 {
		var err error
		c, err = v.Verify(context.Background(), token)
		if got := codeOf(t, err); got != want {
			t.Errorf("got %v (%v), want %v", got, err, want)
		}
		if (c == nil) != (want != 0) {
			t.Errorf("claims are %v with code %v", c, want)
		}
	}
	return c
}
