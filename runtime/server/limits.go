package server

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

const (
	headerTimeout = 5 * time.Second
	// Longer than proxies keep theirs by default (60s in nginx and an AWS ALB), so
	// that the proxy, which knows when it is going to send, is the one that closes.
	idleTimeout    = 75 * time.Second
	maxHeaderBytes = 32 << 10
)

// newHTTP returns a server with limits for everything that a client decides.
func newHTTP(h http.Handler, c Config, log *slog.Logger) *http.Server {
	t := c.timeout()
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: min(headerTimeout, t),
		// The answer to a request that does not arrive in time needs some time
		// too: net/http starts the clock of WriteTimeout at the end of the
		// header, and a connection past it takes no byte any more.
		ReadTimeout:    t - t/10,
		WriteTimeout:   t,
		IdleTimeout:    idleTimeout,
		MaxHeaderBytes: maxHeaderBytes,
		// In HTTP/2 the limits above are those of a stream. A client that takes no
		// byte at all from the connection blocks every stream of it, the message
		// that resets one as well.
		HTTP2:    &http.HTTP2Config{WriteByteTimeout: t},
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// limitBody holds the body of r to the limit of the configuration. It reports
// false when it has answered (RFC 9110 section 15.5.14).
func (s *service) limitBody(w http.ResponseWriter, r *http.Request) bool {
	most := int64(s.config.MaxBytes)
	switch {
	case most == 0 || r.ContentLength == 0:
		return true
	case r.ContentLength > most:
		p := &runtime.Problem{Status: http.StatusRequestEntityTooLarge, Detail: "the body must not have more than " + strconv.FormatInt(most, 10) + " bytes"}
		p.ServeHTTP(w, r)
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, most)
	return true
}
