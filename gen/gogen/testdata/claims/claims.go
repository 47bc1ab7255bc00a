// Package claims only issues tokens.
package claims

import "github.com/apigen-go/apigen/runtime/auth"

type Session struct {
	auth.Claims
	Name string `json:"name"`
}
