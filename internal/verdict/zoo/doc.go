// Package zoo has a route for every shape that a request can have. Its handlers
// answer what they have read.
//
//api:service title=Zoo version=1.0.0 prefix=/zoo contact=https://github.com/apigen-go/apigen/issues license=MIT openapi=openapi.yaml
package zoo

//go:generate go tool apigen
