// Package failures declares errors.
package failures

import (
	"context"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

type Resp struct {
	Name string `json:"name"`
}

type Answer[T any] struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
	Data T      `json:"data"`
}

type Failure struct {
	Code int    `json:"code"`
	Msg  string `json:"msg"`
}

func (f *Failure) FromProblem(_ context.Context, p *runtime.Problem) {
	f.Code, f.Msg = p.Status, p.Code
}

type Hint string

type Conflict struct {
	RetryAfter time.Duration
	Attempt    *int
	Hints      []Hint
	Left       runtime.Opt[bool]
	Owner      string   `json:"owner"`
	Others     []string `json:"others,omitempty"`
}

func (c *Conflict) Error() string { return "conflict" }

type Limited struct{}

func (Limited) Error() string { return "limited" }

type Files struct{ err error }

func (f *Files) A(context.Context) (*Resp, error) { return &Resp{"a"}, f.err }
func (f *Files) B(context.Context) (*Resp, error) { return nil, f.err }
func (f *Files) C(context.Context) (*Resp, error) { return nil, f.err }
func (f *Files) D(context.Context) error          { return f.err }
