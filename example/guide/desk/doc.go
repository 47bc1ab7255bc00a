// Package desk is the service behind a page in a browser: the token is in a cookie,
// the keys that sign it are in files, and others may verify it.
//
//api:service title=Desk version=1.0.0 contact=https://github.com/apigen-go/apigen/issues license=MIT openapi=openapi.yaml
package desk

//go:generate go tool apigen
