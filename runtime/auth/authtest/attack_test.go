package authtest

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/apigen-go/apigen/runtime/auth"
)

// names lists every algorithm.
func names() []string {
	var all []string
	for _, a := range algorithms {
		all = append(all, a.name)
	}
	return all
}

func request() *http.Request { return httptest.NewRequest("GET", "/orders?page=1", nil) }

// session is a claims type as a service has it.
type session struct {
	auth.Claims
	Customer string `json:"customer" validate:"required"`
}

// guarded is a handler behind the middleware of package auth.
func guarded(t *testing.T, c auth.Config, opts ...auth.Option) http.Handler {
	t.Helper()
	v, err := auth.NewVerifier[session](c, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return v.Middleware()(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if me, ok := auth.From[session](r.Context()); !ok || me.Customer != "alice" {
			w.WriteHeader(http.StatusInternalServerError)
		}
	}))
}

func strict(t *testing.T, s *Signer) auth.Config {
	c := s.Config(t)
	c.Issuer, c.Audience = "https://issuer.example", []string{"https://api.example", "other-api"}
	return c
}

// The verifier of package auth takes no hostile token of any algorithm.
func TestAttackOwn(t *testing.T) {
	for _, alg := range names() {
		t.Run(alg, func(t *testing.T) {
			c := strict(t, NewSigner(alg))
			claims := &session{Claims: Claims("alice"), Customer: "alice"}
			target := Target{Scheme: Scheme{Config: c, Claims: claims}, Handler: guarded(t, c), Request: request}
			if strings.HasSuffix(alg, "384") || strings.HasSuffix(alg, "512") {
				// What does not hang on the signature is as with the algorithms of 256.
				target.Skip = func(name string) bool {
					group, _, _ := strings.Cut(name, "/")
					return !slices.Contains([]string{"form", "signature", "algorithm", "confusion"}, group)
				}
			}
			Attack(t, target)
		})
	}
}

// Neither an issuer nor an audience is asked for.
func TestAttackPlain(t *testing.T) {
	for _, alg := range []string{"HS256", "ES256"} {
		t.Run(alg, func(t *testing.T) {
			c := NewSigner(alg).Config(t)
			scheme := Scheme{Config: c, Claims: &session{Claims: Claims("alice"), Customer: "alice"}}
			Attack(t, Target{Scheme: scheme, Handler: guarded(t, c), Request: request})
		})
	}
}

// Public keys in a file, a kid, a clock of the test's own, and a verifier that
// remembers signatures.
func TestAttackPublicKeys(t *testing.T) {
	for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
		t.Run(alg, func(t *testing.T) {
			clock := NewClock(clockStart)
			s := NewSigner(alg).WithKeyID("key-1")
			c := s.PublicConfig(t)
			c.Leeway, c.CacheTokens = -1, 64
			Attack(t, Target{
				Scheme:  Scheme{Config: c, Signer: s, Claims: map[string]string{"customer": "alice"}, Now: clock.Now},
				Handler: guarded(t, c, auth.WithClock(clock.Now)), Request: request,
			})
		})
	}
}

// Over the network, and from another header.
func TestAttackNetwork(t *testing.T) {
	s := NewSigner("HS256")
	c := strict(t, s)
	scheme := Scheme{Config: c, Claims: map[string]string{"customer": "alice"}}
	for name, target := range map[string]Target{
		"Authorization": {Scheme: scheme, Handler: guarded(t, c)},
		"X-Token": {
			Scheme: scheme, Handler: guarded(t, c, auth.FromHeader("X-Token")),
			Present: func(r *http.Request, token string) { r.Header.Set("X-Token", token) },
		},
	} {
		t.Run(name, func(t *testing.T) {
			srv := httptest.NewServer(target.Handler)
			defer srv.Close()
			target.Handler = nil
			target.Request = func() *http.Request {
				r, err := http.NewRequest("POST", srv.URL+"/orders", strings.NewReader("{}"))
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			Attack(t, target)
		})
	}
}

// Tokens in the other places that a scheme may read.
func TestAttackPlaces(t *testing.T) {
	c := strict(t, NewSigner("HS256"))
	scheme := Scheme{Config: c, Claims: map[string]string{"customer": "alice"}}
	t.Run("cookie", func(t *testing.T) {
		Attack(t, Target{
			Scheme: scheme, Handler: guarded(t, c, auth.FromCookie("__Host-token")), Request: request,
			Present: func(r *http.Request, token string) { r.Header.Set("Cookie", "a=b; __Host-token="+token) },
		})
	})
	t.Run("query", func(t *testing.T) {
		Attack(t, Target{
			Scheme: scheme, Handler: guarded(t, c, auth.FromQuery("token")), Request: request,
			Present: func(r *http.Request, token string) { addQuery(r, "token", token) },
		})
	})
}

// Compatibility that a Config asks for is not taken for a hole.
func TestAttackCompatible(t *testing.T) {
	s := NewSigner("HS384")
	c := s.Config(t)
	c.AllowNoExp, c.AllowNoType, c.AllowBareToken = true, true, true
	c.TokenTypes, c.Leeway = []string{"refresh+jwt", "JWT"}, 120
	scheme := Scheme{Config: c, Claims: map[string]string{"customer": "alice"}}
	Attack(t, Target{Scheme: scheme, Handler: guarded(t, c), Request: request})
}

// Tokens of another issuer that is trusted as well are those of this one no more than
// any others.
func TestAttackIssuers(t *testing.T) {
	c, other := strict(t, NewSigner("ES256")), NewSigner("HS512").Config(t)
	c.Issuers = []auth.Trusted{{Issuer: c.Issuer + "/", AccessSecret: other.AccessSecret, Algorithms: other.Algorithms}}
	scheme := Scheme{Config: c, Claims: map[string]string{"customer": "alice"}}
	if a, err := newAttack(Target{Scheme: scheme, Request: request}); err != nil {
		t.Fatal(err)
	} else if a.trap.Close(); !slices.ContainsFunc(a.attempts, func(m attempt) bool {
		return strings.HasPrefix(m.Name, "claims/signed by the issuer")
	}) {
		t.Error("no token of the other issuer")
	}
	Attack(t, Target{Scheme: scheme, Handler: guarded(t, c), Request: request})
}

// failures attacks target and returns what it does wrong.
func failures(t *testing.T, target Target) (failed map[string]error, tried int) {
	t.Helper()
	a, err := newAttack(target)
	if err != nil {
		t.Fatal(err)
	}
	defer a.trap.Close()
	a.welcome(t)
	failed = make(map[string]error)
	for _, m := range a.attempts {
		if err := a.try(t.Context(), m); err != nil {
			failed[m.Name] = err
		}
	}
	return failed, len(a.attempts)
}

// answering turns a check of a token into a handler that follows RFC 6750, so that all
// that fails is the check.
func answering(check func(token string) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		values := r.Header["Authorization"]
		challenge, status := `Bearer realm="lax"`, http.StatusUnauthorized
		switch token, ok := strings.CutPrefix(strings.Join(values, ","), "Bearer "); {
		case len(values) > 1:
			challenge, status = challenge+`, error="invalid_request"`, http.StatusBadRequest
		case !ok || token == "":
		case check(token) == nil:
			return
		default:
			challenge += `, error="invalid_token"`
		}
		w.Header().Set("WWW-Authenticate", challenge)
		w.WriteHeader(status)
	})
}

// lax verifies as the first example of golang-jwt does: whatever algorithm the token
// names, with the key as it is.
func lax(s *Signer) http.Handler {
	return answering(func(token string) error {
		_, err := jwt.ParseWithClaims(token, jwt.MapClaims{}, func(*jwt.Token) (any, error) {
			if public := publicOf(s.key); public != nil {
				return public, nil
			}
			return s.key, nil
		})
		return err
	})
}

// naive believes tokens whose header brings a key, fetches addresses of keys, takes
// the text of a public key for a secret, and looks into no claims.
func naive(s *Signer) http.Handler {
	return answering(func(token string) error {
		_, err := jwt.Parse(token, func(token *jwt.Token) (any, error) {
			if address, ok := token.Header["jku"].(string); ok {
				resp, err := http.Get(address)
				if err != nil {
					return nil, err
				}
				return nil, resp.Body.Close()
			}
			switch token.Method.(type) {
			case *jwt.SigningMethodHMAC:
				return []byte(s.PublicPEM()), nil
			default:
				return publicOf(s.key), nil
			}
		}, jwt.WithoutClaimsValidation())
		return err
	})
}

// The corpus finds what verifiers in use let through.
func TestAttackFindsHoles(t *testing.T) {
	for _, test := range []struct {
		alg  string
		with func(*Signer) http.Handler
		// At least so many attempts get in, and these are among them.
		accepted int
		names    []string
		fetches  bool
	}{
		{"HS256", lax, 100, []string{
			"parameter/crit is [\"exp\"]", "time/no exp", "payload/exp twice, the same", "claims/no iss", "claims/no aud", "type/typ is \"refresh+jwt\"",
		}, false},
		{"HS512", lax, 100, []string{"algorithm/signed as HS256 says, with the same key"}, false},
		{"RS256", lax, 100, []string{"algorithm/signed as PS512 says, with the same key"}, false},
		{"PS256", lax, 100, []string{"signature/with no salt", "signature/with the longest salt"}, false},
		{"ES256", lax, 100, nil, false},
		{"EdDSA", lax, 100, nil, false},
		{"RS256", naive, 150, []string{"confusion/HS256 with the PEM as secret", "time/exp is past by an hour"}, true},
	} {
		t.Run(test.alg, func(t *testing.T) {
			s := NewSigner(test.alg)
			c := strict(t, s)
			failed, tried := failures(t, Target{Scheme: Scheme{Config: c, Signer: s}, Handler: test.with(s), Request: request})
			accepted := 0
			for name, err := range failed {
				if errors.Is(err, errAccepted) {
					accepted++
				} else if !errors.Is(err, errFetched) {
					t.Errorf("%s: %v", name, err)
				}
			}
			t.Logf("%d of %d attempts accepted", accepted, tried)
			if accepted < test.accepted {
				t.Errorf("%d attempts accepted, want at least %d", accepted, test.accepted)
			}
			if !errors.Is(failed["embedded key/jku"], errFetched) && test.fetches {
				t.Error("nobody noticed that the address of keys was fetched")
			}
			for _, name := range test.names {
				if !errors.Is(failed[name], errAccepted) {
					t.Errorf("%s: got %v, want it accepted", name, failed[name])
				}
			}
		})
	}
}

// Whatever an answer does wrong is noticed.
func TestAttackAnswers(t *testing.T) {
	s := NewSigner("HS256")
	good := "Bearer " + must(Scheme{Signer: s}.Token())
	answer := func(status int, challenge, header, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token := r.Header.Get("Authorization")
			if len(token) >= 300 && len(token) < 1000 { // room for what is repeated
				token = token[7:]
			}
			if r.Header.Get("Authorization") == good {
				return
			}
			if challenge != "" {
				w.Header().Set("WWW-Authenticate", challenge)
			}
			if header != "" {
				w.Header().Set(header, token)
			}
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, strings.ReplaceAll(body, "TOKEN", token))
		})
	}
	const invalid = `Bearer realm="x", error="invalid_token"`
	a, err := newAttack(Target{Scheme: Scheme{Signer: s}, Request: request})
	if err != nil {
		t.Fatal(err)
	}
	defer a.trap.Close()
	for name, h := range map[string]http.Handler{
		"as it should be":        answer(401, invalid, "", "no"),
		"let in":                 answer(204, invalid, "", ""),
		"redirected":             answer(302, invalid, "", ""),
		"forbidden":              answer(403, invalid, "", ""),
		"a bad request":          answer(400, invalid, "", ""),
		"an internal error":      answer(500, invalid, "", ""),
		"no challenge":           answer(401, "", "", ""),
		"another scheme":         answer(401, `Basic realm="x", error="invalid_token"`, "", ""),
		"no error":               answer(401, `Bearer realm="x"`, "", ""),
		"another error":          answer(401, `Bearer error="invalid_request"`, "", ""),
		"an error of the realm":  answer(401, `Bearer realm="x", x_error="invalid_token"`, "", ""),
		"a description in bytes": answer(401, invalid+`, error_description="é"`, "", ""),
		"token in the body":      answer(401, invalid, "", "bad token TOKEN"),
		"token in a header":      answer(401, invalid, "X-Token", ""),
		"a panic":                http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("no") }),
	} {
		t.Run(name, func(t *testing.T) {
			a.target.Handler = h
			forged := a.corpus.evil.Sign(a.corpus.header.String(), a.corpus.payload.String())
			c := Case{Name: name, Token: forged}
			err = a.try(t.Context(), attempt{c, a.presenter(forged), refusalsOf(c)})
			if (err == nil) != (name == "as it should be") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAttackLog(t *testing.T) {
	s := NewSigner("HS256")
	a, err := newAttack(Target{Scheme: Scheme{Signer: s}, Request: request})
	if err != nil {
		t.Fatal(err)
	}
	defer a.trap.Close()
	payload := strings.Split(a.attempts[len(a.attempts)/2].Token, ".")[1]
	for log, want := range map[string]bool{
		"":                                 false,
		"status=401 error=signature":       false,
		"got " + a.corpus.good():           true,
		"claims=" + payload:                true,
		"config=" + string(s.key.([]byte)): true,
	} {
		if err := a.searchLog(log); (err != nil) != want {
			t.Errorf("%d bytes of log: got %v", len(log), err)
		}
	}
}

func TestAttackRefusesTargets(t *testing.T) {
	s := NewSigner("HS256")
	for name, target := range map[string]Target{
		"no request": {Scheme: Scheme{Signer: s}},
		"no signer":  {Request: request},
		"claims":     {Scheme: Scheme{Signer: s, Claims: 7}, Request: request},
	} {
		if a, err := newAttack(target); err == nil {
			a.trap.Close()
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestAttackSkip(t *testing.T) {
	s := NewSigner("HS256")
	count := func(skip func(string) bool) int {
		a, err := newAttack(Target{Scheme: Scheme{Signer: s}, Request: request, Skip: skip})
		if err != nil {
			t.Fatal(err)
		}
		a.trap.Close()
		return len(a.attempts)
	}
	all, none := count(nil), count(func(string) bool { return true })
	some := count(func(name string) bool { return strings.HasPrefix(name, "form/") })
	if none != 0 || some >= all || some == 0 {
		t.Errorf("%d of %d left, and %d when all are skipped", some, all, none)
	}
}
