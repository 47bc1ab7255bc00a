// Package request carries what middlewares find out about a request to those
// that read it. It stands between runtime, where the middlewares are, and the
// packages under it that may not know them.
package request

import (
	"context"
	"net/http"
	"net/netip"
)

type (
	idKey     struct{}
	clientKey struct{}
)

// WithID returns a context that knows the id of the request.
func WithID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, idKey{}, id)
}

// ID is what WithID stored, or empty.
func ID(ctx context.Context) string {
	id, _ := ctx.Value(idKey{}).(string)
	return id
}

// WithClient returns a context that knows the address of the client.
func WithClient(ctx context.Context, addr netip.Addr) context.Context {
	return context.WithValue(ctx, clientKey{}, addr)
}

// Client is what WithClient stored.
func Client(ctx context.Context) (netip.Addr, bool) {
	addr, ok := ctx.Value(clientKey{}).(netip.Addr)
	return addr, ok
}

// Serve calls next with inner, a copy of outer, and gives back to outer what
// those around it look for there: the pattern of the route, and the form whose
// files net/http removes after the request.
func Serve(next http.Handler, w http.ResponseWriter, inner, outer *http.Request) {
	defer func() { // also for a panic on its way up
		outer.Pattern = inner.Pattern
		if outer.MultipartForm == nil {
			outer.MultipartForm = inner.MultipartForm
		}
	}()
	next.ServeHTTP(w, inner)
}
