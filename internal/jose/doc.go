// Package jose holds tests alone: they hold the verifier of tokens and the reader
// of key sets against two other implementations of JOSE, go-jose and jwx. What is
// accepted here must be accepted there, with the same claims and the same keys.
//
// The fuzz targets FuzzToken and FuzzKeySet look for what breaks that, with tokens
// that are changed before they are signed, so that the search gets behind the
// signature. Where the others are stricter or read something else for a good
// reason, there is an exception with that reason and a token that shows it.
package jose
