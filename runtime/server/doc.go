// Package server runs an http.Handler as a service: it listens, with the time
// limits that a server on a network needs, answers health checks, and stops
// without cutting off what it has begun.
package server
