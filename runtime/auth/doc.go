// Package auth verifies and issues the JSON Web Tokens (RFC 7519) that open an
// API, as bearer tokens (RFC 6750).
//
// A Config, which belongs in the configuration of the service, makes a Verifier
// and an Issuer of the service's own claims type:
//
//	type Session struct {
//		auth.Claims
//		Name string `json:"name"`
//	}
//
//	verifier, err := auth.NewVerifier[Session](config)
//	issuer, err := auth.NewIssuer[Session](config)
//
// A token is refused unless every check passes. The checks run in one fixed
// order, nothing of a token is decoded as claims before its signature is known
// to be good, and each refusal has exactly one Code. No error, log line or
// observation holds a token, a secret or the value of a claim.
package auth
