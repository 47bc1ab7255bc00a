package auth

import (
	"context"
	"slices"
)

// policy is what a token must satisfy, whatever claims it carries.
type policy struct {
	keys     keySet
	memo     headerMemo
	maxBytes int
	leeway   int64 // seconds
	issuer   string
	audience []string
	types    []string // normalised
	noExp    bool
	noType   bool
	bare     bool
}

func newPolicy(c Config, keys keySet) *policy {
	p := &policy{
		keys:     keys,
		maxBytes: c.MaxTokenBytes,
		leeway:   int64(c.Leeway),
		issuer:   c.Issuer,
		audience: slices.Clone(c.Audience),
		noExp:    c.AllowNoExp,
		noType:   c.AllowNoType,
		bare:     c.AllowBareToken,
	}
	for _, t := range c.TokenTypes {
		p.types = append(p.types, mediaType(t))
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
	if !slices.Contains(p.keys.algorithms(), h.alg) { //check:alg
		return nil, refuse(CodeAlgorithm, "the token does not have the algorithm of this scheme")
	}
	if s.signature, fail = decodeSegment(s.signature, parts.signature); fail != nil {
		return h, fail
	}
	s.signed = append(s.signed[:0], parts.signed...)
	if fail = p.authentic(ctx, h, s.signed, s.signature); fail != nil { //check:signature
		return h, fail
	}
	if !known {
		p.memo.put(parts.header, h)
	}
	s.payload, fail = decodeSegment(s.payload, parts.payload)
	return h, fail
}

// authentic looks for the key that made signature.
func (p *policy) authentic(ctx context.Context, h *header, signed, signature []byte) *Error {
	keys, err := p.keys.candidates(ctx, h)
	if err != nil { //check:keys-unavailable
		return &Error{Code: CodeUnavailable, reason: "the keys cannot be had", cause: err}
	}
	for _, k := range keys {
		if k.algorithm() != h.alg { //check:key-alg
			continue
		}
		if k.verify(signed, signature) {
			return nil
		}
	}
	return refuse(CodeSignature, "no key of this scheme made the signature")
}

// check looks at the registered claims, at the time now in seconds since 1970.
func (p *policy) check(h *header, c *Claims, now int64) *Error {
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
	if p.issuer != "" && c.Issuer != p.issuer { //check:iss
		return refuse(CodeIssuer, "the token is of another issuer")
	}
	if len(p.audience) > 0 && !slices.ContainsFunc(p.audience, c.Audience.Contains) { //check:aud
		return refuse(CodeAudience, "the token is meant for another audience")
	}
	if !h.typed && !p.noType { //check:typ-absent
		return refuse(CodeType, "the header has no typ")
	}
	if h.typed && !slices.Contains(p.types, h.typ) { //check:typ
		return refuse(CodeType, "the token has another typ than TokenTypes lists")
	}
	return nil
}
