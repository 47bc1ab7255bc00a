package server

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Option is one setting of [Run] beside its [Config]. Of two that set the same
// thing the later one stands.
type Option func(*settings)

// settings are what the options say.
type settings struct {
	listener net.Listener
	addr     string
	log      *slog.Logger
	delay    *time.Duration // nil where no option gives it
	limit    time.Duration
	probes   bool // health is asked for
	checks   []func(context.Context) error
	tls      *tls.Config
	adjust   []func(*http.Server)
	errs     []error
}

func (s *settings) wrong(text string) { s.errs = append(s.errs, errors.New(text)) }

// WithAddr makes Run listen on addr, as [net.Listen] takes it for TCP, instead
// of Host and Port of the Config. Port 0 is a free one, which the line serving
// tells.
func WithAddr(addr string) Option {
	return func(s *settings) {
		if _, _, err := net.SplitHostPort(addr); err != nil {
			s.wrong("WithAddr: expected host:port, such as 127.0.0.1:8888 or :8888")
		}
		s.addr = addr
	}
}

// WithListener makes Run serve what l accepts, a unix socket or one that was
// handed to the process, instead of listening itself. Run closes l, also when it
// returns an error.
func WithListener(l net.Listener) Option {
	return func(s *settings) {
		if l == nil {
			s.wrong("WithListener: expected a listener, got nil")
		}
		s.listener = l
	}
}

// WithLogger makes l take what Run reports, and what net/http reports of
// connections and of panics, as warnings. Without it that is slog.Default.
func WithLogger(l *slog.Logger) Option {
	return func(s *settings) {
		if l == nil {
			s.wrong("WithLogger: expected a logger, got nil")
		}
		s.log = l
	}
}

// WithDrain says how a stop goes on: for delay everything is still served while
// /readyz says 503 and answers close their connections, and for limit after that
// requests that have begun may take their time.
//
// Without it, delay is 1s when the stop comes by SIGTERM and nothing when ctx
// ends, and limit is 10s. An interrupt, which comes from a person who waits,
// never has a delay. Behind a load balancer delay should be longer than it needs
// to take a server out; whatever sends SIGTERM must wait for both before it
// kills.
func WithDrain(delay, limit time.Duration) Option {
	return func(s *settings) {
		if delay < 0 || limit < 0 {
			s.wrong("WithDrain: expected two times of at least 0")
		}
		s.delay, s.limit = &delay, limit
	}
}

// WithHealth answers GET and HEAD on /healthz and /readyz before the handler is
// asked. /healthz says 200 as long as the process serves. /readyz says 200 when
// every check returns nil within two seconds, and 503 otherwise and once the
// server stops. Checks run at the same time; their errors are logged and never
// sent. Who asks while a check still runs waits for that one, so one that hangs
// does not pile up. Everybody may ask /readyz, so checks should be cheap.
func WithHealth(ready ...func(context.Context) error) Option {
	return func(s *settings) {
		for _, check := range ready {
			if check == nil {
				s.wrong("WithHealth: expected functions, got nil")
			}
		}
		s.probes, s.checks = true, ready
	}
}

// WithTLS makes Run speak TLS as c says, of which it works on a copy, with the
// certificate of the Config besides those of c. c may hold no certificate only
// where the Config names one.
func WithTLS(c *tls.Config) Option {
	return func(s *settings) {
		if c == nil {
			s.wrong("WithTLS: expected a configuration, got nil")
		}
		s.tls = c
	}
}

// WithHTTP lets f change what no other option sets, before the server is used.
// The handler f sees is the one given to Run; health checks and the limit of the
// Config for bodies stay in front of what f makes of it. Of several all are
// called, in their order.
func WithHTTP(f func(*http.Server)) Option {
	return func(s *settings) {
		if f == nil {
			s.wrong("WithHTTP: expected a function, got nil")
			return
		}
		s.adjust = append(s.adjust, f)
	}
}
