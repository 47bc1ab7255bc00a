package auth

import (
	"context"
	"errors"
	"slices"
	"testing"
)

func TestScopeClaims(t *testing.T) {
	for _, test := range []struct {
		names   []string
		payload string
		want    Scopes
		code    Code
	}{
		{nil, `"scope":"a b","scp":"c","permissions":["d"]`, Scopes{"a", "b"}, 0},
		{[]string{"scp"}, `"scope":"a","scp":"b c"`, Scopes{"b", "c"}, 0},
		{[]string{"scp"}, `"scp":["b","c d"]`, Scopes{"b", "c d"}, 0},
		{[]string{"permissions"}, `"permissions":["read:x","write:x"]`, Scopes{"read:x", "write:x"}, 0},
		{[]string{"permissions"}, `"scope":"a"`, nil, 0},
		{[]string{"permissions"}, `"permissions":null`, nil, 0},
		{[]string{"scope"}, `"scope":["a","b c"]`, Scopes{"a", "b c"}, 0},
		{[]string{"scope"}, `"scope":"a  b"`, Scopes{"a", "b"}, 0},
		{[]string{"scope"}, `"scope":[]`, nil, 0},
		{[]string{"scope"}, `"scope":["a",1]`, nil, CodeClaims},
		{[]string{"scope"}, `"scope":7`, nil, CodeClaims},
		{[]string{"scope"}, `"scope":{}`, nil, CodeClaims},
		{[]string{"permissions"}, `"scope":["a"]`, nil, 0},
		{[]string{"permissions"}, `"scope":7`, nil, CodeClaims},
		{[]string{"permissions"}, `"scope":["a"],"permissions":["b"]`, Scopes{"b"}, 0},
		{nil, `"scope":["a"]`, nil, CodeClaims},
		{[]string{"permissions"}, `"permissions":[]`, nil, 0},
		{[]string{"scope", "permissions"}, `"scope":"a","permissions":["b"]`, Scopes{"a", "b"}, 0},
		{[]string{"s\"p"}, `"s\u0022p":"a"`, Scopes{"a"}, 0},
		{[]string{"permissions"}, `"permissions":{"a":true}`, nil, CodeClaims},
		{[]string{"permissions"}, `"permissions":["a",1]`, nil, CodeClaims},
		{[]string{"permissions"}, `"permissions":true`, nil, CodeClaims},
		{[]string{"scp"}, `"scp":7`, nil, CodeClaims},
	} {
		v := verifierOf[Claims](t, Config{ScopeClaims: test.names})
		c := wantCode(t, v, mint(plainHead, claimsText(test.payload)), test.code)
		if c != nil && !slices.Equal(c.Scope, test.want) {
			t.Errorf("%v %s: got %q, want %q", test.names, test.payload, c.Scope, test.want)
		}
	}
	for _, name := range []string{"", "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "cnf"} {
		if err := (Config{AccessSecret: secret, ScopeClaims: []string{name}}).Validate(); err == nil {
			t.Errorf("%q is taken for a claim of scopes", name)
		}
	}
}

// A scope that holds a space in a list is one scope, not two.
func TestScopeClaimsAreNotSplit(t *testing.T) {
	v := verifierOf[Claims](t, Config{ScopeClaims: []string{"permissions"}})
	token := mint(plainHead, claimsText(`"permissions":["read admin"]`))
	x := requestWith("Authorization", "Bearer "+token)
	if _, ok := v.Authenticate(x, "admin"); ok {
		t.Error("half of a permission is one")
	}
}

// tiers decides by itself what it allows.
type tiers struct {
	Claims
	Tier string `json:"tier"`
}

var errStore = errors.New("the store is down")

func (c *tiers) Allowed(_ context.Context, scopes []string) error {
	switch {
	case c.Tier == "down":
		return CannotTell(errStore)
	case c.Tier == "gold" && !slices.Contains(scopes, "never"):
		return nil
	default:
		return errors.New("a secret reason")
	}
}

func TestAllowed(t *testing.T) {
	v := verifierOf[tiers](t, Config{})
	for _, test := range []struct {
		claims string
		scopes []string
		want   int // 0 for in
	}{
		{`"tier":"gold"`, []string{"any"}, 0},
		{`"tier":"gold"`, []string{"any", "never"}, 403},
		{`"tier":"tin","scope":"any"`, []string{"any"}, 403},
		{`"tier":"tin"`, nil, 0},
		{`"tier":"down"`, []string{"any"}, 503},
	} {
		x := requestWith("Authorization", "Bearer "+mint(plainHead, claimsText(test.claims)))
		_, ok := v.Authenticate(x, test.scopes...)
		if ok != (test.want == 0) {
			t.Errorf("%s %v: let in is %v", test.claims, test.scopes, ok)
		}
		switch test.want {
		case 403:
			wantAnswer(t, x, 403, `Bearer realm="api", error="insufficient_scope", error_description="the token does not allow this", scope="`+Scopes(test.scopes).String()+`"`)
		case 503:
			wantAnswer(t, x, 503, "")
			if x.problem.Header.Get("Retry-After") == "" || !errors.Is(x.problem.Cause, errStore) {
				t.Errorf("got %v", x.problem)
			}
		}
	}
}
