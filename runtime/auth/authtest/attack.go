package authtest

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
)

// Target is a service under attack.
type Target struct {
	// Scheme says which tokens the service accepts.
	Scheme Scheme
	// Handler is the service. When it is nil, requests go over the network to the
	// host of their URL.
	Handler http.Handler
	// Client sends what Handler does not get; nil is one that follows no redirects.
	Client *http.Client
	// Request returns a request without a token, a new one each time, of a route that
	// needs a token and that answers 2xx when there is a good one. It is called once
	// for each attempt. A handler gets one of httptest.NewRequest; over the network it
	// is one of http.NewRequest.
	Request func() *http.Request
	// Present puts a token into a request, where a service reads it from elsewhere
	// than the Authorization header behind the word Bearer: Authorize when nil.
	// Attempts that are about this header are left out then.
	Present func(r *http.Request, token string)
	// Logged returns what the service has logged so far. Unless it is nil, it is a
	// failure when a token or the secret stands there in the end.
	Logged func() string
	// Skip says which attempts are left out, by their name, because the service has a
	// reason to take them. Nil leaves out none.
	Skip func(name string) bool
}

// Attack sends the service requests that it must refuse, each in a subtest whose name
// says what is wrong: the tokens of Scheme.Hostile, and credentials in places and
// forms that are none. At first, and at last again, it asks that a good token is
// accepted, without which refusals would mean nothing.
//
// Each answer must be
//   - a refusal: 401, or 400 where RFC 6750 section 3.1 says so. Any other status,
//     5xx included, is a failure;
//   - with a challenge in WWW-Authenticate (RFC 9110 section 11.6.1), whose error
//     attribute is invalid_token for a token that is not good, invalid_request for
//     more than one, and not there for none (RFC 6750 section 3);
//   - silent about the token, which must stand neither in the body nor in a header
//     (CWE-209), nor in what the service logs (CWE-532).
//
// What a header of HTTP cannot hold is sent to a Handler only, not over the network.
// Addresses of keys that a token names point to a server of the test; it is a failure
// when they are fetched.
func Attack(t *testing.T, target Target) {
	t.Helper()
	a, err := newAttack(target)
	if err != nil {
		t.Fatal(err)
	}
	defer a.trap.Close()
	if !t.Run("a good token", func(t *testing.T) { a.welcome(t) }) {
		return
	}
	for _, m := range a.attempts {
		t.Run(m.Name, func(t *testing.T) {
			if err := a.try(t.Context(), m); err != nil {
				t.Errorf("%v (%s)", err, m.Source)
			}
		})
	}
	t.Run("a good token again", func(t *testing.T) { a.welcome(t) })
	if target.Logged != nil {
		t.Run("the log", func(t *testing.T) {
			if err := a.searchLog(target.Logged()); err != nil {
				t.Error(err)
			}
		})
	}
}

// attempt is a Case as it is sent.
type attempt struct {
	Case
	present func(r *http.Request)
	want    refusals
}

type attack struct {
	target   Target
	corpus   *corpus
	attempts []attempt
	trap     *httptest.Server
	fetched  atomic.Int64
}

// newAttack checks target and makes the attempts. The trap of the result is open.
func newAttack(target Target) (*attack, error) {
	if target.Request == nil {
		return nil, errNoRequest
	}
	a := &attack{target: target}
	a.trap = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		a.fetched.Add(1)
		w.Header().Set("Content-Type", "application/jwk-set+json")
		_, _ = w.Write([]byte(a.corpus.evil.keySet()))
	}))
	var err error
	if a.corpus, err = target.Scheme.corpus(a.trap.URL + "/keys"); err != nil {
		a.trap.Close()
		return nil, err
	}
	a.corpus.skip = target.Skip
	a.corpus.all()
	for _, c := range a.corpus.cases {
		a.attempts = append(a.attempts, attempt{c, a.presenter(c.Token), refusalsOf(c)})
	}
	if target.Present == nil {
		for _, m := range a.corpus.requests() {
			if target.Skip == nil || !target.Skip(m.Name) {
				a.attempts = append(a.attempts, m)
			}
		}
	}
	return a, nil
}

// presenter returns what puts token into a request.
func (a *attack) presenter(token string) func(*http.Request) {
	if present := a.target.Present; present != nil {
		return func(r *http.Request) { present(r, token) }
	}
	return func(r *http.Request) { Authorize(r, token) }
}

// welcome asks that a good token is let through.
func (a *attack) welcome(t *testing.T) {
	t.Helper()
	got, err := a.send(t.Context(), a.presenter(a.corpus.good()))
	if err != nil {
		t.Fatal(err)
	}
	if got.status < 200 || got.status > 299 {
		t.Errorf("a good token is answered %d (%s), want 2xx: Scheme or Request does not fit the service",
			got.status, strings.Join(got.header["Www-Authenticate"], ", "))
	}
}

// try sends one request and reports what is wrong with the answer.
func (a *attack) try(ctx context.Context, m attempt) error {
	before := a.fetched.Load()
	got, err := a.send(ctx, m.present)
	if err != nil {
		if a.target.Handler == nil && (len(m.Token) >= hugeToken || notSendable(err)) {
			return nil // the server hung up, or the client refused
		}
		return err
	}
	if a.fetched.Load() != before {
		return errFetched
	}
	return m.want.check(got, m.Token, a.target.Present == nil)
}
