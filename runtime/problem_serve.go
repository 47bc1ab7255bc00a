package runtime

import (
	"net/http"
	"strconv"

	"github.com/apigen-go/apigen/runtime/internal/answer"
)

// ServeHTTP answers the request with p, as generated code does: for middlewares
// and for handlers that are not generated. A status that is none of an error is
// answered as 500. Nothing is logged.
func (p *Problem) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if p == nil || p.Status < 400 || p.Status > 599 {
		p = &Problem{Status: http.StatusInternalServerError}
	}
	h := w.Header()
	answer.DropContentHeaders(h)
	answer.CopyHeader(h, p.Header)
	p.requireHeaders(h)
	body, _ := p.MarshalJSON() // never fails
	h.Set("Content-Type", "application/problem+json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(p.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a client that left has no use for the error
	}
}

// requireHeaders adds what goes with a status: a challenge with 401 and Allow
// with 405 (RFC 9110 sections 15.5.2 and 15.5.6), and Retry-After with 503.
func (p *Problem) requireHeaders(h http.Header) {
	name, value := "", ""
	switch p.Status {
	case http.StatusUnauthorized:
		name, value = "Www-Authenticate", `Bearer realm="api"`
	case http.StatusMethodNotAllowed:
		name = "Allow"
	case http.StatusServiceUnavailable:
		name, value = "Retry-After", "5"
	default:
		return
	}
	if len(h[name]) == 0 || value != "" && h.Get(name) == "" {
		h.Set(name, value)
	}
}
