package docs

import (
	"errors"
	"net/http"
)

// Access says who may see the documentation. It comes from [Public] or [Behind];
// the zero Access is refused by [Handler].
type Access struct {
	public bool
	guard  func(http.Handler) http.Handler
}

// Public lets everyone see the documentation who can reach the server.
func Public() Access { return Access{public: true} }

// Behind lets those see the documentation whom the middleware lets through. It
// stands before the page, its scripts and styles, and the document alike. A
// browser that opens the page sends cookies, credentials of HTTP authentication
// (RFC 7617) and client certificates; a middleware that asks for a bearer token
// fits callers that are programs. A nil middleware is refused by [Handler].
//
// The middleware may set headers of its answers anew: those of a login form that
// needs another Content-Security-Policy, for one.
func Behind(middleware func(http.Handler) http.Handler) Access {
	return Access{guard: middleware}
}

// around returns h as far as a lets callers through.
func (a Access) around(h http.Handler) (http.Handler, error) {
	switch {
	case a.public:
		return h, nil
	case a.guard == nil:
		return nil, errors.New("docs: nobody is said to have access: write docs.Public(), or docs.Behind with a middleware that is not nil")
	}
	guarded := a.guard(h)
	if guarded == nil {
		return nil, errors.New("docs: the middleware of docs.Behind returned no handler: return the given one with the check around it")
	}
	return guarded, nil
}
