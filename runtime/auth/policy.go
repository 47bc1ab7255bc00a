package auth

import (
	"context"
	"slices"
)

// policy is what a token must satisfy, whatever claims it carries.
type policy struct {
	trusts   []trust
	algs     []string // of all trusts
	memo     headerMemo
	cache    *signatureCache // nil for none
	maxBytes int
	leeway   int64    // seconds
	types    []string // normalised
	scopes   []string // the claims that hold them; none for scope
	noExp    bool
	noType   bool
	bare     bool
	brought  bool // headers may hold keys, which nobody looks at
}

func newPolicy(c Config, trusts []trust) *policy {
	p := &policy{
		trusts:   trusts,
		cache:    newSignatureCache(c.CacheTokens),
		maxBytes: c.MaxTokenBytes,
		leeway:   int64(c.Leeway),
		scopes:   slices.Clone(c.ScopeClaims),
		noExp:    c.AllowNoExp,
		noType:   c.AllowNoType,
		bare:     c.AllowBareToken,
	}
	for _, t := range c.TokenTypes {
		p.types = append(p.types, mediaType(t))
	}
	for _, t := range trusts {
		p.brought = p.brought || t.remote
		for _, alg := range t.keys.algorithms() {
			if !slices.Contains(p.algs, alg) {
				p.algs = append(p.algs, alg)
			}
		}
	}
	return p
}

// open checks everything about token but its claims, whose JSON text it leaves in
// s.payload. The header is returned as soon as its algorithm is one of ours.
func (p *policy) open(ctx context.Context, s *scratch, token string) (h *header, fail *Error) {
	if len(token) > p.maxBytes { //check:size
		return nil, refuse(CodeMalformed, "the token is larger than MaxTokenBytes")
	}
	parts, fail := split(token)
	if fail != nil {
		return nil, fail
	}
	if parts.payload == "" { //check:payload-empty
		return nil, refuse(CodeMalformed, "the token has no claims")
	}
	if h, fail = p.verify(ctx, s, parts); fail != nil {
		return h, fail
	}
	s.payload, fail = decodeSegment(s.payload, parts.payload)
	return h, fail
}

// verify checks a signature in the compact form (RFC 7515 section 5.2), whatever it
// signs.
func (p *policy) verify(ctx context.Context, s *scratch, parts segments) (h *header, fail *Error) {
	h = p.memo.get(parts.header)
	known := h != nil
	if !known {
		if s.header, fail = decodeSegment(s.header, parts.header); fail != nil {
			return nil, fail
		}
		if h, fail = parseHeader(s.header); fail != nil {
			return nil, fail
		}
	}
	if h.brings && !p.brought { //check:embedded-key
		return nil, errBrings
	}
	if !slices.Contains(p.algs, h.alg) { //check:alg
		return nil, refuse(CodeAlgorithm, "the token does not have an algorithm of this scheme")
	}
	if s.signature, fail = decodeSegment(s.signature, parts.signature); fail != nil {
		return h, fail
	}
	s.signed = append(s.signed[:0], parts.signed...)
	if fail = p.authentic(ctx, h, parts, s); fail != nil { //check:signature
		return h, fail
	}
	if h.brings && !s.by.trust.remote { //check:embedded-key-own
		return h, errBrings
	}
	if !known {
		p.memo.put(parts.header, h)
	}
	return h, nil
}

// check looks at the registered claims of a token that by signed, at the time now
// in seconds since 1970.
func (p *policy) check(ctx context.Context, h *header, by signedBy, c *Claims, now int64) *Error {
	if c.ExpiresAt == 0 && !p.noExp { //check:exp-required
		return refuse(CodeClaims, "claim exp is required and absent")
	}
	if c.ExpiresAt != 0 && now >= int64(c.ExpiresAt)+p.leeway { //check:exp
		return refuse(CodeExpired, "the token has expired")
	}
	if now+p.leeway < int64(c.NotBefore) { //check:nbf
		return refuse(CodeNotYetValid, "the token is not valid yet")
	}
	if now+p.leeway < int64(c.IssuedAt) { //check:iat
		return refuse(CodeNotYetValid, "the token was issued in the future")
	}
	t, fail := p.issuerOf(ctx, h, by, c.Issuer)
	if fail != nil { //check:iss
		return fail
	}
	if len(t.audience) > 0 && !slices.ContainsFunc(t.audience, c.Audience.Contains) { //check:aud
		return refuse(CodeAudience, "the token is meant for another audience")
	}
	if !h.typed && !p.noType && !t.public { //check:typ-absent
		return refuse(CodeType, "the header has no typ")
	}
	if h.typed && !slices.Contains(p.types, h.typ) { //check:typ
		return refuse(CodeType, "the token has another typ than TokenTypes lists")
	}
	return nil
}
