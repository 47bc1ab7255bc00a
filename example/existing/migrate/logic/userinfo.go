// Package logic is logic as goctl lays it out for a service of go-zero. It is what
// a service has before it moves, and does not change while it does.
package logic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// UserInfoLogic tells who the caller is.
type UserInfoLogic struct{ ctx context.Context }

// NewUserInfoLogic returns the logic of one request.
func NewUserInfoLogic(ctx context.Context) *UserInfoLogic { return &UserInfoLogic{ctx: ctx} }

// UserInfoResp is the answer.
type UserInfoResp struct {
	ID   int64  `json:"id"`
	Name string `json:"name"`
}

// UserInfo takes the caller from where go-zero puts the claims of tokens.
func (l *UserInfoLogic) UserInfo() (*UserInfoResp, error) {
	userID, ok := l.ctx.Value("userId").(json.Number)
	if !ok {
		return nil, errors.New("the context has no userId")
	}
	id, err := userID.Int64()
	if err != nil {
		return nil, err
	}
	return Describe(id), nil
}

// Describe returns what is known of a user.
func Describe(id int64) *UserInfoResp {
	return &UserInfoResp{ID: id, Name: fmt.Sprintf("user %d", id)}
}
