// Package seed holds the user API of the benchmarks: a login and a lookup
// behind a token, with handlers that cost next to nothing.
package seed

//go:generate go tool apigen

import (
	"context"
	"errors"

	"github.com/apigen-go/apigen/runtime/auth"
)

// ErrBadCredentials is the answer to a wrong user name or password.
var ErrBadCredentials = errors.New("bad credentials")

// Session is what an access token carries.
//
//api:claims Auth
type Session struct {
	auth.Claims
	UserID string `json:"userId" validate:"required"`
	Name   string `json:"name"`
}

// LoginReq carries a user's credentials.
type LoginReq struct {
	Username string `json:"username" validate:"min=3,max=64"`
	Password string `json:"password" validate:"min=8,max=72"`
}

// LoginResp is the answer to a login.
type LoginResp struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	AccessToken string `json:"accessToken"`
	ExpiresAt   int64  `json:"accessExpire"`
}

// Public is open to everyone.
//
//api:server prefix=/user
type Public struct{}

// Login takes every password but one.
//
//api:route POST /login
//api:error 401 ErrBadCredentials
func (p *Public) Login(_ context.Context, req *LoginReq) (*LoginResp, error) { return login(req) }

//go:noinline
func login(req *LoginReq) (*LoginResp, error) {
	if req.Password == "wrong password" {
		return nil, ErrBadCredentials
	}
	return &LoginResp{ID: "u1", Name: req.Username, AccessToken: "token", ExpiresAt: 1767229200}, nil
}

// InfoReq asks for the caller's profile.
type InfoReq struct {
	ID string `json:"id" api:"optional" validate:"max=64"`
}

// InfoResp is a profile.
type InfoResp struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Account needs a valid token.
//
//api:server prefix=/user jwt=Auth
type Account struct{}

// Info returns the caller's profile.
//
//api:route POST /info
func (a *Account) Info(_ context.Context, me *Session, req *InfoReq) (*InfoResp, error) {
	return info(me.UserID, me.Name, req)
}

//go:noinline
func info(id, name string, _ *InfoReq) (*InfoResp, error) {
	return &InfoResp{ID: id, Name: name}, nil
}
