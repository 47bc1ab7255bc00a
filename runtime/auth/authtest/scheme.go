package authtest

import (
	"errors"
	"iter"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

// Scheme says which tokens a service accepts, so that hostile ones can be made.
type Scheme struct {
	// Config is the configuration of the scheme. Its Issuer and Audience go into
	// tokens, and what it allows is not taken for hostile. A service that does not
	// use package auth leaves it empty, or fills in Issuer and Audience.
	Config auth.Config
	// Signer makes the signatures the service trusts. It may be nil when Config has
	// AccessSecret or PrivateKeyFile.
	Signer *Signer
	// Claims are those that a good token carries, a JSON object: usually a value of
	// the claims type. The claims iss, aud, iat, nbf, exp and jti are set as an
	// issuer sets them, whatever Claims holds there. Nil means a subject alone.
	Claims any
	// Now is the clock of the service, time.Now when nil.
	Now func() time.Time
}

// Case is a token that no service may accept.
type Case struct {
	// Name says what is wrong with it, behind the part of the token it is about:
	// "claims/exp is a string".
	Name string
	// Source is where the rule stands, or which attack it was: "RFC 7519 section
	// 4.1.4", "CVE-2022-21449".
	Source string
	// Token is sent in the place of a good one.
	Token string
}

// Token returns a good token, or what is wrong with the scheme.
func (s Scheme) Token() (string, error) {
	k, err := s.corpus("")
	if err != nil {
		return "", err
	}
	return k.good(), nil
}

// Hostile returns tokens that a service must refuse, well over a hundred for each
// algorithm: forged ones, as an attacker makes them who has no secret and knows at
// most the public key; and ones that are signed properly and say what no token may
// say. What is wrong with the scheme comes back as the error.
//
// The Cases hold for every service that follows RFC 7515, 7518, 7519 and 8725 and
// the stricter readings of them in package auth. Which of them apply depends on
// Config: there is no wrong issuer where no issuer is expected.
func (s Scheme) Hostile() (iter.Seq[Case], error) {
	k, err := s.corpus("https://attacker.example/keys")
	if err != nil {
		return nil, err
	}
	k.all()
	return func(yield func(Case) bool) {
		for _, c := range k.cases {
			if !yield(c) {
				return
			}
		}
	}, nil
}

// corpus makes Cases.
type corpus struct {
	s       *Signer
	c       auth.Config
	now     int64
	header  object // of a good token
	payload object
	token   string  // a good one
	evil    *Signer // the attacker, with a key of his own
	trap    string  // an address that nobody may fetch
	group   string
	cases   []Case
	seen    map[string]bool        // tokens in cases
	skip    func(name string) bool // nil skips none
}

// corpus checks s and prepares what a good token consists of.
func (s Scheme) corpus(trap string) (*corpus, error) {
	signer := s.Signer
	if signer == nil {
		var err error
		if signer, err = SignerOf(s.Config); err != nil {
			return nil, err
		}
	}
	if s.Now != nil {
		signer = signer.WithClock(s.Now)
	}
	payload, err := objectOf(s.Claims)
	if err != nil {
		return nil, errors.New("authtest: Claims cannot be written as JSON: " + err.Error())
	}
	for _, name := range []string{"iss", "aud", "iat", "nbf", "exp", "jti"} {
		payload = payload.without(name)
	}
	if !payload.has("sub") {
		payload = payload.with("sub", `"somebody"`)
	}
	if s.Config.Issuer != "" {
		payload = payload.with("iss", quoted(s.Config.Issuer))
	}
	if len(s.Config.Audience) > 0 {
		payload = payload.with("aud", quoted(s.Config.Audience[0]))
	}
	typ := "JWT"
	if len(s.Config.TokenTypes) > 0 {
		typ = s.Config.TokenTypes[0]
	}
	return &corpus{
		s: signer, c: s.Config, now: signer.now().Unix(), evil: signer.attacker(), trap: trap, seen: make(map[string]bool),
		header: signer.header(typ), payload: signer.complete(payload),
	}, nil
}

// good returns a token that the service accepts, always the same one: what is made
// of it later meets a service that may remember it.
func (k *corpus) good() string {
	if k.token == "" {
		k.token = k.s.Sign(k.header.String(), k.payload.String())
	}
	return k.token
}

// leeway is how far clocks may differ, in seconds.
func (k *corpus) leeway() int64 {
	switch k.c.Leeway {
	case 0:
		return 30 // as package auth has it
	case -1:
		return 0
	default:
		return int64(k.c.Leeway)
	}
}

// all makes all Cases.
func (k *corpus) all() {
	for _, g := range []struct {
		name string
		fill func()
	}{
		{"form", k.forms},
		{"spelling", k.spellings},
		{"signature", k.signatures},
		{"algorithm", k.algorithms},
		{"confusion", k.confusions},
		{"header", k.headers},
		{"parameter", k.parameters},
		{"embedded key", k.embedded},
		{"type", k.types},
		{"payload", k.payloads},
		{"time", k.times},
		{"claims", k.claims},
	} {
		k.group = g.name
		g.fill()
	}
}

// add leaves out tokens that are there already: by chance, as a first byte of zero, or
// because two forms of a key are the same.
func (k *corpus) add(name, source, token string) {
	if !k.seen[token] && !k.skips(name) {
		k.seen[token] = true
		k.cases = append(k.cases, Case{k.group + "/" + name, source, token})
	}
}

// signed adds a token with a good signature.
func (k *corpus) signed(name, source, header, payload string) {
	if !k.skips(name) { // signing is what takes time
		k.add(name, source, k.s.Sign(header, payload))
	}
}

func (k *corpus) skips(name string) bool { return k.skip != nil && k.skip(k.group+"/"+name) }

// claim adds a token whose payload is not good.
func (k *corpus) claim(name, source, payload string) {
	k.signed(name, source, k.header.String(), payload)
}

// head adds a token whose header is not good.
func (k *corpus) head(name, source, header string) {
	k.signed(name, source, header, k.payload.String())
}

// forged adds a token that the attacker signed, with a key of his own.
func (k *corpus) forged(name, source string, by *Signer, header object) {
	k.add(name, source, by.Sign(header.String(), k.payload.String()))
}
