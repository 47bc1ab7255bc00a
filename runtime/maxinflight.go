package runtime

import (
	"net/http"
	"sync/atomic"
)

// MaxInFlight is a middleware that serves at most n requests at a time and
// answers those beyond with 503 and Retry-After. Around the whole service it
// bounds the service, in middleware= of a route that route. It panics for an n
// below 1.
func MaxInFlight(n int) func(http.Handler) http.Handler {
	if n < 1 {
		panic("runtime.MaxInFlight: expected at least 1")
	}
	return func(next http.Handler) http.Handler {
		var running atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			defer running.Add(-1)
			if running.Add(1) > int64(n) {
				(&Problem{
					Status: http.StatusServiceUnavailable,
					Detail: "too many requests are being served: try again later",
					Header: http.Header{"Retry-After": {"1"}},
				}).ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
