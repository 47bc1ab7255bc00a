package docs

import (
	"bytes"
	"net/http"

	"github.com/apigen-go/apigen/runtime"
)

// policy is the least that Swagger UI works with: its script and style, pictures
// of its style in data: addresses, and requests to the server that the page is
// from. Requests to other servers that a document names are not made.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler returns a handler of the documentation: at / the page, which the title
// of the document names, at /openapi.json or /openapi.yaml the document as it is
// given, and beside them the page's scripts and styles. Addresses in the page are
// relative, so that it works below any prefix that is taken off before:
//
//	mux.Handle("GET /docs/", http.StripPrefix("/docs", page))
//
// which makes net/http's mux answer /docs with a redirect to /docs/. GET and HEAD
// are answered, other methods with 405 and other paths with 404, both as problem
// documents.
//
// The document is JSON or YAML, and an OpenAPI document of version 3, else
// Handler returns an error that says what was expected; so it does for an access
// that is neither [Public] nor [Behind] a middleware. Handler keeps a copy of the
// document: there is no way to change it later.
//
// Every answer says that nothing may be loaded from or sent to another origin
// (Content-Security-Policy), that types are as stated, that no referrer is sent,
// and that other sites may neither frame the page nor hold on to its window.
// Answers are cached to be asked for again with their entity tags, behind a
// middleware in no shared cache. Tokens given to the page live as long as it is
// open.
func Handler(document []byte, access Access) (http.Handler, error) {
	document = bytes.Clone(document)
	d, err := readDocument(document)
	if err != nil {
		return nil, err
	}
	found, err := resources(d, document)
	if err != nil {
		return nil, err
	}
	caching := "no-cache"
	if !access.public {
		caching = "private, no-cache"
	}
	guarded, err := access.around(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch resource := found[r.URL.Path]; {
		case resource == nil:
			refuse(w, r, http.StatusNotFound)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			refuse(w, r, http.StatusMethodNotAllowed)
		default:
			w.Header().Set("Cache-Control", caching)
			resource.ServeHTTP(w, r)
		}
	}))
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		guarded.ServeHTTP(w, r)
	}), nil
}

// refuse answers a problem document without detail.
func refuse(w http.ResponseWriter, r *http.Request, status int) {
	p := &runtime.Problem{Status: status}
	if status == http.StatusMethodNotAllowed {
		p.Header = http.Header{"Allow": {"GET, HEAD"}}
	}
	p.ServeHTTP(w, r)
}
