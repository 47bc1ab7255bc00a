package annotate

import (
	"go/token"
	"slices"
	"strings"
)

// The places of a token; Value.Qual of a Place.
const (
	InAuthorization = "authorization"
	InHeader        = "header"
	InCookie        = "cookie"
	InQuery         = "query"
)

// place checks Authorization:Word, header:Name, cookie:Name and query:Name.
func (p *argParser) place(v *Value, key *Key) {
	kind, name, ok := strings.Cut(v.Text, ":")
	word := Span{v.Pos, v.At(len(kind))}
	folded := strings.ToLower(kind)
	switch {
	case !ok:
		f := p.Errorf(CodeBadPlace, v.Span(), "%s is Authorization:Word or header:Name, not %s", key.Name, v.lit)
		if isToken(v.Text) && strings.Contains(v.Text, "-") {
			f.Message += "; for the header of that name write header:" + v.Text
		}
		return
	case slices.Contains(key.LaterValues, folded):
		p.Errorf(CodeLaterValue, v.Span(), "%s=%s: is not supported yet; write Authorization:Word or header:Name", key.Name, folded)
		return
	case folded == InAuthorization && kind != "Authorization":
		p.Errorf(CodeBadPlace, word, "the header is written Authorization").Replace(word, "Authorization")
		return
	case folded == InHeader && kind != InHeader:
		p.Errorf(CodeBadPlace, word, "the place is written header").Replace(word, InHeader)
		return
	case folded != InAuthorization && folded != InHeader:
		p.Errorf(CodeBadPlace, word, "unknown place %s%s", kind, didYouMean(kind, []string{"Authorization", InHeader, InCookie, InQuery}))
		return
	}
	at := Span{v.At(len(kind) + 1), v.End}
	if p.placeName(at, folded, name) {
		v.Text, v.Qual = name, folded
	}
}

// placeName checks the word of an authentication scheme, or the name of a
// header; both are tokens of RFC 9110, section 5.6.2.
func (p *argParser) placeName(at Span, place, name string) bool {
	switch {
	case name == "":
		// The span is empty; widen it to the colon.
		p.Errorf(CodeBadPlace, Span{at.From - token.Pos(1), at.To}, "nothing behind the colon; write Authorization:Bearer or header:X-Token")
	case !isToken(name):
		p.Errorf(CodeBadPlace, at, "%s is no %s", name, map[string]string{InAuthorization: "word of an Authorization header", InHeader: "name of a header"}[place])
	case place == InHeader && strings.EqualFold(name, "Authorization"):
		p.Errorf(CodeBadPlace, at, "the header Authorization holds a word before the token; write in=Authorization:Bearer")
	case place == InHeader && strings.EqualFold(name, "Cookie"):
		p.Errorf(CodeBadPlace, at, "the header Cookie holds cookies, no token")
	case place == InHeader && strings.EqualFold(name, "Host"):
		p.Errorf(CodeBadPlace, at, "the header Host names the server and holds no token")
	default:
		return true
	}
	return false
}

func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return s != ""
}
