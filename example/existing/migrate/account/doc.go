// Package account has the routes of a go-zero service that have moved: one with
// its old logic, and one that takes the claims as a parameter.
//
//api:service title="Account API" version=2.0.0 prefix=/v2
package account

//go:generate go tool apigen
