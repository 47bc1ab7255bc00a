package auth

import (
	"context"
	"net/http"

	"github.com/apigen-go/apigen/runtime"
)

// Exchange is a request and the way to answer it, as generated code has them.
type Exchange interface {
	// Request returns the request, with the context of the exchange.
	Request() *http.Request
	// SetContext replaces the context.
	SetContext(ctx context.Context)
	// Problem answers the request with p.
	Problem(p *runtime.Problem)
	// Challenge sets the WWW-Authenticate value of later 401 answers.
	Challenge(value string)
	// AnswerHeader returns the headers of the answer, to be changed before it is
	// sent.
	AnswerHeader() http.Header
}

// Authenticate verifies the token of x and stores its claims in the context of x,
// where From finds them. The token must allow all of scopes. When the request is
// refused, x has been answered and the result is false.
//
// The answers follow RFC 6750 section 3.1: 401 with a challenge; 400 for more
// than one token; 403 when the scopes do not suffice, or when a page of another
// site sent the cookie that holds the token, as FromCookie has it; and 503 when a
// store is down.
func (v *Verifier[T]) Authenticate(x Exchange, scopes ...string) (*T, bool) {
	return v.authenticate(x, false, scopes)
}

// AuthenticateOptional does the same where no token is needed: a caller without
// an Authorization header, and without anything in any place where a token is
// looked for, is anonymous, which is nil and true. Whoever presents something is
// treated as by Authenticate.
func (v *Verifier[T]) AuthenticateOptional(x Exchange) (*T, bool) {
	return v.authenticate(x, true, nil)
}

func (v *Verifier[T]) authenticate(x Exchange, optional bool, scopes []string) (*T, bool) {
	start := v.start()
	x.Challenge(v.Challenge())
	r := x.Request()
	ctx := r.Context()
	found, fail := lookup(r, v.settings.places, v.policy.bare)
	if found.query { //check:query-cache
		x.AnswerHeader().Set("Cache-Control", "private, no-store") // RFC 6750 section 2.3
	}
	var c *T
	alg := ""
	if fail == nil {
		c, alg, fail = v.request(r, found, optional, scopes)
	}
	if fail != nil {
		v.observe(ctx, start, alg, outcomeOf(fail), fail)
		x.Problem(v.challenge.problem(fail, scopes))
		return nil, false
	}
	if c == nil {
		v.observe(ctx, start, alg, Anonymous, nil)
		return nil, true
	}
	v.observe(ctx, start, alg, Accepted, nil)
	x.SetContext(With(ctx, c))
	return c, true
}

// request returns the claims of a request, or nil without an error for an
// anonymous one.
func (v *Verifier[T]) request(r *http.Request, found credential, optional bool, scopes []string) (*T, string, *Error) {
	if optional && found.none {
		return nil, "", nil
	}
	if !found.found { //check:missing
		return nil, "", refuse(CodeMissing, "the request has no token of this scheme")
	}
	if found.cookie && isCrossOrigin(v.settings.origins, r) { //check:cross-origin
		return nil, "", refuse(CodeCrossOrigin, "the request with the cookie comes from an origin that is not trusted")
	}
	c, alg, fail := v.verify(r.Context(), found.token)
	if fail != nil {
		return nil, alg, fail
	}
	if fail = v.allowed(r.Context(), c, scopes); fail != nil { //check:allowed
		return nil, alg, fail
	}
	return c, alg, nil
}
