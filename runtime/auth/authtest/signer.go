package authtest

import (
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Signer signs tokens with a key of its own, whatever they say. It is safe for
// concurrent use.
type Signer struct {
	alg algorithm
	key any // []byte or a private key
	id  string
	now func() time.Time
}

// NewSigner returns a Signer with a new key for alg: HS256, HS384, HS512, RS256,
// RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512 or EdDSA, which is
// Ed25519. It panics for anything else. All RSA signers of a process share one key
// of 2048 bits, which the first of them makes.
func NewSigner(alg string) *Signer {
	a, ok := algorithmOf(alg)
	if !ok {
		panic(fmt.Sprintf("authtest: expected one of HS256, HS384, HS512, RS256, RS384, RS512, "+
			"PS256, PS384, PS512, ES256, ES384, ES512 and EdDSA, got %q", alg))
	}
	return &Signer{alg: a, key: a.newKey(ownRSA), now: time.Now}
}

// attacker returns a Signer that has another key for the same algorithm.
func (s *Signer) attacker() *Signer {
	return &Signer{alg: s.alg, key: s.alg.newKey(attackerRSA), id: s.id, now: s.now}
}

// WithKeyID returns a Signer of the same key whose tokens have this kid, and whose
// Config and JWKS name it.
func (s *Signer) WithKeyID(id string) *Signer {
	c := *s
	c.id = id
	return &c
}

// WithClock returns a Signer of the same key that takes the time from now, as the
// verifier does with auth.WithClock.
func (s *Signer) WithClock(now func() time.Time) *Signer {
	c := *s
	c.now = now
	return &c
}

// Algorithm returns the name that NewSigner was given.
func (s *Signer) Algorithm() string { return s.alg.name }

// PublicPEM returns the public key as a PEM block (RFC 7468 section 13), or an empty
// string for the algorithms of secrets.
func (s *Signer) PublicPEM() string {
	if public := publicOf(s.key); public != nil {
		return publicPEM(public)
	}
	return ""
}

// JWKS returns the public key as a JWK set (RFC 7517 section 5), as an issuer
// publishes it; the set is empty for the algorithms of secrets.
func (s *Signer) JWKS() string {
	if publicOf(s.key) == nil {
		return `{"keys":[]}`
	}
	return s.keySet()
}

// Handler answers every request with JWKS, as the JWKSURL of an issuer does.
func (s *Signer) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/jwk-set+json") // RFC 7517 section 8.5
		_, _ = io.WriteString(w, s.JWKS())
	})
}

// keySet returns a JWK set of what verifies, the secret included.
func (s *Signer) keySet() string {
	return object{{"keys", "[" + s.jwk().String() + "]"}}.String()
}

// jwk returns what verifies as a JWK.
func (s *Signer) jwk() object {
	key := s.key
	if public := publicOf(key); public != nil {
		key = public
	}
	jwk := jwkOf(key).with("alg", quoted(s.alg.name)).with("use", `"sig"`)
	if s.id != "" {
		jwk = jwk.with("kid", quoted(s.id))
	}
	return jwk
}

// Token returns a token with these claims: anything that is a JSON object, or nil
// for none. The header is what it should be, with typ JWT. The claims iat, nbf, exp
// and jti are added where they are absent: issued now and valid for 15 minutes. To
// leave exp out, use Sign. It panics when claims cannot be written as an object.
func (s *Signer) Token(claims any) string {
	payload := must(objectOf(claims))
	return s.Sign(s.header("JWT").String(), s.complete(payload).String())
}

// header returns a good one.
func (s *Signer) header(typ string) object {
	h := object{{"alg", quoted(s.alg.name)}, {"typ", quoted(typ)}}
	if s.id != "" {
		h = h.with("kid", quoted(s.id))
	}
	return h
}

// complete adds the claims that a token needs.
func (s *Signer) complete(payload object) object {
	now := s.now().Unix()
	for _, m := range []member{
		{"iat", strconv.FormatInt(now, 10)},
		{"nbf", strconv.FormatInt(now, 10)},
		{"exp", strconv.FormatInt(now+int64(lifetime/time.Second), 10)},
		{"jti", quoted(rand.Text())},
	} {
		if !payload.has(m.name) {
			payload = payload.with(m.name, m.value)
		}
	}
	return payload
}

// Sign returns a token of a header and a payload, JSON texts that need not be what
// they should be: they are encoded as they are, and the signature is that of the
// Signer's own algorithm.
func (s *Signer) Sign(header, payload string) string {
	return s.SignSegments(encode(header), encode(payload))
}

// SignSegments returns a token of a header and a payload that are encoded already,
// in base64url or not.
func (s *Signer) SignSegments(header, payload string) string {
	signed := header + "." + payload
	return signed + "." + encode(s.signature(signed))
}

func (s *Signer) signature(signed string) []byte {
	return must(s.alg.method.Sign(signed, s.key))
}
