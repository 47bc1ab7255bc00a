package jwks

import (
	"log/slog"
	"net/http"
	"time"
)

// ClientOption changes how a Client works.
type ClientOption func(*clientSettings)

type clientSettings struct {
	http    *http.Client
	options Options
	clock   func() time.Time
	log     *slog.Logger
}

// WithHTTPClient sets what fetches, for a proxy or for certificates of one's own;
// nil leaves the default, a transport of the Client's own that takes proxies from
// the environment.
//
// Of h, its Transport is used, and its Timeout when it is shorter than 10 seconds.
// Its Jar and its CheckRedirect are not: no cookies are sent, and redirects follow
// the rules of Client.
func WithHTTPClient(h *http.Client) ClientOption {
	return func(s *clientSettings) {
		if h != nil {
			s.http = h
		}
	}
}

// WithOptions sets what is expected of the keys; those that do not fit are passed
// over.
func WithOptions(o Options) ClientOption {
	return func(s *clientSettings) { s.options = o }
}

// WithClock sets what tells the time; nil leaves time.Now.
func WithClock(now func() time.Time) ClientOption {
	return func(s *clientSettings) {
		if now != nil {
			s.clock = now
		}
	}
}

// WithLogger sets where the beginning and the end of an outage of the source are
// logged. Without it, or with nil, that is slog.Default at the time of the report.
func WithLogger(l *slog.Logger) ClientOption {
	return func(s *clientSettings) { s.log = l }
}

func (s *clientSettings) logger() *slog.Logger {
	if s.log == nil {
		return slog.Default()
	}
	return s.log
}
