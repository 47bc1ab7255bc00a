// Package resilience keeps a service answering when there is more to do than it
// can: [Shed] refuses what is beyond its capacity, which it learns from how long
// requests take, and [Break] gives a route that fails a rest. The limiters and
// circuit breakers are those of failsafe-go; this package puts them around
// handlers and answers 503 as a problem document with Retry-After.
//
// It is a module of its own, so that services without it link none of this.
package resilience
