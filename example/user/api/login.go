package api

import (
	"context"
	"errors"
	"time"

	"github.com/apigen-go/apigen/example/user/store"
	"github.com/apigen-go/apigen/runtime/auth"
)

// ErrBadCredentials is the one answer to an unknown user and to a wrong
// password, so that nobody learns which user names exist.
var ErrBadCredentials = errors.New("the user name or the password is wrong")

// Session is what an access token carries.
//
//api:claims Auth
type Session struct {
	auth.Claims
	// UserID names the caller. The sub claim says the same; go-zero services
	// that read this token see only claims of their own name.
	UserID string `json:"userId" validate:"required"`
	// Name is what the user is called.
	Name string `json:"name"`
}

// Public is open to everyone.
//
//api:server prefix=/user
type Public struct {
	Users  *store.Store
	Tokens *auth.Issuer[Session]
}

// LoginReq carries a user's credentials.
type LoginReq struct {
	// Username is the account name.
	Username string `json:"username" validate:"min=3,max=64" example:"alice"`
	// Password is the account's password.
	Password string `json:"password" validate:"min=8,max=72"`
}

// LoginResp is a user signed in.
type LoginResp struct {
	// AccessToken goes into the header Authorization, after the word Bearer.
	AccessToken string `json:"accessToken"`
	// AccessExpire is when the token ends, in Unix seconds.
	AccessExpire int64 `json:"accessExpire"`
	// RefreshAfter is when it is time to sign in again, in Unix seconds.
	RefreshAfter int64 `json:"refreshAfter"`
}

// Login checks a password and returns an access token.
//
//api:route POST /login maxBytes=4KiB
//api:error 401 ErrBadCredentials detail="wrong user name or password"
func (p *Public) Login(ctx context.Context, req *LoginReq) (*LoginResp, error) {
	user, err := p.Users.Authenticate(req.Username, req.Password)
	if errors.Is(err, store.ErrNoMatch) {
		return nil, ErrBadCredentials
	} else if err != nil {
		return nil, err
	}
	now := time.Now()
	me := &Session{UserID: user.ID, Name: user.Name}
	me.Subject = user.ID
	token, expires, err := p.Tokens.Access(ctx, me)
	if err != nil {
		return nil, err
	}
	return &LoginResp{
		AccessToken:  token,
		AccessExpire: expires.Unix(),
		RefreshAfter: now.Add(expires.Sub(now) / 2).Unix(),
	}, nil
}
