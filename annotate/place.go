package annotate

import (
	"go/token"
	"strings"
)

// The places of a token; Value.Qual of a Place.
const (
	InAuthorization = "authorization"
	InHeader        = "header"
	InCookie        = "cookie"
	InQuery         = "query"
)

// placeWords are the places as they are written.
var placeWords = []string{"Authorization", InHeader, InCookie, InQuery}

// placeForms are the forms of a place, for messages.
const placeForms = "Authorization:Word, header:Name, cookie:__Host-name or query:name"

// place checks Authorization:Word, header:Name, cookie:Name and query:Name.
func (p *argParser) place(v *Value, key *Key) {
	kind, name, ok := strings.Cut(v.Text, ":")
	word := Span{v.Pos, v.At(len(kind))}
	if !ok {
		f := p.Errorf(CodeBadPlace, v.Span(), "%s is %s, not %s", key.Name, placeForms, v.lit)
		switch {
		case isProtected(v.Text):
			f.Message += "; for the cookie of that name write cookie:" + v.Text
		case isToken(v.Text) && strings.Contains(v.Text, "-"):
			f.Message += "; for the header of that name write header:" + v.Text
		}
		return
	}
	for _, w := range placeWords {
		if kind == w {
			at := Span{v.At(len(kind) + 1), v.At(len(v.Text))}
			if p.placeName(at, kind, name) {
				v.Text, v.Qual = name, strings.ToLower(kind)
			}
			return
		}
		if strings.EqualFold(kind, w) {
			p.Errorf(CodeBadPlace, word, "the place is written %s", w).Replace(word, w)
			return
		}
	}
	hint := didYouMean(kind, placeWords)
	if hint == "" {
		hint = "; write Authorization, header, cookie or query before the colon"
	}
	p.Errorf(CodeBadPlace, word, "unknown place %s%s", kind, hint)
}

// placeName checks the word of an authentication scheme, or the name of a header
// or cookie, which are tokens of RFC 9110 section 5.6.2, or of a parameter, which
// needs no encoding in a query (RFC 3986 section 2.3).
func (p *argParser) placeName(at Span, place, name string) bool {
	switch {
	case name == "":
		// The span is empty; widen it to the colon.
		p.Errorf(CodeBadPlace, Span{at.From - token.Pos(1), at.To}, "nothing behind the colon; write %s", placeSamples[place])
	case place == InQuery && !consistsOf(name, "-._~"):
		p.Errorf(CodeBadPlace, at, "a query parameter that holds a token has a name of letters, digits and -._~; write in=%s", placeSamples[place])
	case place != InQuery && !isToken(name):
		p.Errorf(CodeBadPlace, at, "%s is no %s", name, placeNames[place])
	case place == InHeader:
		return p.placeHeader(at, name)
	case place == InCookie && !isProtected(name):
		p.Errorf(CodeBadPlace, at, "browsers keep a cookie to https, and to those who may set it, when its name begins with __Host- or __Secure-; write in=cookie:%s", protected(name))
	default:
		return true
	}
	return false
}

var placeNames = map[string]string{"Authorization": "word of an Authorization header", InHeader: "name of a header", InCookie: "name of a cookie"}

var placeSamples = map[string]string{
	"Authorization": "Authorization:Bearer", InHeader: "header:X-Token", InCookie: "cookie:__Host-token", InQuery: "query:access_token",
}

// placeHeader refuses headers that have another purpose.
func (p *argParser) placeHeader(at Span, name string) bool {
	switch {
	case strings.EqualFold(name, "Authorization"):
		p.Errorf(CodeBadPlace, at, "the header Authorization holds a word before the token; write in=Authorization:Bearer")
	case strings.EqualFold(name, "Cookie"):
		p.Errorf(CodeBadPlace, at, "the header Cookie holds cookies; for one of them write in=%s", placeSamples[InCookie])
	case strings.EqualFold(name, "Host"):
		p.Errorf(CodeBadPlace, at, "the header Host names the server and holds no token")
	default:
		return true
	}
	return false
}

// cookiePrefixes make browsers protect a cookie (draft-ietf-httpbis-rfc6265bis
// section 4.1.3).
var cookiePrefixes = []string{"__Host-", "__Secure-"}

// isProtected reports whether a cookie of that name is protected by browsers.
func isProtected(name string) bool {
	for _, prefix := range cookiePrefixes {
		if strings.HasPrefix(name, prefix) && name != prefix {
			return true
		}
	}
	return false
}

// protected is a name that is nearly that of a cookie, as browsers protect it.
func protected(name string) string {
	prefix := cookiePrefixes[0]
	for _, p := range cookiePrefixes {
		if len(name) >= len(p) && strings.EqualFold(name[:len(p)], p) {
			prefix, name = p, name[len(p):]
			break
		}
	}
	if name == "" {
		name = "token"
	}
	return prefix + name
}

func isToken(s string) bool { return consistsOf(s, "!#$%&'*+-.^_`|~") }

// consistsOf reports whether s has ASCII letters, digits and marks alone, and any.
func consistsOf(s, marks string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && strings.IndexByte(marks, c) < 0 {
			return false
		}
	}
	return s != ""
}
