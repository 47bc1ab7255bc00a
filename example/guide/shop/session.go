package shop

import (
	"context"

	"github.com/apigen-go/apigen/runtime/auth"
)

//snippet:claims

// Session is what an access token says of its caller.
//
//api:claims Auth
type Session struct {
	auth.Claims
	// Customer is who orders. Tokens without it are refused.
	Customer string `json:"customer" validate:"required"`
	// Premium is false where the token does not say.
	Premium bool `json:"premium"`
}

//snippet:end

//snippet:issue

// SignIn returns a token for a customer whose password was right.
func SignIn(ctx context.Context, tokens *auth.Issuer[Session], customer string) (string, error) {
	me := &Session{Customer: customer}
	me.Subject = customer
	me.Scope = auth.Scopes{"orders:write"}
	token, _, err := tokens.Access(ctx, me)
	return token, err
}

//snippet:end
