// Package nulls takes null for absence on one of its routes.
package nulls

import (
	"context"

	"github.com/apigen-go/apigen/runtime"
)

// Own has a JSON form of its own, for which null is a value.
type Own struct{ Text string }

func (o *Own) UnmarshalJSON(b []byte) error {
	o.Text = string(b)
	return nil
}

type Req struct {
	Name string
	Opt  runtime.Opt[int]
	Ptr  *int
	Own  Own
	Any  any
	Def  int
	List []string
	Must Own
}

type Server struct{ got *Req }

func (s *Server) Strict(_ context.Context, r *Req) error {
	s.got = r
	return nil
}

func (s *Server) Absent(ctx context.Context, r *Req) error { return s.Strict(ctx, r) }
