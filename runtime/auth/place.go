package auth

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/runtime/internal/query"
)

// place is where a token is looked for.
type place struct {
	in   placeKind
	name string // of the header, the cookie or the parameter; the scheme word in Authorization
}

type placeKind string

// The kinds, as directives call them.
const (
	inAuthorization placeKind = "Authorization"
	inHeader        placeKind = "header"
	inCookie        placeKind = "cookie"
	inQuery         placeKind = "query"
)

// String returns p as a directive has it.
func (p place) String() string { return string(p.in) + ":" + p.name }

// credential is what a request presents.
type credential struct {
	token  string
	found  bool // there is a token, good or not
	none   bool // there is no Authorization header, and nothing in any place
	cookie bool // the token is from a cookie, which browsers send unasked
	query  bool // the address of the request holds a token
}

// lookup finds the token of r. A request must not present more than one (RFC
// 6750 section 2); which of them counts would otherwise depend on who reads it.
func lookup(r *http.Request, places []place, allowBare bool) (c credential, fail *Error) {
	c.none = true
	authorization := r.Header["Authorization"]
	tokens, bare := 0, ""
	// All places are looked at, whatever the first ones hold: c.query decides how
	// the answer may be cached.
	for _, p := range places {
		value, n, wrong := p.read(r)
		if p.in == inQuery && (n > 0 || wrong != nil) {
			c.query = true
		}
		if wrong == nil && n > 1 { //check:place-repeated
			wrong = refuse(CodeRequest, "the request has "+repeated[p.in])
		}
		if fail == nil {
			fail = wrong
		}
		if n > 0 { //check:anonymous-place
			c.none = false
		}
		ok := value != ""
		if p.in == inAuthorization {
			bare = value
			value, ok = afterWord(value, p.name)
		}
		if ok {
			c.token, c.found, c.cookie = value, true, p.in == inCookie
			tokens++
		}
	}
	if len(authorization) > 1 { //check:authorization-repeated
		return c, refuse(CodeRequest, "the request has "+repeated[inAuthorization])
	}
	if len(authorization) > 0 { //check:anonymous-authorization
		c.none = false
	}
	if allowBare && isBare(bare) {
		c.token, c.found, c.cookie = bare, true, false
		tokens++
	}
	if fail == nil && tokens > 1 { //check:two-places
		fail = refuse(CodeRequest, "the request has a token in two places")
	}
	return c, fail
}

// repeated says what a request has that has more than one in a place.
var repeated = map[placeKind]string{
	inAuthorization: "more than one Authorization header",
	inHeader:        "a token header more than once",
	inCookie:        "a token cookie more than once",
	inQuery:         "a token parameter more than once",
}

// read returns the last of the n values that stand in p.
func (p place) read(r *http.Request) (value string, n int, wrong *Error) {
	switch p.in {
	case inCookie:
		value, n = readCookie(r.Header["Cookie"], p.name)
	case inQuery:
		return readParameter(r.URL.RawQuery, p.name)
	default:
		name := p.name
		if p.in == inAuthorization {
			name = "Authorization"
		}
		values := r.Header[http.CanonicalHeaderKey(name)]
		if n = len(values); n > 0 {
			value = values[n-1]
		}
	}
	return value, n, nil
}

// readParameter returns the last of the n parameters of a query that have a name.
// A query that generated code would not read is refused with the same words.
func readParameter(raw, name string) (value string, n int, wrong *Error) {
	var few [8]query.Pair
	pairs, text := query.Read(few[:0], raw)
	if text != "" { //check:query-malformed
		return "", 0, &Error{Code: CodeRequest, reason: text, told: text}
	}
	for _, p := range pairs {
		if p.Name == name {
			value = p.Value
			n++
		}
	}
	return value, n, nil
}

// afterWord returns what stands behind the scheme word and one space. The word is
// compared without case (RFC 9110 section 11.1); a second space would belong to
// the token and spoil it.
func afterWord(authorization, word string) (token string, ok bool) {
	if !hasWord(authorization, word) { //check:scheme-word
		return "", false
	}
	token = authorization[len(word)+1:]
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
		same := p
		switch p.in {
		case inAuthorization:
			same.name = asciiLower(p.name)
		case inHeader:
			same.name = http.CanonicalHeaderKey(p.name)
		}
		if err := p.check(); err != nil {
			errs = append(errs, fmt.Errorf("place %s: %w", p, err))
		} else if seen[same] { //check:place-twice
			errs = append(errs, fmt.Errorf("place %s is given twice", p))
		}
		seen[same] = true
	}
	return errors.Join(errs...)
}

// check reports what is wrong with the name of p.
func (p place) check() error {
	header := http.CanonicalHeaderKey(p.name)
	switch {
	case p.in == inQuery && !isUnreserved(p.name): //check:place-query
		return errors.New("expected a parameter name of letters, digits and -._~, such as access_token")
	case p.in != inQuery && !isHTTPToken(p.name): //check:place-token
		return errors.New("expected a scheme word, or the name of a header or a cookie, of letters, digits and -")
	case p.in == inCookie && !isProtected(p.name): //check:place-cookie
		return errors.New("browsers keep a cookie to https and to those who may set it when its name begins with __Host- or __Secure-: write in=cookie:__Host-token, or FromCookie(\"__Host-token\")")
	case p.in != inHeader:
		return nil
	case header == "Authorization": //check:place-authorization
		return errors.New("write FromAuthorization and the scheme word")
	case header == "Cookie": //check:place-cookies
		return errors.New("a cookie is not a header of its own: write FromCookie and its name")
	case header == "Host": //check:place-host
		return errors.New("it names the server and holds no token")
	}
	return nil
}

// isHTTPToken reports whether s is a token of RFC 9110 section 5.6.2.
func isHTTPToken(s string) bool { return consistsOf(s, "!#$%&'*+-.^_`|~") }

// isUnreserved reports whether s stands in a query as it is (RFC 3986 section 2.3).
func isUnreserved(s string) bool { return consistsOf(s, "-._~") }

// consistsOf reports whether s has letters, digits and marks alone, and any.
func consistsOf(s, marks string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		digit := '0' <= c && c <= '9'
		if !letter && !digit && strings.IndexByte(marks, c) < 0 {
			return false
		}
	}
	return s != ""
}
