package auth

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"github.com/go-json-experiment/json"
)

// Types of tokens, as headers name them.
const (
	typeAccess = "at+jwt" // RFC 9068 section 2.1
	typePlain  = "JWT"    // RFC 7519 section 5.1
)

// Issuer issues tokens whose claims are T. It is safe for concurrent use.
type Issuer[T any] struct {
	terms      *terms
	clock      func() time.Time
	registered func(*T) *Claims
}

// terms are what all tokens of an Issuer have in common.
type terms struct {
	keys     signers
	typ      string
	header   atomic.Pointer[signedHeader]
	issuer   string
	audience []string
	expire   int64 // seconds
	maxBytes int
}

// NewIssuer returns an issuer of the tokens c describes. It reports everything
// that is wrong with c and T at once, and warns through slog when tokens live for
// more than a day: nothing but a Revoker ends them earlier.
func NewIssuer[T any, P ClaimsOf[T]](c Config, opts ...Option) (*Issuer[T], error) {
	s := settingsOf(opts)
	err := errors.Join(c.Validate(), checkClaimsType[T, P]())
	if err != nil {
		return nil, err
	}
	c = c.withDefaults()
	keys, err := c.signers()
	if err != nil {
		return nil, err
	}
	typ := typePlain
	if c.Issuer != "" && len(c.Audience) > 0 { // what RFC 9068 section 2.2 asks of at+jwt
		typ = typeAccess
	}
	if !slices.ContainsFunc(c.TokenTypes, func(t string) bool { return mediaType(t) == mediaType(typ) }) { //check:issue-type
		return nil, fmt.Errorf("TokenTypes: expected %s among them: tokens are issued with it", typ)
	}
	if c.AccessExpire > longExpire {
		slog.Warn("auth: AccessExpire is above 24h; such tokens stay valid until then, also when they leak",
			"AccessExpire", c.AccessExpire.String())
	}
	t := &terms{
		keys:     keys,
		typ:      typ,
		issuer:   c.Issuer,
		audience: slices.Clone(c.Audience),
		expire:   int64(c.AccessExpire),
		maxBytes: c.MaxTokenBytes,
	}
	return &Issuer[T]{t, s.clock, func(c *T) *Claims { return P(c).registered() }}, nil
}

// Access returns a signed token with the claims of c, and when it expires. The
// issuer sets iss, aud, iat, nbf, exp and a random jti itself, on a copy: what c
// holds in their place is not used, and c does not change. Times are whole
// seconds.
//
// It returns an error when c is nil, cannot be written as JSON, takes a
// registered claim in some other way, or makes a token above MaxTokenBytes, and
// when the clock is not between the years 1970 and 33658.
func (i *Issuer[T]) Access(_ context.Context, c *T) (token string, expires time.Time, err error) {
	if c == nil { //check:issue-nil
		return "", time.Time{}, errors.New("auth: expected claims to issue a token for, got nil")
	}
	issued := *c
	set := i.registered(&issued)
	now := i.clock().Unix()
	set.Issuer, set.Audience = i.terms.issuer, i.terms.audience
	set.IssuedAt, set.NotBefore, set.ExpiresAt = Time(now), Time(now), Time(now+i.terms.expire)
	set.ID = rand.Text()
	token, err = i.terms.sign(&issued, set)
	if err != nil {
		return "", time.Time{}, err
	}
	return token, set.ExpiresAt.Time(), nil
}

// sign writes claims, whose registered ones must come out as set, and signs them.
func (t *terms) sign(claims any, set *Claims) (string, error) {
	payload, err := json.Marshal(claims, json.Deterministic(true))
	if err != nil {
		return "", fmt.Errorf("auth: claims cannot be written: %w", err)
	}
	var written Claims
	err = json.Unmarshal(payload, &written)
	if err != nil || !sameClaims(&written, set) { //check:issue-override
		return "", errors.New("auth: a claim of the application takes the place of a registered one " +
			"(iss, sub, aud, exp, nbf, iat, jti, scope): give it another name")
	}
	key := t.keys.signer()
	signed := t.headerFor(key) + "." + base64.RawURLEncoding.EncodeToString(payload)
	signature, err := key.sign([]byte(signed))
	if err != nil {
		return "", fmt.Errorf("auth: token cannot be signed: %w", err)
	}
	token := signed + "." + base64.RawURLEncoding.EncodeToString(signature)
	if len(token) > t.maxBytes { //check:issue-size
		return "", fmt.Errorf("auth: the token has %d bytes and MaxTokenBytes is %d: carry less, or raise it", len(token), t.maxBytes)
	}
	return token, nil
}

// sameClaims compares what was written with what was set; lists without elements
// are left out of JSON.
func sameClaims(a, b *Claims) bool {
	return a.Issuer == b.Issuer && a.Subject == b.Subject && a.ID == b.ID &&
		a.ExpiresAt == b.ExpiresAt && a.NotBefore == b.NotBefore && a.IssuedAt == b.IssuedAt &&
		slices.Equal(a.Audience, b.Audience) && slices.Equal(a.Scope, b.Scope)
}
