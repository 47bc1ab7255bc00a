package annotate

import (
	"fmt"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// value checks one value against the type of its key. It reports what is
// wrong and returns false then.
func (p *argParser) value(raw *rawValue, key *Key) (Value, bool) {
	v := Value{
		Text: raw.text, Quoted: raw.quoted, lit: raw.lit,
		Pos: p.base + token.Pos(raw.start), End: p.base + token.Pos(raw.end),
	}
	switch {
	case raw.quoted && !properlyQuoted(raw.lit):
		return v, false // the lexer has reported it
	case raw.text == "":
		p.Errorf(CodeEmptyValue, v.Span(), "%s is empty; leave it out instead", key.Name)
		return v, false
	case key.None && raw.text == "none" && !raw.quoted:
		return v, true
	case raw.suffix != "" && !isReference(key.Type):
		p.Errorf(CodeBadQuote, v.Span(), "text right behind a quoted value; quote it too")
		return v, false
	}
	before := p.Len()
	p.typed(&v, raw, key)
	return v, p.Len() == before
}

func isReference(t KeyType) bool { return t == SchemeRef || t == ErrorRef || t == FuncRef }

func properlyQuoted(lit string) bool {
	_, err := strconv.Unquote(lit)
	return err == nil
}

func (p *argParser) typed(v *Value, raw *rawValue, key *Key) {
	switch key.Type {
	case String:
		p.checkText(v, key, false)
	case Word:
		p.checkText(v, key, true)
	case Ident, Exported:
		p.checkIdent(v, key)
	case Enum:
		p.checkEnum(v, key)
	case Status:
		p.checkStatus(v, key)
	case Bytes:
		n, err := ParseBytes(v.Text)
		v.Int = n
		p.bad(v, key, err)
	case Duration:
		d, err := ParseDuration(v.Text)
		v.Duration = d
		p.bad(v, key, err)
	case Method:
		p.checkMethod(v)
	case Path:
		_, errs := ParsePath(v.Text)
		p.pathErrors(v, CodePathSyntax, errs)
	case Prefix:
		_, errs := ParsePrefix(v.Text)
		p.pathErrors(v, CodePrefixSyntax, errs)
	case SchemeRef, ErrorRef, FuncRef:
		p.reference(v, raw, key)
	case Scope:
		p.checkScope(v, key)
	case Place:
		p.place(v, key)
	case Document:
		p.document(v, key)
	case URL:
		p.url(v, key)
	case Contact:
		p.contact(v, key)
	case Flag:
		// flags have no values
	}
}

func (p *argParser) bad(v *Value, key *Key, err error) {
	if err != nil {
		p.Errorf(CodeBadValue, v.Span(), "%s %s", key.Name, err)
	}
}

func (p *argParser) checkText(v *Value, key *Key, word bool) {
	for i, r := range v.Text {
		at := Span{v.At(i), v.At(i + utf8.RuneLen(r))}
		switch _, size := utf8.DecodeRuneInString(v.Text[i:]); {
		case r == utf8.RuneError && size == 1:
			p.Errorf(CodeBadValue, Span{v.At(i), v.At(i + 1)}, "%s is not valid UTF-8", key.Name)
		case unicode.IsControl(r):
			p.Errorf(CodeBadValue, at, "%s must not hold %q", key.Name, r)
		case word && unicode.IsSpace(r):
			p.Errorf(CodeBadValue, at, "%s must not hold spaces", key.Name)
		default:
			continue
		}
		return
	}
}

func (p *argParser) checkIdent(v *Value, key *Key) {
	switch {
	case !token.IsIdentifier(v.Text) || v.Text == "_":
		p.Errorf(CodeBadValue, v.Span(), "%s must be a Go identifier such as %s, not %s", key.Name, key.Sample, v.lit)
	case key.Type == Exported && !token.IsExported(v.Text):
		f := p.Errorf(CodeBadValue, v.Span(), "%s must be an exported identifier, one that begins with a capital", key.Name)
		if upper := upperFirst(v.Text); token.IsExported(upper) {
			f.Replace(v.Span(), upper)
		}
	}
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

func (p *argParser) checkEnum(v *Value, key *Key) {
	switch {
	case slices.Contains(key.Values, v.Text):
	default:
		words := strings.Join(key.Values, " or ")
		f := p.Errorf(CodeBadValue, v.Span(), "%s must be %s, not %s", key.Name, words, v.lit)
		if s := Suggest(v.Text, key.Values); s != "" {
			f.Replace(v.Span(), s)
		}
	}
}

func (p *argParser) checkStatus(v *Value, key *Key) {
	n, err := strconv.Atoi(v.Text)
	v.Int = int64(n)
	switch {
	case err != nil || len(v.Text) != 3 || n < 100:
		p.Errorf(CodeBadValue, v.Span(), "%s must be a status of three digits such as %s, not %s", key.Name, key.Sample, v.lit)
	case (n < key.Min || n > key.Max) && key.Max < 400 && n >= 400:
		p.Errorf(CodeBadValue, v.Span(), "%s must be %d to %d; errors are declared with //api:error %d", key.Name, key.Min, key.Max, n)
	case n < key.Min || n > key.Max:
		p.Errorf(CodeBadValue, v.Span(), "%s must be %d to %d, not %d", key.Name, key.Min, key.Max, n)
	}
}

// methods are the HTTP methods a route may have; RFC 9110, section 9.3, and
// RFC 5789.
var methods = []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

func (p *argParser) checkMethod(v *Value) {
	upper := strings.ToUpper(v.Text)
	switch {
	case slices.Contains(methods, v.Text):
	case slices.Contains(methods, upper):
		p.Errorf(CodeBadMethod, v.Span(), "the method is written in capitals: %s", upper).Replace(v.Span(), upper)
	case upper == "CONNECT" || upper == "TRACE":
		p.Errorf(CodeBadMethod, v.Span(), "%s cannot be served as a route", upper)
	case strings.ContainsAny(v.Text, ",| "):
		p.Errorf(CodeBadMethod, v.Span(), "a route has one method; write one //api:route METHOD /path for each, with an id= from the second on")
	default:
		f := p.Errorf(CodeBadMethod, v.Span(), "unknown method %s; write one of %s", v.lit, strings.Join(methods, ", "))
		if s := Suggest(upper, methods); s != "" {
			f.Message = fmt.Sprintf("unknown method %s; did you mean %s?", v.lit, s)
			f.Replace(v.Span(), s)
		}
	}
}

func (p *argParser) pathErrors(v *Value, code string, errs []PathError) {
	for _, e := range errs {
		at := Span{v.At(e.Offset), v.At(e.End)}
		f := p.Errorf(code, at, "%s", e.Message)
		if e.Fixable {
			f.Replace(at, e.Instead)
		}
	}
}

// checkScope checks a scope token, RFC 6749, section 3.3.
func (p *argParser) checkScope(v *Value, key *Key) {
	for i, r := range v.Text {
		if r <= ' ' || r == '"' || r == '\\' || r > '~' {
			message := "a scope is made of printable ASCII without spaces, quotes and backslashes"
			if r == ' ' {
				message = "a scope holds no space; separate scopes with commas: " + key.Sample
			}
			p.Errorf(CodeBadValue, Span{v.At(i), v.At(i + 1)}, "%s", message)
			return
		}
	}
}
