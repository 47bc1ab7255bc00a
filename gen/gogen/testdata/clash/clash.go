// Package clash declares names that generated code would like to have.
package clash

import (
	"context"

	"example.com/cases/auth"
	other "example.com/cases/v"
	"example.com/cases/x/runtime"
)

type (
	http struct{ Name string }
	req  struct{ V map[string][]other.Value }
	Req  struct {
		Req   req
		C     []auth.Thing
		Third runtime.Thing
	}
	Server struct{ err error }
	API    struct{}
)

type text string

func (t text) Error() string { return string(t) }

func (h *http) Error() string { return h.Name }

const (
	c = text("c")
	v = text("v")
)

var resp, utf8, errors = bindReq(), decodeReq(), encodeReq()

func api() string            { return newAPI() + serverGetError() + resp + utf8 + errors }
func newAPI() string         { return "" }
func bindReq() string        { return "" }
func decodeReq() string      { return "" }
func encodeReq() string      { return "" }
func serverGetError() string { return "" }

func (s *Server) Get(_ context.Context, r *Req) (*Req, error) { return r, s.err }
func (a *API) Routes(context.Context) error                   { _ = api(); return nil }
