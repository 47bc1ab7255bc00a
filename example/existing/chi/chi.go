// Package chi is a service on chi that routes of apigen have joined.
package chi

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
)

// New returns a service that leaves everything below /api to the new routes.
func New(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	r := newRouter(log)

	//snippet:mount
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	r.Mount("/api", service)
	//snippet:end

	return r, nil
}

// NewRoutes returns a service that has two of the new routes below a prefix it
// keeps to itself.
func NewRoutes(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	r := newRouter(log)

	//snippet:routes
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	r.Handle(api.RoutePublicStatus, service)
	r.Handle(api.RouteNotesPutNote, service)
	//snippet:end

	return r, nil
}

// newRouter is the service before.
func newRouter(log host.Log) *chi.Mux {
	r := chi.NewRouter()
	r.Use(middleware.RequestID, logging(log), middleware.Recoverer)
	r.Get("/hello", host.Hello)
	r.NotFound(host.NotFound)
	return r
}

// logging logs every request with what chi knows of it.
func logging(log host.Log) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			id := middleware.GetReqID(r.Context())
			w.Header().Set(host.Header, id)
			r = r.WithContext(host.WithRequestID(r.Context(), id))
			rec := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
			defer func() {
				log(host.Entry{RequestID: id, Method: r.Method, Path: r.URL.Path, Pattern: r.Pattern, Status: rec.Status()})
			}()
			next.ServeHTTP(rec, r)
		})
	}
}
