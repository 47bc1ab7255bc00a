package api

import (
	"context"
	"errors"

	"github.com/apigen-go/apigen/example/user/store"
)

// ErrNotYours is the answer to a request for another user's profile.
var ErrNotYours = errors.New("the profile is another user's")

// Account needs a valid token.
//
//api:server prefix=/user jwt=Auth timeout=3s maxBytes=4KiB
type Account struct {
	Users *store.Store
}

// UserInfoReq asks for a profile.
type UserInfoReq struct {
	// ID is the user to look up, the caller by default.
	ID string `json:"id" api:"optional" validate:"max=64"`
}

// UserInfoResp is a user's profile.
type UserInfoResp struct {
	ID       string `json:"id"`
	Username string `json:"username"`
	Name     string `json:"name"`
}

// UserInfo returns the caller's profile.
//
//api:route POST /info
//api:error 403 ErrNotYours detail="this is another user's profile"
//api:error 404 store.ErrNotFound code=no_user
func (a *Account) UserInfo(_ context.Context, me *Session, req *UserInfoReq) (*UserInfoResp, error) {
	if req.ID != "" && req.ID != me.UserID {
		return nil, ErrNotYours
	}
	user, err := a.Users.ByID(me.UserID)
	if err != nil {
		return nil, err
	}
	return &UserInfoResp{ID: user.ID, Username: user.Username, Name: user.Name}, nil
}
