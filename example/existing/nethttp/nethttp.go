// Package nethttp is a service on net/http that routes of apigen have joined.
package nethttp

import (
	"net/http"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
)

// New returns a service whose mux has the new routes beside its own.
func New(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello", host.Hello)
	mux.HandleFunc("/", host.NotFound)

	//snippet:register
	if err := api.RegisterHandlers(mux, c, h); err != nil {
		return nil, err
	}
	//snippet:end

	return host.Middleware(log)(mux), nil
}

// NewMounted returns a service that leaves everything below /api to the new
// routes, so that 404 and 405 are problems there too.
func NewMounted(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello", host.Hello)
	mux.HandleFunc("/", host.NotFound)

	//snippet:mount
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	mux.Handle("/api/", service)
	//snippet:end

	return host.Middleware(log)(mux), nil
}
