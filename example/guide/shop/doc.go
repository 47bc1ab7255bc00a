// Package shop takes orders. The guides in docs show its code.
//
//api:service title=Shop version=1.0.0 contact=https://github.com/apigen-go/apigen/issues license=MIT openapi=openapi.yaml
package shop

//go:generate go tool apigen
