package auth

import (
	"context"
	"errors"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// CannotTell is the error of an Allowed method that cannot tell at the moment: the
// request is answered 503, as when a Revoker fails, and not 403.
func CannotTell(cause error) error {
	return &Error{Code: CodeUnavailable, reason: "what the token allows cannot be told", cause: cause}
}

// allowed reports whether the claims allow all of scopes: by their Allowed method
// where they have one, which then decides alone.
func (v *Verifier[T]) allowed(ctx context.Context, c *T, scopes []string) *Error {
	if len(scopes) == 0 {
		return nil
	}
	own, ok := any(c).(interface {
		Allowed(ctx context.Context, scopes []string) error
	})
	if !ok {
		if !v.registered(c).Scope.Has(scopes...) { //check:scope
			return refuse(CodeScope, "the token lacks a scope")
		}
		return nil
	}
	err := own.Allowed(ctx, scopes)
	if err == nil {
		return nil
	}
	if down, ok := errors.AsType[*Error](err); ok && down.Code == CodeUnavailable { //check:allowed-unavailable
		return down
	}
	return &Error{Code: CodeScope, reason: "Allowed refused the claims", cause: err}
}

// readScopes fills Scope from the claims in names, which hold either a string of
// scopes or a list of them.
func readScopes(s *scratch, names []string, c *Claims) *Error {
	c.Scope = nil
	return s.eachClaim(names, func(name string, value jsontext.Value) *Error {
		scopes, err := scopesOf(value)
		if err != nil { //check:scope-claim
			return refuse(CodeClaims, "claim "+claimName(jsontext.Pointer("").AppendToken(name))+" does not hold scopes")
		}
		c.Scope = append(c.Scope, scopes...)
		return nil
	})
}

// unmarshalScopes takes a list for scopes as well. What is in it counts only when its
// claim is among those that scopes are read from.
func unmarshalScopes(dec *jsontext.Decoder, s *Scopes) error {
	value, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if *s, err = scopesOf(value); err != nil { //check:scope-list
		return errScopes
	}
	return nil
}

var errScopes = errors.New("expected a string of scopes or a list of them")

func scopesOf(value jsontext.Value) (Scopes, error) {
	if value.Kind() == '[' {
		var list []string
		err := json.Unmarshal(value, &list)
		return list, err
	}
	var s Scopes
	err := s.UnmarshalJSON(value)
	return s, err
}
