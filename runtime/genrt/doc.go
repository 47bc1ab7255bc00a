// Package genrt is what generated code calls to serve HTTP. It is not for use
// by hand: its names change together with the generator, and generated code
// does not compile against a version it does not fit (see Version).
//
// A Server holds what the routes of a service share. Each request is a Call,
// from Begin to End; a Call reads the body, hands out the parts of the request,
// collects what is wrong with them and sends exactly one answer.
package genrt
