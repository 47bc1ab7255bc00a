package desk

import (
	"net/http"

	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

//snippet:service

// New returns the service, and beside it the keys with which others verify its
// tokens.
func New(c Config, accounts Accounts) (http.Handler, error) {
	tokens, err := NewAuthIssuer(c)
	if err != nil {
		return nil, err
	}
	revoked := auth.NewDenylist(auth.DenylistLifetime(c.Auth.AccessExpire.Duration()))
	api, err := NewHandler(c, Handlers{
		SignIn:  &SignIn{Tokens: tokens, Accounts: accounts},
		SignOut: &SignOut{Revoked: revoked},
		Tickets: &Tickets{},
	}, WithAuth(auth.WithRevoker(revoked)))
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", api)
	mux.Handle("/.well-known/jwks.json", jwks.Handler(tokens.PublicKeys))
	return mux, nil
}

//snippet:end
