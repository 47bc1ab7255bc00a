package auth

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// place is where a token is looked for; exactly one of its fields is set.
type place struct {
	word   string // scheme word in front of the token in Authorization
	header string // name of a header that holds the token alone
}

// credential is what a request presents.
type credential struct {
	token string
	found bool // there is a token, good or not
	none  bool // there is no Authorization header, and nothing in any place
}

// lookup finds the token of r. A request must not present more than one (RFC
// 6750 section 2); which of them counts would otherwise depend on who reads it.
func lookup(r *http.Request, places []place, allowBare bool) (c credential, fail *Error) {
	c.none = true
	authorization := r.Header["Authorization"]
	if len(authorization) > 1 { //check:authorization-repeated
		return c, refuse(CodeRequest, "the request has more than one Authorization header")
	}
	if len(authorization) > 0 { //check:anonymous-authorization
		c.none = false
	}
	tokens, bare := 0, ""
	for _, p := range places {
		var token string
		var ok bool
		if p.word != "" {
			token, ok = afterWord(authorization, p.word)
			bare = first(authorization)
		} else {
			values := r.Header[http.CanonicalHeaderKey(p.header)]
			if len(values) > 1 { //check:header-repeated
				return c, refuse(CodeRequest, "the request has a token header more than once")
			}
			if len(values) > 0 { //check:anonymous-header
				c.none = false
			}
			token, ok = first(values), first(values) != ""
		}
		if ok {
			c.token, c.found = token, true
			tokens++
		}
	}
	if allowBare && isBare(bare) {
		c.token, c.found = bare, true
		tokens++
	}
	if tokens > 1 { //check:two-places
		return c, refuse(CodeRequest, "the request has a token in two places")
	}
	return c, nil
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// afterWord returns what stands behind the scheme word and one space. The word is
// compared without case (RFC 9110 section 11.1); a second space would belong to
// the token and spoil it.
func afterWord(authorization []string, word string) (token string, ok bool) {
	value := first(authorization)
	if !hasWord(value, word) { //check:scheme-word
		return "", false
	}
	token = value[len(word)+1:]
	return token, token != ""
}

func hasWord(value, word string) bool {
	return len(value) > len(word) && value[len(word)] == ' ' && strings.EqualFold(value[:len(word)], word)
}

// isBare reports whether an Authorization header looks like a token without a
// scheme word.
func isBare(value string) bool {
	return strings.Count(value, ".") == 2 && !strings.Contains(value, " ")
}

// checkPlaces reports every place that cannot work.
func checkPlaces(places []place) error {
	var errs []error
	seen := make(map[place]bool)
	for _, p := range places {
		same := place{asciiLower(p.word), http.CanonicalHeaderKey(p.header)}
		switch {
		case !isHTTPToken(p.word + p.header):
			errs = append(errs, fmt.Errorf("place %q: expected a scheme word or header name of letters, digits and -", p.word+p.header))
		case same.header == "Authorization":
			errs = append(errs, errors.New("place header:Authorization: write FromAuthorization and the scheme word"))
		case same.header == "Cookie":
			errs = append(errs, errors.New("place header:Cookie: a cookie is not a header of its own"))
		case same.header == "Host":
			errs = append(errs, errors.New("place header:Host: it names the server and holds no token"))
		case seen[same]:
			errs = append(errs, fmt.Errorf("place %q is given twice", p.word+p.header))
		}
		seen[same] = true
	}
	return errors.Join(errs...)
}

// isHTTPToken reports whether s is a token of RFC 9110 section 5.6.2.
func isHTTPToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		digit := '0' <= c && c <= '9'
		if !letter && !digit && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}
