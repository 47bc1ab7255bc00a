package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
)

// Run serves h as c says until ctx ends or the process gets SIGTERM or an
// interrupt, and then stops as the package describes. It returns nil after a
// stop that cut nothing off.
//
// Everything that is wrong with c, its files and the options is reported in one
// error, before anything listens. An address that cannot be listened on is an
// error that says why and what to do. Other errors mean that requests were cut
// off when the stop took too long, or that accepting connections failed.
//
// Run logs the lines serving (with the url, and the name where there is one),
// stopping and stopped.
func Run(ctx context.Context, c Config, h http.Handler, opts ...Option) error {
	s, err := prepare(ctx, c, h, opts)
	if err != nil {
		return err
	}
	// From here on, so that a signal that comes early stops it too.
	signals := catch()
	defer signals.release()
	defer s.cancel(errCut)
	ln, err := s.open(ctx)
	switch {
	case err != nil && ctx.Err() != nil:
		return nil // stopped before it began
	case err != nil:
		return err
	}
	defer func() { _ = ln.Close() }()
	failed := make(chan error, 1)
	go func() { failed <- s.accept(ln) }()
	s.log.LogAttrs(ctx, slog.LevelInfo, "serving", s.describe(ln.Addr())...)

	var sig os.Signal
	select {
	case err := <-failed:
		return errors.Join(fmt.Errorf("the server no longer accepts connections: %w", err), s.cut())
	case sig = <-signals.c:
	case <-ctx.Done():
		sig = signals.last() // what ended the context may be the same signal
	}
	if sig != nil {
		signals.reset()
	} else {
		defer signals.resetAtNext()()
	}
	return s.stop(reason{sig}, ln)
}

// accept answers what comes in through ln until it is closed.
func (s *service) accept(ln net.Listener) error {
	if s.secure {
		return s.http.ServeTLS(ln, "", "")
	}
	return s.http.Serve(ln)
}

// describe returns what the line serving tells.
func (s *service) describe(addr net.Addr) []slog.Attr {
	url := "http://" + addr.String()
	switch {
	case addr.Network() == "unix":
		url = "unix:" + addr.String()
	case s.secure:
		url = "https://" + addr.String()
	}
	attrs := []slog.Attr{slog.String("url", url)}
	if s.config.Name != "" {
		attrs = append(attrs, slog.String("name", s.config.Name))
	}
	return attrs
}
