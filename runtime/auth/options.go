package auth

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/internal/opt"
)

// Option gives a Verifier or an Issuer what is not data, and so does not belong
// in a Config.
type Option func(*settings)

type settings struct {
	clock    func() time.Time
	observer Observer
	revoker  Revoker
	places   []place
	origins  *http.CrossOriginProtection // tells where a cookie was sent from
	required []string
	client   *http.Client // for keys that others publish; nil for one of its own
	read     any          // what ReadClaims was given
}

func settingsOf(opts []Option) *settings {
	s := &settings{clock: time.Now}
	for _, o := range opts {
		if o != nil {
			o(s)
		}
	}
	if len(s.places) == 0 {
		s.places = []place{{inAuthorization, "Bearer"}}
	}
	return s
}

// WithClock sets what tells the time; nil leaves time.Now.
func WithClock(now func() time.Time) Option {
	return func(s *settings) {
		if now != nil {
			s.clock = now
		}
	}
}

// Revoker knows which tokens are not good any more although they have not expired.
type Revoker interface {
	// Revoked reports whether the token with these claims was revoked. It is
	// asked after every other check has passed. An error means that it cannot
	// tell; the request is then answered 503, not let through.
	Revoked(ctx context.Context, c *Claims) (bool, error)
}

// WithRevoker sets who is asked about every good token; nil asks nobody.
func WithRevoker(r Revoker) Option {
	return func(s *settings) { s.revoker = r }
}

// WithHTTPClient sets what fetches keys from JWKSURL, or by Discovery; nil leaves a
// client that looks at HTTPS_PROXY and verifies certificates. It is asked for no
// more than 10 seconds a time, and redirects to other than https are refused.
func WithHTTPClient(c *http.Client) Option {
	return func(s *settings) { s.client = c }
}

// Outcome is how a verification ended.
type Outcome uint8

// The outcomes.
const (
	Accepted    Outcome = iota + 1 // the token is good
	Anonymous                      // there was none, and none is needed
	Refused                        // the caller must do something about it
	Unavailable                    // the service must do something about it
)

// String returns the name of o in lower case, as metrics want it.
func (o Outcome) String() string {
	switch o {
	case Accepted:
		return "accepted"
	case Anonymous:
		return "anonymous"
	case Refused:
		return "refused"
	case Unavailable:
		return "unavailable"
	default:
		return "unknown"
	}
}

// Event is one verification. It holds nothing a token or a caller chose, so that
// all of it can be a label of a metric.
type Event struct {
	Outcome Outcome
	// Code says why the outcome is Refused or Unavailable; otherwise it is zero.
	Code Code
	// Algorithm is the one of the key set, or empty when the token did not get
	// as far.
	Algorithm string
	// Latency is how long the verification took, hooks included.
	Latency time.Duration
}

// Observer is told how each verification ended.
type Observer interface {
	// Observe is called once for each verification, from the goroutine that asked
	// for it.
	Observe(ctx context.Context, e Event)
}

// WithObserver sets who is told about every verification; nil tells nobody.
func WithObserver(o Observer) Option {
	return func(s *settings) { s.observer = o }
}

// RequireClaims adds claims that a token must have, with a value that is neither
// null nor an empty string, array or object.
func RequireClaims(names ...string) Option {
	return func(s *settings) {
		for _, name := range names {
			if !slices.Contains(s.required, name) { // tags and options may say it both
				s.required = append(s.required, name)
			}
		}
	}
}

// ForScheme makes opts an option of the service, for its scheme of that name.
// Generated code wraps it as With and the scheme's name.
func ForScheme(scheme string, opts ...Option) runtime.Option {
	return opt.Func(func(s *opt.Set) {
		for _, o := range opts {
			s.Scheme(scheme, o)
		}
	})
}

// SchemeOptions returns what ForScheme put into opts for a scheme, after own, the
// options that come from its declaration.
func SchemeOptions(opts []runtime.Option, scheme string, own ...Option) []Option {
	all := append([]Option(nil), own...)
	for _, o := range opt.Apply(opts).Schemes[scheme] {
		if o, ok := o.(Option); ok {
			all = append(all, o)
		}
	}
	return all
}
