// Package cors lets pages of other origins call a service, by github.com/rs/cors.
package cors

import (
	"net/http"

	"github.com/rs/cors"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/runtime"
)

// New returns a service that pages of https://app.example.com may call, with
// tokens and cookies.
func New(c api.Config, h api.Handlers) (http.Handler, error) {
	//snippet:cors
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	allow := cors.New(cors.Options{
		AllowedOrigins:   []string{"https://app.example.com"},
		AllowedMethods:   []string{http.MethodGet, http.MethodPost, http.MethodPut},
		AllowedHeaders:   []string{"Authorization", "Content-Type"},
		ExposedHeaders:   []string{"WWW-Authenticate", "Retry-After", "X-Request-Id"},
		AllowCredentials: true,
		MaxAge:           600,
	})
	// Around the service, so that a preflight, which never has a token (Fetch
	// standard, section 4.8), is answered before tokens are asked for.
	return runtime.RequestID(allow.Handler(service)), nil
	//snippet:end
}
