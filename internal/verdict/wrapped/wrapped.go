// Package wrapped has an envelope, an error body and a status of its own.
//
//api:service title=Wrapped version=1.0.0 prefix=/wrapped invalid=400 contact=https://github.com/apigen-go/apigen/issues license=MIT openapi=openapi.yaml
package wrapped

//go:generate go tool apigen

import (
	"context"
	"errors"

	"github.com/apigen-go/apigen/runtime"
)

// Failure is the body of every error.
//
//api:problem
type Failure struct {
	Code    int      `json:"code"`
	Message string   `json:"message"`
	Detail  string   `json:"detail,omitempty"`
	Errors  []Broken `json:"errors,omitempty"`
}

// Broken is one thing that is wrong with a request.
type Broken struct {
	Pointer   string `json:"pointer,omitempty"`
	Parameter string `json:"parameter,omitempty"`
	In        string `json:"in,omitempty"`
	Code      string `json:"code"`
	Detail    string `json:"detail"`
}

// FromProblem fills the body.
func (f *Failure) FromProblem(_ context.Context, p *runtime.Problem) {
	f.Code, f.Message, f.Detail = p.Status, p.Title(), p.Detail
	for _, e := range p.Errors {
		f.Errors = append(f.Errors, Broken{e.Pointer, e.Parameter, e.In, e.Code, e.Detail})
	}
}

// Reply is around every answer.
//
//api:envelope
type Reply[T any] struct {
	Code int    `json:"code" default:"0"`
	Msg  string `json:"msg" default:"ok"`
	Data T      `json:"data"`
}

// ErrGone tells that nothing is left.
var ErrGone = errors.New("gone")

// Req is read.
type Req struct {
	ID   int    `query:"id" validate:"min=1"`
	Name string `json:"name" validate:"max=3"`
}

// Resp is answered.
type Resp struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// Wrapped wraps.
//
//api:server
type Wrapped struct{}

// Put answers a struct.
//
//api:route PUT /struct
//api:error 410 ErrGone
func (Wrapped) Put(_ context.Context, req *Req) (*Resp, error) {
	if req.Name == "" {
		return nil, ErrGone
	}
	return &Resp{ID: req.ID, Name: req.Name}, nil
}

// List answers a list.
//
//api:route PUT /list
func (Wrapped) List(context.Context, *Req) ([]Resp, error) { return nil, nil }

// None answers nothing.
//
//api:route PUT /none
func (Wrapped) None(context.Context, *Req) error { return nil }
