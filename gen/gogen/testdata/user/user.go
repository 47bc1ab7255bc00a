// Package user is the tutorial.
package user

import (
	"context"
	"errors"

	"github.com/apigen-go/apigen/runtime/auth"
)

var ErrBadCredentials = errors.New("bad credentials")

type LoginReq struct {
	Username string `json:"username" validate:"min=3,max=64"`
	Password string `json:"password" validate:"min=8"`
}

type LoginResp struct {
	AccessToken  string `json:"accessToken"`
	AccessExpire int64  `json:"accessExpire"`
	Note         string `json:"note,omitempty"`
}

type Session struct {
	auth.Claims
	Name string `json:"name"`
}

type UserInfoReq struct{}

type UserInfoResp struct {
	Name string   `json:"name"`
	Tags []string `json:"tags"`
}

// Public is open to everyone.
type Public struct{ Tokens *auth.Issuer[Session] }

func (p *Public) Login(ctx context.Context, req *LoginReq) (*LoginResp, error) {
	if req.Password != "correct horse" {
		return nil, ErrBadCredentials
	}
	token, expires, err := p.Tokens.Access(ctx, &Session{Name: req.Username})
	if err != nil {
		return nil, err
	}
	return &LoginResp{AccessToken: token, AccessExpire: expires.Unix()}, nil
}

type Account struct{}

func (a *Account) UserInfo(_ context.Context, me *Session, _ *UserInfoReq) (*UserInfoResp, error) {
	return &UserInfoResp{Name: me.Name}, nil
}
