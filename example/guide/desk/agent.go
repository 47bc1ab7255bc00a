package desk

import (
	"context"
	"errors"

	"github.com/apigen-go/apigen/runtime/auth"
)

//snippet:claims

// Agent is who works at the desk. Pages send the token in a cookie, programs in
// Authorization.
//
//api:claims Auth in=cookie:__Host-desk,Authorization:Bearer
type Agent struct {
	auth.Claims
	Lead bool `json:"lead"`
}

//snippet:end

//snippet:allowed

// Allowed lets leads do what everybody may, and the rest by their scopes.
func (a *Agent) Allowed(_ context.Context, scopes []string) error {
	if a.Lead || a.Scope.Has(scopes...) {
		return nil
	}
	return errors.New("not a lead, and a scope is missing")
}

//snippet:end
