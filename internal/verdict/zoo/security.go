package zoo

import (
	"context"
	"errors"

	"github.com/apigen-go/apigen/runtime/auth"
)

// Session is what a token carries.
//
//api:claims Auth
type Session struct{ auth.Claims }

// Robot is what a token in a header of its own carries.
//
//api:claims Machine in=header:X-Robot
type Robot struct{ auth.Claims }

// ErrTaken tells that somebody was faster.
var ErrTaken = errors.New("taken")

// Limit tells when to come back.
type Limit struct {
	After int    `header:"Retry-After"`
	Left  int    `json:"left"`
	Why   string `json:"why,omitempty"`
}

func (*Limit) Error() string { return "limit" }

// Fail says how to fail.
type Fail struct {
	How string `query:"how" validate:"oneof=no taken limit"`
}

// Secured asks for tokens.
//
//api:server prefix=/secured jwt=Auth timeout=30s
type Secured struct{}

// Token needs a token.
//
//api:route GET /token
func (Secured) Token(context.Context, *Session) (string1, error) { return string1{"x"}, nil }

// string1 is answered.
type string1 struct {
	Text string `json:"text"`
}

// Scoped needs scopes.
//
//api:route GET /scoped scopes=zoo:read,zoo:write
func (Secured) Scoped(context.Context) error { return nil }

// Maybe takes anonymous callers.
//
//api:route GET /maybe optional
func (Secured) Maybe(context.Context) error { return nil }

// Robots have a header of their own.
//
//api:route POST /robots jwt=Machine
func (Secured) Robots(_ context.Context, _ *Robot, _ *Loose) error { return nil }

// Failing fails as it is told.
//
//api:route GET /failing jwt=none
//api:error 409 ErrTaken detail="somebody was faster"
//api:error 429 Limit
func (Secured) Failing(_ context.Context, req *Fail) error {
	switch req.How {
	case "taken":
		return ErrTaken
	case "limit":
		return &Limit{After: 3, Left: 1}
	}
	return nil
}

// Old is not to be used any more.
//
// Deprecated: use Token.
//
//api:route GET /old jwt=none
func (Secured) Old(context.Context) error { return nil }
