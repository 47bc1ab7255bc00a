package main

import (
	_ "embed"
	"net/http"

	"github.com/apigen-go/apigen/runtime/docs"
)

// document is what apigen has written of the API.
//
//go:embed api/openapi.yaml
var document []byte

// withDocs returns service with its documentation at /docs/, for everyone: it says
// nothing that this repository does not say.
func withDocs(service http.Handler) (http.Handler, error) {
	//snippet:docs
	page, err := docs.Handler(document, docs.Public())
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", service)
	mux.Handle("GET /docs/", http.StripPrefix("/docs", page))
	//snippet:end
	return mux, nil
}
