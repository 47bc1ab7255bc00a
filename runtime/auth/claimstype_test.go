package auth

import (
	"context"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

// Types with methods of their own: what they would do with a registered claim, the
// checks could not see. Some get the method by embedding.
type (
	textClaims struct {
		Claims
		time.Time
	}
	foldedClaims   struct{ Claims } // takes EXP for exp
	embeddedFolded struct {
		foldedClaims
		Name string
	}
	interfaceClaims struct {
		Claims
		json.Unmarshaler
	}
	forgedClaims  struct{ Claims } // writes its own exp
	changedClaims struct{ Claims } // changes exp while it is written
	textOnly      struct{ Claims }
	appended      struct{ Claims }
)

func (c *foldedClaims) UnmarshalJSON(text []byte) error {
	type plain foldedClaims
	return json.Unmarshal(text, (*plain)(c))
}

func (forgedClaims) MarshalJSON() ([]byte, error) { return []byte(`{"exp":9999999999}`), nil }

func (c *changedClaims) MarshalJSON() ([]byte, error) {
	c.ExpiresAt = 9999999999
	type plain changedClaims
	return json.Marshal((*plain)(c))
}

func (textOnly) MarshalText() ([]byte, error) { return nil, nil }

func (appended) AppendText(b []byte) ([]byte, error) { return b, nil }

func TestClaimsTypesWithMethods(t *testing.T) {
	c := Config{AccessSecret: secret}
	for _, test := range []struct {
		method string
		make   func() (any, error)
	}{
		{"UnmarshalJSON", func() (any, error) { return NewVerifier[textClaims](c) }},
		{"UnmarshalJSON", func() (any, error) { return NewVerifier[foldedClaims](c) }},
		{"UnmarshalJSON", func() (any, error) { return NewIssuer[foldedClaims](c) }},
		{"UnmarshalJSON", func() (any, error) { return NewVerifier[embeddedFolded](c) }},
		{"UnmarshalJSON", func() (any, error) { return NewVerifier[interfaceClaims](c) }},
		{"MarshalJSON", func() (any, error) { return NewIssuer[forgedClaims](c) }},
		{"MarshalJSON", func() (any, error) { return NewVerifier[forgedClaims](c) }},
		{"MarshalJSON", func() (any, error) { return NewIssuer[changedClaims](c) }},
		{"MarshalText", func() (any, error) { return NewIssuer[textOnly](c) }},
		{"AppendText", func() (any, error) { return NewIssuer[appended](c) }},
	} {
		if _, err := test.make(); err == nil || !strings.Contains(err.Error(), "expected no method "+test.method+",") {
			t.Errorf("got %v, want an error about %s", err, test.method)
		}
	}
}

func TestClaimsTypes(t *testing.T) {
	type pointer struct{ *Claims }
	type named struct {
		Claims `json:"claims"`
	}
	type taken struct {
		Claims
		Subject int `json:"sub"`
	}
	type scoped struct {
		Claims
		Scopes []string `json:"scope"`
	}
	type twice struct {
		session
		Issuer string `json:"iss"`
	}
	type deep struct{ session }
	type folded struct {
		Claims `json:",case:ignore"`
	}
	type deepPointer struct{ *session }
	c := Config{AccessSecret: secret}
	for name, make := range map[string]func() (any, error){
		"pointer": func() (any, error) { return NewVerifier[pointer](c) },
		"named":   func() (any, error) { return NewVerifier[named](c) },
		"taken":   func() (any, error) { return NewVerifier[taken](c) },
		"scoped":  func() (any, error) { return NewVerifier[scoped](c) },
		"twice":   func() (any, error) { return NewVerifier[twice](c) },
		"folded":  func() (any, error) { return NewVerifier[folded](c) },
		"deep":    func() (any, error) { return NewVerifier[deepPointer](c) },
		"issuer":  func() (any, error) { return NewIssuer[taken](c) },
	} {
		if _, err := make(); err == nil || !strings.Contains(err.Error(), "claims type") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for name, make := range map[string]func() (any, error){
		"claims": func() (any, error) { return NewVerifier[Claims](c) },
		"deep":   func() (any, error) { return NewVerifier[deep](c) },
		"rich":   func() (any, error) { return NewVerifier[rich](c) },
	} {
		if _, err := make(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An exported method of Claims would be one of every claims type.
func TestClaimsHaveNoMethods(t *testing.T) {
	if p := reflect.TypeFor[*Claims](); p.NumMethod() > 0 {
		t.Errorf("Claims has the method %s", p.Method(0).Name)
	}
}

// A claim of the application may be a Time, and may be left zero.
func TestTimeAsClaim(t *testing.T) {
	type timed struct {
		Claims
		Login Time  `json:"login"`
		Last  *Time `json:"last"`
	}
	ctx, v, i := context.Background(), verifierOf[timed](t, Config{}), issuerOf[timed](t, Config{})
	for _, at := range []Time{0, 1, now, maxTime - 1} {
		token, _, err := i.Access(ctx, &timed{Login: at, Last: &at})
		if err != nil {
			t.Fatalf("%d: %v", at, err)
		}
		c := wantCode(t, v, token, 0)
		if c.Login != at || (at != 0) != (c.Last != nil) || c.Last != nil && *c.Last != at {
			t.Errorf("%d became %d", at, c.Login)
		}
	}
	for _, at := range []Time{-1, maxTime} {
		if token, _, err := i.Access(ctx, &timed{Login: at}); err == nil {
			t.Errorf("%d: issued %s, which no verifier takes", at, token)
		}
	}
}
