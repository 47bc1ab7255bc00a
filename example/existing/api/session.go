package api

import "github.com/apigen-go/apigen/runtime/auth"

//snippet:claims

// Session is what an access token carries.
//
//api:claims Auth
type Session struct {
	auth.Claims
	// UserID names the caller, as a number or a decimal string.
	UserID int64 `json:"userId" validate:"required"`
}

//snippet:end
