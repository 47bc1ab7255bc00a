// Package host is what the services of this module have in common before apigen
// comes: ids of requests in contexts, a log, and two answers.
package host

import (
	"context"
	"io"
	"net/http"
)

// Header is where callers send the id of a request and find it in the answer.
const Header = "X-Request-Id"

// Entry is what the log holds of a request.
type Entry struct {
	RequestID, Method, Path string
	// Pattern is the route, where the host knows it.
	Pattern string
	Status  int
}

// Log takes entries.
type Log func(Entry)

type requestID struct{}

// WithRequestID returns a context that holds the id of a request.
func WithRequestID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, requestID{}, id)
}

// RequestID returns the id of the request, or "".
func RequestID(ctx context.Context) string {
	id, _ := ctx.Value(requestID{}).(string)
	return id
}

// Greeting is the answer of GET /hello.
func Greeting(ctx context.Context) string { return "hello, request " + RequestID(ctx) }

// Nothing is the answer where there is no route, of status 404.
const Nothing = "nothing here, says the host\n"

// Hello answers with the greeting.
func Hello(w http.ResponseWriter, r *http.Request) {
	_, _ = io.WriteString(w, Greeting(r.Context()))
}

// NotFound answers that there is nothing.
func NotFound(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusNotFound)
	_, _ = io.WriteString(w, Nothing)
}
