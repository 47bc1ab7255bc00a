package verify

import (
	"strings"
	"testing"

	"github.com/apigen-go/apigen/bench/seed"
	"github.com/apigen-go/apigen/runtime/auth"
)

const (
	secret   = "a secret of the benchmarks, 32 bytes and more"
	issuer   = "https://login.example.com/"
	audience = "orders"
)

func config() auth.Config {
	return auth.Config{AccessSecret: secret, AccessExpire: 3600, Issuer: issuer, Audience: []string{audience}}
}

// issue returns a token with what access tokens of services usually carry.
func issue(tb testing.TB, c auth.Config) string {
	tb.Helper()
	i, err := seed.NewAuthIssuer(seed.Config{Auth: c})
	if err != nil {
		tb.Fatal(err)
	}
	s := &seed.Session{
		Claims: auth.Claims{Subject: "248289761001", Scope: auth.Scopes{"orders:read", "orders:write"}},
		UserID: "248289761001", Name: "Alice Example",
	}
	token, _, err := i.Access(tb.Context(), s)
	if err != nil {
		tb.Fatal(err)
	}
	return token
}

// forge returns token with another signature of the same form.
func forge(token string) string {
	dot := strings.LastIndexByte(token, '.')
	first := "A"
	if token[dot+1] == 'A' {
		first = "B"
	}
	return token[:dot+1] + first + token[dot+2:]
}

// huge are texts of a mebibyte in the place of a token.
func huge() map[string]string {
	const size = 1 << 20
	return map[string]string{
		"dots":    strings.Repeat(".", size),
		"payload": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + strings.Repeat("A", size) + "." + strings.Repeat("A", 43),
		"header":  strings.Repeat("A", size) + ".e30." + strings.Repeat("A", 43),
	}
}

func verifierOf(tb testing.TB, c auth.Config) *auth.Verifier[seed.Session] {
	tb.Helper()
	v, err := seed.Verifier(seed.Config{Auth: c})
	if err != nil {
		tb.Fatal(err)
	}
	return v
}
