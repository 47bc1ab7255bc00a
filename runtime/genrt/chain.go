package genrt

import (
	"net/http"

	"github.com/apigen-go/apigen/runtime/internal/request"
)

// Chain puts middleware around h, the left one outermost. A nil one is left
// out.
func Chain(h http.Handler, mw ...func(http.Handler) http.Handler) http.Handler {
	for i := len(mw) - 1; i >= 0; i-- {
		if mw[i] != nil {
			h = mw[i](h)
		}
	}
	return chained{h}
}

// chained marks a handler with middleware of the user around it, whose panics
// no call inside of it sees.
type chained struct{ http.Handler }

// Guard makes a middleware of a check, which answers the requests it refuses.
// The handlers behind it get the context the check has set.
func (s *Server) Guard(check func(*Call) bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if passed := s.guard(w, r, check); passed != nil {
				request.Serve(next, w, passed, r)
			}
		})
	}
}

// guard returns the request to go on with, or nil when check refused it.
func (s *Server) guard(w http.ResponseWriter, r *http.Request, check func(*Call) bool) (passed *http.Request) {
	c := s.Begin(w, r)
	defer c.End()
	if check(c) {
		passed = c.Request()
	}
	return passed
}

// Raw serves a handler that does everything by itself, except that its panics
// are answered like those of others.
func (s *Server) Raw(h http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := s.Begin(w, r)
		defer c.End()
		h(c.Writer(), r)
	})
}
