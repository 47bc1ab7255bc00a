package main

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

type session struct {
	auth.Claims
	Name   string         `json:"name"`
	Admin  bool           `json:"admin"`
	Level  int            `json:"level"`
	Groups []string       `json:"groups"`
	Extra  map[string]any `json:"extra"`
	Digits string         `json:"digits"`
}

// The service's own verifier accepts the token and finds the claims in it.
func TestMint(t *testing.T) {
	c := auth.Config{AccessSecret: "0123456789abcdef0123456789abcdef", Issuer: "shop", Audience: []string{"web"}}
	f := tokenFlags{ttl: 90 * time.Second}
	for _, s := range []string{"sub=42", "name=alice = bob", "admin=true", "level=-3", `groups=["a","b"]`, `extra={"x": 1}`, `digits="123"`, "scope=orders:read orders:write"} {
		if err := f.claims.Set(s); err != nil {
			t.Fatal(err)
		}
	}
	token, err := mint(t.Context(), c, f)
	if err != nil {
		t.Fatal(err)
	}
	v, err := auth.NewVerifier[session](c)
	if err != nil {
		t.Fatal(err)
	}
	got, err := v.Verify(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	if got.Subject != "42" || got.Name != "alice = bob" || !got.Admin || got.Level != -3 || len(got.Groups) != 2 || got.Extra["x"] != 1.0 || got.Digits != "123" {
		t.Errorf("claims are %+v", got)
	}
	if !got.Scope.Has("orders:read", "orders:write") || got.Issuer != "shop" || !got.Audience.Contains("web") {
		t.Errorf("registered claims are %+v", got.Claims)
	}
	if life := got.ExpiresAt - got.IssuedAt; life != 90 {
		t.Errorf("the token is valid for %d seconds", life)
	}
}

func TestClaimValue(t *testing.T) {
	for text, want := range map[string]string{
		"alice":     `"alice"`,
		"":          `""`,
		"12":        `12`,
		"1e3":       `1e3`,
		"012":       `"012"`,
		"+1":        `"+1"`,
		"true":      `true`,
		"True":      `"True"`,
		"null":      `"null"`,
		"[1, 2]":    `[1, 2]`,
		"[1,":       `"[1,"`,
		`{"a":"b"}`: `{"a":"b"}`,
		`"12"`:      `"12"`,
		"a\"b":      `"a\"b"`,
	} {
		got, err := claimValue(text)
		if err != nil || string(got) != want {
			t.Errorf("claimValue(%q) = %s, %v, want %s", text, got, err, want)
		}
	}
}

func FuzzClaim(f *testing.F) {
	for _, s := range []string{"a=1", "sub=x", "scope=[\"a\"]", "scope={}", "a", "=", "sub=[", "\xff=\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var flags claimFlags
		if flags.Set(s) != nil {
			return
		}
		c, err := flags.set()
		if err != nil {
			return
		}
		text, err := json.Marshal(c)
		if err == nil && !json.Valid(text) {
			t.Errorf("claims of %q are %s", s, text)
		}
	})
}
