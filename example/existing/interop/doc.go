// Package interop proves that tokens go both ways between apigen and what else
// verifies and signs them: go-zero, gin-jwt and echo-jwt. It holds tests only.
package interop
