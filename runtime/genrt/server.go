package genrt

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/internal/opt"
	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// Server holds what the routes of one service share. It is set up once and
// only read afterwards.
type Server struct {
	logger  *slog.Logger // nil stands for slog.Default at the time of use
	invalid int          // status of requests that break a rule
	problem ProblemEncoder
}

// ProblemEncoder writes the body of an error in a form of the service's own.
type ProblemEncoder = func(ctx context.Context, p *runtime.Problem, e *jsonrt.Encoder)

// NewServer returns a server with the given options.
func NewServer(opts []runtime.Option) *Server {
	return &Server{
		logger:  opt.Apply(opts).Logger,
		invalid: http.StatusUnprocessableEntity,
	}
}

// EncodeProblems makes f write the bodies of all errors, which are then sent as
// application/json instead of the application/problem+json of RFC 9457. The
// status and the headers are not in its hands: f works on a copy.
func (s *Server) EncodeProblems(f ProblemEncoder) { s.problem = f }

// InvalidStatus sets the status of requests that were read but do not fit,
// 422 by default.
func (s *Server) InvalidStatus(status int) { s.invalid = status }

// NotNil returns an error when the handler in a field of Handlers is missing.
func NotNil(field string, isNil bool) error {
	if !isNil {
		return nil
	}
	return fmt.Errorf("the handler Handlers.%s is nil: set it before the service is built", field)
}
