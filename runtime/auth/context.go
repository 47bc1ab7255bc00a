package auth

import "context"

// ctxKey is the context key of claims of type T; no other package can make one.
type ctxKey[T any] struct{}

// With returns a context that holds c, as Authenticate leaves it: for tests and
// for work that goes on after the request.
func With[T any](ctx context.Context, c *T) context.Context {
	return context.WithValue(ctx, ctxKey[T]{}, c)
}

// From returns the claims of the caller, and false when the caller is anonymous
// or the route needs no token.
func From[T any](ctx context.Context) (*T, bool) {
	c, _ := ctx.Value(ctxKey[T]{}).(*T)
	return c, c != nil
}
