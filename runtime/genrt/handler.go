package genrt

import (
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

// NewHandler returns a handler for the routes that also answers for what is not
// there: 404 and 405 as problems. It never redirects: a path with an empty
// segment, "." or ".." is 404, and so is a path that lacks the slash at the end
// of a route.
func (s *Server) NewHandler(routes []Route) (http.Handler, error) {
	if err := checkRoutes(nil, routes); err != nil {
		return nil, err
	}
	h := &service{s: s, all: s.newMux(routes), literal: s.literals(routes)}
	for _, r := range routes {
		depth, ok := slashDepth(r.Pattern)
		for ok && len(h.short) <= depth {
			h.short = append(h.short, nil)
		}
		if ok && h.short[depth] == nil {
			h.short[depth] = s.newMux(without(routes, depth))
		}
	}
	return h, nil
}

// service is a whole service.
type service struct {
	s       *Server
	literal map[target]Route
	all     *http.ServeMux
	// short holds, by the number of slashes in a path that does not end in one,
	// the mux without the routes that match the path with a slash appended: to
	// those net/http would redirect. Most services have none.
	short []*http.ServeMux
}

func (h *service) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if route, ok := h.literal[target{r.Method, r.URL.Path}]; ok && r.URL.RawPath == "" {
		r.Pattern = route.Pattern
		route.Handler.ServeHTTP(w, r)
		return
	}
	path := r.URL.Path
	if r.URL.RawPath != "" {
		path = r.URL.EscapedPath()
	}
	if !isClean(path) { //check:unclean
		h.s.notFound(w, r)
		return
	}
	h.muxFor(path).ServeHTTP(w, r)
}

// muxFor returns the mux that does not redirect the path.
func (h *service) muxFor(path string) *http.ServeMux {
	if len(h.short) == 0 || path[len(path)-1] == '/' {
		return h.all
	}
	depth := strings.Count(path, "/")
	if depth < len(h.short) && h.short[depth] != nil { //check:redirect
		return h.short[depth]
	}
	return h.all
}

// newMux returns a mux with the routes, and behind them a route for the rest.
// The rest is looked up a second time in a mux without that route, which knows
// the methods a path has; requests that find their route pay nothing for it.
func (s *Server) newMux(routes []Route) *http.ServeMux {
	mux, shadow := http.NewServeMux(), http.NewServeMux()
	for _, r := range routes {
		h := s.handler(r)
		mux.Handle(r.Pattern, h)
		shadow.Handle(r.Pattern, h)
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		r.Pattern = "" // no route of the service
		s.nothingThere(shadow, w, r)
	})
	return mux
}

// nothingThere answers a request without a route: 405 where the path has routes
// for other methods (RFC 9110 section 15.5.6), else 404.
func (s *Server) nothingThere(shadow *http.ServeMux, w http.ResponseWriter, r *http.Request) {
	c := s.Begin(w, r)
	defer c.End()
	p := &runtime.Problem{Status: http.StatusNotFound}
	h, _ := shadow.Handler(r)
	verdict := verdict{header: make(http.Header)}
	h.ServeHTTP(&verdict, r)
	if verdict.status == http.StatusMethodNotAllowed {
		p.Status = http.StatusMethodNotAllowed
		p.Header = http.Header{"Allow": verdict.header["Allow"]}
	}
	c.answer(p)
}

// verdict is a writer that keeps the status and the headers.
type verdict struct {
	header http.Header
	status int
}

func (v *verdict) Header() http.Header         { return v.header }
func (v *verdict) WriteHeader(status int)      { v.status = status }
func (v *verdict) Write(b []byte) (int, error) { return len(b), nil }

// isClean reports whether net/http takes an escaped path as it is.
func isClean(path string) bool {
	if path == "" || path[0] != '/' {
		return false
	}
	for rest, more := path[1:], true; more; {
		var segment string
		segment, rest, more = strings.Cut(rest, "/")
		if segment == "." || segment == ".." || segment == "" && more {
			return false
		}
	}
	return true
}

// slashDepth tells how many slashes the path has that lacks only the slash at
// the end of the pattern, for patterns that end in a slash or a rest.
func slashDepth(pattern string) (int, bool) {
	path := pattern[strings.IndexByte(pattern, '/'):]
	if !strings.HasSuffix(path, "/") && !strings.HasSuffix(path, "...}") && !strings.HasSuffix(path, "/{$}") {
		return 0, false
	}
	return strings.Count(path, "/") - 1, true
}

// without returns the routes but those that end in a slash or a rest at depth.
func without(routes []Route, depth int) []Route {
	kept := make([]Route, 0, len(routes))
	for _, r := range routes {
		if d, ok := slashDepth(r.Pattern); !ok || d != depth {
			kept = append(kept, r)
		}
	}
	return kept
}
