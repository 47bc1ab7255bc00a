package jose

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

const (
	now      = 1_700_000_000 // what every clock shows
	leeway   = 30 * time.Second
	issuer   = "https://login.example.com"
	audience = "orders"
)

func clock() time.Time { return time.Unix(now, 0) }

// session is a claims type as a service has it.
type session struct {
	auth.Claims
	Name string `json:"name"`
}

// seen is what a verifier reads in a token. Zero stands for absent.
type seen struct {
	iss, sub, jti, name string
	aud                 []string
	exp, nbf, iat       int64
}

func (s *seen) equal(o *seen) bool {
	return s.iss == o.iss && s.sub == o.sub && s.jti == o.jti && s.name == o.name &&
		slices.Equal(s.aud, o.aud) && s.exp == o.exp && s.nbf == o.nbf && s.iat == o.iat
}

// verifier is one of our verifiers: when bound, it wants issuer and audience, and it
// remembers signatures; with a set, it has the keys of several algorithms.
type verifier struct {
	alg   algorithm // of the tokens it gets
	bound bool
	set   bool
	v     *auth.Verifier[session]
}

// verifiers returns two of each algorithm, bound and not, and one with all keys
// for each of those keys.
var verifiers = sync.OnceValue(func() []verifier {
	var all []verifier
	for _, alg := range algorithms {
		for _, bound := range []bool{false, true} {
			all = append(all, newVerifier(alg, bound, config(alg, bound)))
		}
		if slices.Contains(inSet, alg.name) {
			v := newVerifier(alg, false, auth.Config{PublicKeyFile: "testdata/keys.jwks"})
			v.set = true
			all = append(all, v)
		}
	}
	return all
})

func newVerifier(alg algorithm, bound bool, c auth.Config) verifier {
	v, err := auth.NewVerifier[session](c, auth.WithClock(clock))
	if err != nil {
		panic(err)
	}
	return verifier{alg: alg, bound: bound, v: v}
}

// header returns the header of a good token.
func (v verifier) header() *object {
	h := headerOf(v.alg.name)
	if v.set {
		h.members = append(h.members, member{`"kid"`, `"` + v.alg.name + `"`})
	}
	return h
}

// verifierOf returns a verifier of an algorithm that is not bound.
func verifierOf(tb testing.TB, name string, set bool) verifier {
	for _, v := range verifiers() {
		if v.alg.name == name && !v.bound && v.set == set {
			return v
		}
	}
	tb.Fatalf("there is no verifier of %s", name)
	return verifier{}
}

func config(alg algorithm, bound bool) auth.Config {
	c := auth.Config{Algorithms: []string{alg.name}, AllowNoType: true}
	if alg.file == "" {
		c.AccessSecret = secret
	} else {
		c.PrivateKeyFile = "testdata/keys/" + alg.file
		if bound {
			c.CacheTokens = 16
		}
	}
	if bound {
		c.Issuer, c.Audience = issuer, []string{audience}
	}
	return c
}

// verify verifies token twice: the second time its header and signature may be
// remembered.
func (v verifier) verify(token string) (*seen, error) {
	first, err := v.once(token)
	again, errAgain := v.once(token)
	if (err == nil) != (errAgain == nil) || err == nil && !first.equal(again) {
		panic(fmt.Sprintf("%s: %+v %v at first, %+v %v when it comes again: %q", v.alg.name, first, err, again, errAgain, decoded(token)))
	}
	return first, err
}

func (v verifier) once(token string) (*seen, error) {
	c, err := v.v.Verify(context.Background(), token)
	if err != nil {
		return nil, err
	}
	return &seen{
		iss: c.Issuer, sub: c.Subject, jti: c.ID, name: c.Name, aud: c.Audience,
		exp: int64(c.ExpiresAt), nbf: int64(c.NotBefore), iat: int64(c.IssuedAt),
	}, nil
}
