package auth

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Verifier verifies tokens whose claims are T. It is safe for concurrent use.
type Verifier[T any] struct {
	policy     *policy
	settings   *settings
	challenge  challenge
	registered func(*T) *Claims
	claims     *claimsDecoder[T]
}

// NewVerifier returns a verifier of the tokens c describes. It reports everything
// that is wrong with c, opts and T at once.
//
// A method Validate() error or Validate(context.Context) error of T is called when
// all claims are good so far. Its error refuses the token and is shown to nobody;
// what a store must be asked about is for a Revoker, whose errors are the
// service's and not the token's.
func NewVerifier[T any, P ClaimsOf[T]](c Config, opts ...Option) (*Verifier[T], error) {
	s := settingsOf(opts)
	if err := errors.Join(c.Validate(), checkPlaces(s.places), checkClaimsType[T, P](), checkReader[T](s)); err != nil {
		return nil, err
	}
	c = c.withDefaults()
	s.origins = newOrigins(c.TrustedOrigins)
	trusts, err := newTrusts(c, s.client)
	if err != nil {
		return nil, err
	}
	return newVerifier[T, P](newPolicy(c, trusts), s, newChallenge(s.places, c.Realm)), nil
}

func newVerifier[T any, P ClaimsOf[T]](p *policy, s *settings, ch challenge) *Verifier[T] {
	return &Verifier[T]{
		policy:     p,
		settings:   s,
		challenge:  ch,
		registered: func(c *T) *Claims { return P(c).registered() },
		claims:     newClaimsDecoder[T](s, len(p.scopes) > 0),
	}
}

// Challenge returns the WWW-Authenticate value for a caller without a token (RFC
// 6750 section 3), without an error attribute.
func (v *Verifier[T]) Challenge() string { return string(v.challenge) }

// Verify returns the claims of token when all checks pass, and an *Error
// otherwise. It works on the token alone; for requests there is Authenticate.
func (v *Verifier[T]) Verify(ctx context.Context, token string) (*T, error) {
	start := v.start()
	c, alg, fail := v.verify(ctx, token)
	v.observe(ctx, start, alg, outcomeOf(fail), fail)
	if fail != nil {
		return nil, fail // not the typed nil: callers compare with nil
	}
	return c, nil
}

// scratch is the memory one verification works in.
type scratch struct {
	by    signedBy // whose key made the signature
	tried []tried  // by issuer

	signed, header, payload, signature []byte

	claims ClaimsReader
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// verify runs the checks in their order. The text of the claims is not looked at
// before the signature is known to be good.
func (v *Verifier[T]) verify(ctx context.Context, token string) (c *T, alg string, fail *Error) {
	s := scratches.Get().(*scratch)
	defer scratches.Put(s)
	h, fail := v.policy.open(ctx, s, token)
	if h != nil {
		alg = h.alg
	}
	if fail != nil {
		return nil, alg, fail
	}
	if c, fail = v.claims.decode(s); fail != nil { //check:claims-json
		return nil, alg, fail
	}
	if len(v.policy.scopes) > 0 {
		if fail = readScopes(s, v.policy.scopes, v.registered(c)); fail != nil { //check:scope-claims-read
			return nil, alg, fail
		}
	}
	if fail = v.policy.check(ctx, h, s.by, v.registered(c), v.settings.clock().Unix()); fail != nil { //check:registered
		return nil, alg, fail
	}
	if s.bound() { //check:cnf
		return nil, alg, refuse(CodeType, "the token is bound to a key (cnf), which this scheme cannot check")
	}
	if fail = v.own(ctx, s, c); fail != nil { //check:own
		return nil, alg, fail
	}
	return c, alg, nil
}

// own runs the checks that the service brings along.
func (v *Verifier[T]) own(ctx context.Context, s *scratch, c *T) (fail *Error) {
	if len(v.settings.required) > 0 {
		name := s.missing(v.settings.required)
		if name != "" { //check:required-claim
			return refuse(CodeClaims, "claim "+name+" is required and absent, null or empty")
		}
	}
	err := validate(ctx, c)
	if err != nil { //check:validate
		return &Error{Code: CodeClaims, reason: "Validate refused the claims", cause: err}
	}
	if v.settings.revoker == nil {
		return nil
	}
	return answer(v.settings.revoker.Revoked(ctx, v.registered(c)))
}

// answer is what the words of a Revoker mean. An error never lets a token through.
func answer(revoked bool, err error) *Error {
	if err != nil { //check:revoker-error
		return &Error{Code: CodeUnavailable, reason: "the revoker cannot tell", cause: err}
	}
	if revoked { //check:revoked
		return refuse(CodeRevoked, "the token is revoked")
	}
	return nil
}

// validate calls the Validate method of claims, if they have one.
func validate(ctx context.Context, c any) error {
	switch c := c.(type) {
	case interface{ Validate(context.Context) error }:
		return c.Validate(ctx)
	case interface{ Validate() error }:
		return c.Validate()
	default:
		return nil
	}
}

func (v *Verifier[T]) start() time.Time {
	if v.settings.observer == nil {
		return time.Time{}
	}
	return time.Now() // latencies are real, whatever the clock of the tokens says
}

func (v *Verifier[T]) observe(ctx context.Context, start time.Time, alg string, o Outcome, fail *Error) {
	if v.settings.observer == nil {
		return
	}
	e := Event{Outcome: o, Latency: time.Since(start)}
	if fail != nil {
		e.Code = fail.Code
	}
	if slices.Contains(v.policy.algs, alg) {
		e.Algorithm = alg
	}
	v.settings.observer.Observe(ctx, e)
}

func outcomeOf(fail *Error) Outcome {
	switch {
	case fail == nil:
		return Accepted
	case fail.Code == CodeUnavailable:
		return Unavailable
	default:
		return Refused
	}
}
