package auth

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/internal/request"
)

// MiddlewareOption changes what a middleware lets through.
type MiddlewareOption func(*gate)

type gate struct {
	optional bool
	scopes   []string
}

// AllowAnonymous lets callers through that present nothing at all; From reports
// false for them. It cannot be combined with RequireScopes.
func AllowAnonymous() MiddlewareOption {
	return func(g *gate) { g.optional = true }
}

// RequireScopes adds scopes that a token must allow, all of them.
func RequireScopes(scopes ...string) MiddlewareOption {
	return func(g *gate) { g.scopes = append(g.scopes, scopes...) }
}

// Middleware returns the same check for handlers written by hand, which get the
// claims from From. It looks at every method, OPTIONS included: a handler for
// CORS belongs outside of it. Refusals are answered as RFC 9457 problems; when a
// store is down, slog's default logger is told why. It panics when given both
// AllowAnonymous and RequireScopes.
func (v *Verifier[T]) Middleware(opts ...MiddlewareOption) func(http.Handler) http.Handler {
	g := new(gate)
	for _, o := range opts {
		if o != nil {
			o(g)
		}
	}
	if g.optional && len(g.scopes) > 0 { //check:anonymous-scopes
		panic("auth: AllowAnonymous and RequireScopes contradict each other: leave one out")
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			x := &exchange{w: w, r: r}
			if _, ok := v.authenticate(x, g.optional, g.scopes); ok {
				request.Serve(next, w, x.r, r)
			}
		})
	}
}

// exchange is an Exchange without generated code around it.
type exchange struct {
	w http.ResponseWriter
	r *http.Request
}

func (x *exchange) Request() *http.Request { return x.r }

func (x *exchange) SetContext(ctx context.Context) { x.r = x.r.WithContext(ctx) }

// Challenge does nothing: what the handler answers is its own business.
func (x *exchange) Challenge(string) {}

func (x *exchange) AnswerHeader() http.Header { return x.w.Header() }

func (x *exchange) Problem(p *runtime.Problem) {
	if p.Status >= http.StatusInternalServerError {
		slog.WarnContext(x.r.Context(), "the request failed", slog.Int("status", p.Status), slog.Any("error", p.Cause))
	}
	body, err := p.MarshalJSON()
	if err != nil {
		http.Error(x.w, http.StatusText(p.Status), p.Status)
		return
	}
	header := x.w.Header()
	for name, values := range p.Header {
		header[name] = values
	}
	header.Set("Content-Type", "application/problem+json")
	header.Set("X-Content-Type-Options", "nosniff")
	x.w.WriteHeader(p.Status)
	_, _ = x.w.Write(body)
}
