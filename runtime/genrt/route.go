package genrt

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

// Route is one route as it is registered.
type Route struct {
	// Pattern is a method and a path as http.ServeMux takes them.
	Pattern string
	// Vars names the variables of the path whose values must not lead out of
	// the place they stand in; nil where dots are allowed.
	Vars []string
	// Handler serves the route.
	Handler http.Handler
}

// handler returns what is registered for a route.
func (s *Server) handler(r Route) http.Handler {
	if c, ok := r.Handler.(chained); ok { //check:middleware-panic
		r.Handler = s.Raw(c.ServeHTTP)
	}
	if len(r.Vars) == 0 {
		return r.Handler
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		for _, name := range r.Vars {
			if !isPlain(req.PathValue(name)) {
				s.notFound(w, req)
				return
			}
		}
		r.Handler.ServeHTTP(w, req)
	})
}

// isPlain reports whether a value of the path is safe to be taken for names in
// a tree: no segment, encoded slashes included, is "." or "..", and there is no
// backslash or NUL, which file systems read in ways of their own.
func isPlain(value string) bool {
	if strings.IndexByte(value, '\\') >= 0 { //check:backslash
		return false
	}
	if strings.IndexByte(value, 0) >= 0 { //check:nul
		return false
	}
	if hasDots(value) { //check:dots
		return false
	}
	return true
}

// hasDots reports whether a segment of value is "." or "..".
func hasDots(value string) bool {
	for more := true; more; {
		var segment string
		segment, value, more = strings.Cut(value, "/")
		if segment == "." || segment == ".." {
			return true
		}
	}
	return false
}

// notFound answers that there is nothing.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request) {
	c := s.Begin(w, r)
	defer c.End()
	c.answer(&runtime.Problem{Status: http.StatusNotFound})
}

// Register adds the routes to mux. When a route conflicts with another one or
// with what mux has, it returns an error for each and adds none. Routes must
// not be added to mux by others at the same time.
func (s *Server) Register(mux *http.ServeMux, routes []Route) error {
	if mux == nil {
		return errors.New("the mux is nil: pass the one to register on, such as http.NewServeMux()")
	}
	if err := checkRoutes(registered(mux), routes); err != nil {
		return err
	}
	for _, r := range routes {
		if err := handle(mux, r.Pattern, s.handler(r)); err != nil {
			return err
		}
	}
	return nil
}

// checkRoutes reports what keeps the routes from being registered on a mux that
// has taken patterns.
func checkRoutes(taken []string, routes []Route) error {
	trial := http.NewServeMux()
	for _, pattern := range taken {
		_ = handle(trial, pattern, http.NotFoundHandler()) // they fit each other
	}
	var errs []error
	for _, r := range routes {
		if r.Handler == nil {
			errs = append(errs, fmt.Errorf("the route %q has no handler", r.Pattern))
			continue
		}
		err := handle(trial, r.Pattern, r.Handler)
		if err != nil { //check:conflict
			errs = append(errs, explain(err, r.Pattern, taken))
			continue
		}
		taken = append(taken, r.Pattern)
	}
	return errors.Join(errs...)
}

// handle is mux.Handle with an error instead of a panic.
func handle(mux *http.ServeMux, pattern string, h http.Handler) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the route %q cannot be registered: %v", pattern, v)
		}
	}()
	mux.Handle(pattern, h)
	return nil
}

// explain finds the pattern that stands in the way of another; err is what
// net/http said, with places in the code that help nobody.
func explain(err error, pattern string, taken []string) error {
	for _, other := range taken {
		pair := http.NewServeMux()
		if handle(pair, other, http.NotFoundHandler()) == nil && handle(pair, pattern, http.NotFoundHandler()) != nil &&
			handle(http.NewServeMux(), pattern, http.NotFoundHandler()) == nil {
			return fmt.Errorf("the route %q conflicts with %q, which the mux has: both match some requests and neither is more specific", pattern, other)
		}
	}
	return err
}
