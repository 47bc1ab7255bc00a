// Package verify holds benchmarks and tests alone: what it costs to verify a token,
// here and in other libraries, side by side in one run.
//
//	go test -bench . -benchmem
//
// The measure is the floor: what no verifier of HS256 can do without, which is the
// HMAC, base64 and the comparison. The budgets are in multiples of it.
//
// It is a module of its own, because the others bring so much along.
package verify
