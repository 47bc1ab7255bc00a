package main

import (
	"log/slog"
	"net/http"

	"github.com/apigen-go/apigen/example/user/api"
	"github.com/apigen-go/apigen/example/user/store"
	"github.com/apigen-go/apigen/runtime"
)

// newHandler returns the whole service, and its documentation.
func newHandler(c api.Config, users *store.Store, log *slog.Logger) (http.Handler, error) {
	tokens, err := api.NewAuthIssuer(c)
	if err != nil {
		return nil, err
	}
	service, err := api.NewHandler(c, api.Handlers{
		Public:  &api.Public{Users: users, Tokens: tokens},
		Account: &api.Account{Users: users},
	}, runtime.WithLogger(log))
	if err != nil {
		return nil, err
	}
	return withDocs(service)
}
