package account

import (
	"context"

	"github.com/apigen-go/apigen/example/existing/migrate/logic"
)

//snippet:oldlogic

// Old needs a token, and runs logic that was written for go-zero.
//
//api:server prefix=/old jwt=Auth middleware=ContextKeys
type Old struct{}

// UserInfo tells who the caller is.
//
//api:route GET /info
func (*Old) UserInfo(ctx context.Context) (*logic.UserInfoResp, error) {
	return logic.NewUserInfoLogic(ctx).UserInfo()
}

//snippet:end

//snippet:parameter

// Account needs a token.
//
//api:server prefix=/user jwt=Auth
type Account struct{}

// UserInfo tells who the caller is.
//
//api:route GET /info
func (*Account) UserInfo(_ context.Context, me *Session) (*logic.UserInfoResp, error) {
	return logic.Describe(me.UserID), nil
}

//snippet:end
