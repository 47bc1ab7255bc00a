package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"
)

const (
	// termDelay is the delay of a stop by SIGTERM that no option sets. What sends
	// it, an orchestrator, often tells the load balancer at the same time.
	termDelay = time.Second
	// cutGrace is how long handlers have to end once their contexts have, before
	// Run returns and what they use may be closed.
	cutGrace = time.Second
	// pollEvery is how often a wait looks again.
	pollEvery = 10 * time.Millisecond
)

// reason tells what the stop came by: a signal, or none where the context ended.
type reason struct{ signal os.Signal }

func (r reason) String() string {
	if r.signal == nil {
		return "the context ended"
	}
	return r.signal.String()
}

// delayOf returns how long a stop by r goes on serving.
func (s *service) delayOf(r reason) time.Duration {
	switch {
	case r.signal == os.Interrupt:
		return 0
	case s.delay != nil:
		return *s.delay
	case r.signal != nil:
		return termDelay
	}
	return 0
}

// stop ends the service as the package describes.
func (s *service) stop(why reason, ln *listener) error {
	delay := s.delayOf(why)
	s.stopping.Store(true)
	s.log.Info("stopping", slog.String("why", why.String()), slog.Duration("delay", delay), slog.Duration("limit", s.limit))
	time.Sleep(delay)
	ln.refuse()

	wait, cancel := context.WithTimeout(context.Background(), s.limit)
	defer cancel()
	err := s.http.Shutdown(wait)
	if err == nil {
		// Shutdown does not wait for handlers that have taken over their
		// connection.
		err = s.idle(wait)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.cutAfterLimit()
	}
	if err == nil {
		s.log.Info("stopped")
	}
	return err
}

// idle waits until no request is in a handler.
func (s *service) idle(ctx context.Context) error {
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for s.running.Load() > 0 {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

// errCut is the cause of the contexts of requests that are cut off.
var errCut = errors.New("the server stops, and the request took longer than it waits")

// cutAfterLimit ends what still runs.
func (s *service) cutAfterLimit() error {
	n := s.running.Load()
	err := s.cut()
	switch {
	case n == 0:
		// Nothing was running in a handler: headers that had not come in full, or
		// clients that do not read the end of their answer.
		s.log.Warn("connections without a running request were closed at the end of the stop")
	case n == 1:
		err = errors.Join(fmt.Errorf("stop: 1 request still ran after %v and was cut off", s.limit), err)
	default:
		err = errors.Join(fmt.Errorf("stop: %d requests still ran after %v and were cut off", n, s.limit), err)
	}
	return err
}

// cut cancels every request, closes every connection and gives handlers a moment
// to notice.
func (s *service) cut() error {
	s.cancel(errCut)
	err := s.http.Close()
	wait, cancel := context.WithTimeout(context.Background(), cutGrace)
	defer cancel()
	if s.idle(wait) != nil {
		s.log.Warn("handlers still run although their contexts have ended", slog.Int64("requests", s.running.Load()))
	}
	return err
}
