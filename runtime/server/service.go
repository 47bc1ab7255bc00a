package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// service is one call of Run.
type service struct {
	settings
	config Config
	http   *http.Server
	secure bool // TLS is spoken; net/http sets TLSConfig without it too
	next   http.Handler
	health *health // nil where it is off

	stopping atomic.Bool
	running  atomic.Int64 // requests in handlers
	came     atomic.Int64 // connections, and requests during a stop
	// cancel ends the contexts of all requests.
	cancel context.CancelCauseFunc
}

const defaultLimit = 10 * time.Second

// prepare checks everything that can be checked before listening, and reports
// all that is wrong.
func prepare(ctx context.Context, c Config, h http.Handler, opts []Option) (*service, error) {
	s := &service{config: c, settings: settings{log: slog.Default(), limit: defaultLimit}}
	for _, o := range opts {
		if o != nil {
			o(&s.settings)
		}
	}
	errs := append([]error{c.Validate()}, s.errs...)
	if h == nil {
		errs = append(errs, errors.New("expected a handler, got nil"))
	}
	tlsConfig, err := s.tlsConfig()
	errs = append(errs, err)
	if err := errors.Join(errs...); err != nil {
		if s.listener != nil {
			_ = s.listener.Close() // nothing was served through it
		}
		return nil, fmt.Errorf("the server cannot start: %w", err)
	}
	if s.probes {
		s.health = newHealth(s.checks)
	}
	s.http = newHTTP(h, c, s.log)
	s.http.TLSConfig = tlsConfig
	for _, f := range s.adjust {
		f(s.http)
	}
	s.secure = s.http.TLSConfig != nil
	s.next, s.http.Handler = s.http.Handler, s
	if s.next == nil { // as net/http has it
		s.next = http.DefaultServeMux
	}
	s.ownContext(ctx)
	return s, nil
}

// ownContext makes the contexts of requests outlive ctx, whose values they keep,
// and end by s.cancel.
func (s *service) ownContext(ctx context.Context) {
	base, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	s.cancel = cancel
	theirs := s.http.BaseContext
	s.http.BaseContext = func(ln net.Listener) context.Context {
		if theirs == nil {
			return base
		}
		ctx, cancel := context.WithCancelCause(theirs(ln))
		context.AfterFunc(base, func() { cancel(context.Cause(base)) })
		return ctx
	}
}

// ServeHTTP stands in front of the handler.
func (s *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.running.Add(1)
	defer s.running.Add(-1)
	if s.stopping.Load() {
		s.came.Add(1)
		// HTTP/2 has no such header; there net/http takes it for the wish to
		// send GOAWAY.
		w.Header().Set("Connection", "close")
	}
	if s.health != nil && s.health.serve(w, r, s.stopping.Load(), s.log) {
		return
	}
	if s.limitBody(w, r) {
		s.next.ServeHTTP(w, r)
	}
}
