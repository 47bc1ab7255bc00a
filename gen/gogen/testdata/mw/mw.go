// Package mw has a middleware for the cases that name one of another package.
package mw

import "net/http"

// Limit marks the answers it has seen.
func Limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Limit", "1")
		next.ServeHTTP(w, r)
	})
}
