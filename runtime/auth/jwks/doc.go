// Package jwks holds the public keys of tokens: it reads them from PEM files and
// from JSON Web Keys (RFC 7517), fetches the sets that other issuers publish, and
// publishes those of this service.
//
// A Key is used with exactly one algorithm (RFC 8725 section 3.1), which it has
// from its JWK, its curve or the options, and never from a token. Keys that are
// too weak, meant for something else or contradict themselves are refused.
//
// Services seldom need this package: auth.Config names files and URLs, and reads
// them by it.
package jwks
