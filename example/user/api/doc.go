// Package api signs users in and tells them who they are.
//
//api:service title="User API" version=1.0.0 contact=https://github.com/apigen-go/apigen/issues license=MIT openapi=openapi.yaml
package api

//go:generate go tool apigen
