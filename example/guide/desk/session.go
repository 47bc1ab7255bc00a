package desk

import (
	"context"
	"errors"
	"net/http"

	"github.com/apigen-go/apigen/runtime/auth"
)

// ErrWrongPassword says that name and password do not belong together.
var ErrWrongPassword = errors.New("wrong name or password")

// Accounts knows the agents.
type Accounts interface {
	// Check returns the agent of that name, or ErrWrongPassword.
	Check(ctx context.Context, name, password string) (*Agent, error)
}

//snippet:cookie

const cookieName = "__Host-desk"

// SignIn is open to everyone.
//
//api:server prefix=/session
type SignIn struct {
	Tokens   *auth.Issuer[Agent]
	Accounts Accounts
}

// SignInReq is who signs in.
type SignInReq struct {
	Name     string `json:"name" validate:"required,max=64"`
	Password string `json:"password" validate:"required,max=256"`
}

// Create signs an agent in.
//
//api:route POST /
//api:error 401 ErrWrongPassword
func (s *SignIn) Create(ctx context.Context, req *SignInReq, w http.ResponseWriter, _ *http.Request) error {
	agent, err := s.Accounts.Check(ctx, req.Name, req.Password)
	if err != nil {
		return err
	}
	token, expires, err := s.Tokens.Access(ctx, agent)
	if err != nil {
		return err
	}
	http.SetCookie(w, auth.Cookie(cookieName, token, expires))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

//snippet:end

//snippet:revoke

// SignOut ends sessions.
//
//api:server prefix=/session jwt=Auth
type SignOut struct{ Revoked *auth.Denylist }

// Delete signs the agent out: the page forgets its cookie, and the token in it, which
// somebody may have copied, is good no longer.
//
//api:route DELETE /
func (s *SignOut) Delete(_ context.Context, me *Agent, w http.ResponseWriter, _ *http.Request) error {
	if err := s.Revoked.Revoke(&me.Claims); err != nil {
		return err
	}
	http.SetCookie(w, auth.ExpiredCookie(cookieName))
	w.WriteHeader(http.StatusNoContent)
	return nil
}

//snippet:end
