// Package api signs users in and tells them who they are.
//
//api:service title="User API" version=1.0.0
package api

//go:generate go tool apigen
