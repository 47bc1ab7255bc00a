package runtime

import (
	"context"
	"crypto/rand"
	"net/http"

	"github.com/apigen-go/apigen/runtime/internal/request"
)

const (
	requestIDHeader = "X-Request-Id"
	maxRequestID    = 128
)

// RequestID is a middleware that gives each request an id: that of the header
// X-Request-Id where it has a sane one, of at most 128 letters, digits and
// -_.:/+=@~, else a new one. The id is sent back in the same header, stands in the
// reports of generated code and of what is inside this middleware, such as
// AccessLog, and is what [RequestIDFrom] returns. A request that has an id already
// keeps it.
func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if RequestIDFrom(r.Context()) != "" {
			next.ServeHTTP(w, r)
			return
		}
		id := ""
		if given := r.Header[requestIDHeader]; len(given) == 1 && isRequestID(given[0]) {
			id = given[0]
		} else {
			id = rand.Text()
		}
		w.Header()[requestIDHeader] = []string{id}
		request.Serve(next, w, r.WithContext(request.WithID(r.Context(), id)), r)
	})
}

// RequestIDFrom returns the id that the middleware [RequestID] gave the request,
// or nothing.
func RequestIDFrom(ctx context.Context) string { return request.ID(ctx) }

// isRequestID keeps out of logs what could be taken for something else there.
func isRequestID(s string) bool {
	if s == "" || len(s) > maxRequestID {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		case c == '-', c == '_', c == '.', c == ':', c == '/', c == '+', c == '=', c == '@', c == '~':
		default:
			return false
		}
	}
	return true
}
