// Package api is what joins a service that runs already: one open route, and
// notes that belong to the caller of a token.
//
//api:service title="Notes API" version=1.0.0 prefix=/api contact=https://github.com/apigen-go/apigen/issues license=MIT openapi=openapi.yaml
package api

//go:generate go tool apigen
