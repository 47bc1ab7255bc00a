// Package gozero is a service on go-zero that routes of apigen have joined.
package gozero

import (
	"net/http"
	"strings"

	"github.com/zeromicro/go-zero/rest"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
)

// New returns a service that has the new routes beside its own, with all of
// go-zero's middleware around them.
func New(conf rest.RestConf, c api.Config, h api.Handlers, log host.Log) (*rest.Server, error) {
	server, err := NewPlain(conf, log)
	if err != nil {
		return nil, err
	}

	//snippet:routes
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	server.AddRoutes([]rest.Route{
		{Method: http.MethodGet, Path: "/api/status", Handler: service.ServeHTTP},
		{Method: http.MethodPut, Path: "/api/notes/:id", Handler: service.ServeHTTP},
		{Method: http.MethodGet, Path: "/api/notes/:id", Handler: service.ServeHTTP},
	})
	server.AddRoute(rest.Route{Method: http.MethodGet, Path: "/api/notes/:id/lines", Handler: service.ServeHTTP}, rest.WithTimeout(0))
	//snippet:end

	return server, nil
}

// NewBehind returns a service that leaves to the new routes whatever go-zero has
// no route for.
func NewBehind(conf rest.RestConf, c api.Config, h api.Handlers, log host.Log) (*rest.Server, error) {
	//snippet:behind
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	server, err := newServer(conf, log, rest.WithNotFoundHandler(service))
	//snippet:end
	return server, err
}

//snippet:unpacked

// Unpacked is a middleware for routes that get bodies in gzip: go-zero unpacks
// them and leaves the header that says they are packed.
func Unpacked(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Content-Encoding")
		next(w, r)
	}
}

//snippet:end

//snippet:front

// InFront is an option of StartWithOpts: go-zero goes on to start and stop the
// server, and service gets every request whose path begins with prefix before
// go-zero looks at it.
func InFront(prefix string, service http.Handler) rest.StartOption {
	return func(server *http.Server) {
		goZero := server.Handler
		server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, prefix) {
				service.ServeHTTP(w, r)
				return
			}
			goZero.ServeHTTP(w, r)
		})
	}
}

//snippet:end

// NewPlain returns the service without the new routes.
func NewPlain(conf rest.RestConf, log host.Log) (*rest.Server, error) {
	return newServer(conf, log, rest.WithNotFoundHandler(http.HandlerFunc(host.NotFound)))
}

// newServer is the service before.
func newServer(conf rest.RestConf, log host.Log, opts ...rest.RunOption) (*rest.Server, error) {
	server, err := rest.NewServer(conf, opts...)
	if err != nil {
		return nil, err
	}
	server.Use(rest.ToMiddleware(host.Middleware(log)))
	server.AddRoute(rest.Route{Method: http.MethodGet, Path: "/hello", Handler: host.Hello})
	return server, nil
}
