package account

import "github.com/apigen-go/apigen/runtime/auth"

//snippet:claims

// Session is what go-zero's tutorial puts into its tokens.
//
//api:claims Auth
type Session struct {
	auth.Claims
	UserID int64 `json:"userId" validate:"required"`
}

//snippet:end
