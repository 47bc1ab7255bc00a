package runtime

import (
	"log/slog"
	"net/http"
	"time"
)

// AccessLog is a middleware that logs a line for each request when it is
// answered: the method, the pattern of the route, the status, the bytes of the
// body, how long it took, the address of the client and the id of the request, as
// [TrustProxies] and [RequestID] found them where those stand around it. An answer
// that was cut off is marked by aborted, a connection that was taken over by
// hijacked; the status is 0 where none was sent.
// Headers, query strings and bodies are never logged, and the path only where
// there is no route to name. A nil logger is slog.Default at the time of the
// request.
func AccessLog(l *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			seen, start, done := &observed{ResponseWriter: w}, time.Now(), false
			defer func() {
				logger := l
				if logger == nil {
					logger = slog.Default()
				}
				attrs := append(aboutRequest(r), slog.Int("status", seen.final(done)), slog.Int64("bytes", seen.bytes),
					slog.Duration("duration", time.Since(start)))
				switch {
				case seen.hijacked:
					attrs = append(attrs, slog.Bool("hijacked", true))
				case !done: // a panic on its way to net/http, which cuts the connection
					attrs = append(attrs, slog.Bool("aborted", true))
				}
				logger.LogAttrs(r.Context(), slog.LevelInfo, "request", attrs...)
			}()
			next.ServeHTTP(seen, r)
			done = true
		})
	}
}

// final is the status that the client has got, or 0 for none.
func (w *observed) final(done bool) int {
	if w.status == 0 && done && !w.hijacked {
		return http.StatusOK // what net/http sends for a handler that wrote nothing
	}
	return w.status
}

// aboutRequest is what may be logged of a request.
func aboutRequest(r *http.Request) []slog.Attr {
	const limit = 256
	attrs := make([]slog.Attr, 0, 8)
	attrs = append(attrs, slog.String("method", cut(r.Method, limit)))
	if r.Pattern != "" {
		attrs = append(attrs, slog.String("pattern", r.Pattern))
	} else {
		attrs = append(attrs, slog.String("path", cut(r.URL.Path, limit)))
	}
	if addr := ClientAddr(r); addr.IsValid() {
		attrs = append(attrs, slog.String("client", addr.String()))
	}
	if id := RequestIDFrom(r.Context()); id != "" {
		attrs = append(attrs, slog.String("request_id", id))
	}
	return attrs
}

// cut bounds what a client may write into a log.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	return s[:limit] + "…"
}
