package runtime

import "net/http"

// MaxInFlight is a middleware that serves at most n requests at a time and
// answers those beyond with 503 and Retry-After. Around the whole service it
// bounds the service, in middleware= of a route that route. It panics for an n
// below 1.
func MaxInFlight(n int) func(http.Handler) http.Handler {
	if n < 1 {
		panic("runtime.MaxInFlight: expected at least 1")
	}
	return func(next http.Handler) http.Handler {
		slots := make(chan struct{}, n) // of no size, whatever n is
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			select {
			case slots <- struct{}{}:
				defer func() { <-slots }()
				next.ServeHTTP(w, r)
			default: // and takes no slot, however slowly the answer is read
				(&Problem{
					Status: http.StatusServiceUnavailable,
					Detail: "too many requests are being served: try again later",
					Header: http.Header{"Retry-After": {"1"}},
				}).ServeHTTP(w, r)
			}
		})
	}
}
