package auth

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Claims are the registered claims of an access token (RFC 7519 section 4.1,
// RFC 9068 section 2.2). A claims type embeds it by value:
//
//	type Session struct {
//		auth.Claims
//		Name string `json:"name"`
//	}
//
// An Issuer sets all of them itself, but for Subject and Scope.
type Claims struct {
	// Issuer says who issued the token.
	Issuer string `json:"iss,omitzero"`
	// Subject says whom the token speaks for.
	Subject string `json:"sub,omitzero"`
	// Audience says which services the token is meant for.
	Audience Audience `json:"aud,omitempty"`
	// ExpiresAt is the first second in which the token is not valid any more.
	ExpiresAt Time `json:"exp,omitzero"`
	// NotBefore is the first second in which the token is valid.
	NotBefore Time `json:"nbf,omitzero"`
	// IssuedAt is when the token was issued.
	IssuedAt Time `json:"iat,omitzero"`
	// ID tells the token from all others.
	ID string `json:"jti,omitzero"`
	// Scope lists what the token allows.
	Scope Scopes `json:"scope,omitempty"`
}

func (c *Claims) registered() *Claims { return c }

// ClaimsOf is satisfied by the pointer to T when T is Claims or embeds it, and
// by nothing else: a claims type that forgot to embed Claims does not compile.
type ClaimsOf[T any] interface {
	*T
	registered() *Claims
}

var (
	errTime     = errors.New("expected a number of seconds between 1 and 1e12")
	errAudience = errors.New("expected a string or an array of strings")
	errScope    = errors.New("expected scopes of printable ASCII without space, quote and backslash")
)

// Audience is who a token is meant for (RFC 7519 section 4.1.3). In JSON it is a
// string or an array of strings; it is always written as an array.
type Audience []string

// Contains reports whether a holds the exact string id.
func (a Audience) Contains(id string) bool { return slices.Contains(a, id) }

// UnmarshalJSON reads a string or an array of strings.
func (a *Audience) UnmarshalJSON(text []byte) error { return json.Unmarshal(text, a) }

// UnmarshalJSONFrom reads a string or an array of strings. Null leaves nil.
func (a *Audience) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*a = nil
	kind := dec.PeekKind()
	if kind == '"' || kind == 'n' {
		t, err := dec.ReadToken()
		if err == nil && kind == '"' {
			*a = Audience{t.String()}
		}
		return err
	}
	if kind != '[' {
		return errAudience
	}
	if _, err := dec.ReadToken(); err != nil {
		return err
	}
	*a = Audience{}
	for dec.PeekKind() != ']' {
		if dec.PeekKind() != '"' { //check:aud-element
			return errAudience
		}
		t, err := dec.ReadToken()
		if err != nil {
			return err
		}
		*a = append(*a, t.String())
	}
	_, err := dec.ReadToken()
	return err
}

// Scopes are what a token allows (RFC 6749 section 3.3). In JSON they are one
// string with a space between scopes (RFC 8693 section 4.2).
type Scopes []string

// Has reports whether s holds all of the wanted scopes.
func (s Scopes) Has(wanted ...string) bool {
	for _, w := range wanted {
		if !slices.Contains(s, w) {
			return false
		}
	}
	return true
}

// String returns the scopes with a space between them.
func (s Scopes) String() string { return strings.Join(s, " ") }

// UnmarshalJSON reads a string of scopes with spaces between them. Null leaves nil.
func (s *Scopes) UnmarshalJSON(text []byte) error {
	joined, err := unquote(text)
	if err != nil {
		return err
	}
	// Only SP separates: other spaces of Unicode are part of a scope's name.
	*s = nil
	if joined == "" {
		return nil
	}
	*s = make(Scopes, 0, 1+strings.Count(joined, " "))
	for scope := range strings.SplitSeq(joined, " ") {
		if scope != "" {
			*s = append(*s, scope)
		}
	}
	return nil
}

// unquote returns the string that text, a valid JSON value, must be; null is empty.
func unquote(text []byte) (string, error) {
	if len(text) >= 2 && text[0] == '"' && bytes.IndexByte(text, '\\') < 0 {
		return string(text[1 : len(text)-1]), nil
	}
	var s string
	err := json.Unmarshal(text, &s)
	return s, err
}

// MarshalJSON writes one string. A scope that is empty or holds a space, or
// another byte that RFC 6749 does not allow, is an error: written as it is, it
// would be read back as other scopes.
func (s Scopes) MarshalJSON() ([]byte, error) {
	if slices.ContainsFunc(s, badScope) { //check:scope-form
		return nil, errScope
	}
	return json.Marshal(s.String())
}

// badScope reports whether scope is not a scope-token of RFC 6749 section 3.3.
func badScope(scope string) bool {
	for i := range len(scope) {
		if c := scope[i]; c <= ' ' || c == '"' || c == '\\' || c > '~' {
			return true
		}
	}
	return scope == ""
}
