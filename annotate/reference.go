package annotate

import (
	"fmt"
	"go/token"
	"path"
	"slices"
	"strings"
)

// reference checks Name, pkg.Name and "import/path".Name.
func (p *argParser) reference(v *Value, raw *rawValue, key *Key) {
	if raw.quoted {
		p.pathReference(v, raw, key)
		return
	}
	qual, name, qualified := strings.Cut(v.Text, ".")
	switch {
	case strings.ContainsAny(v.Text, "()"):
		p.calledReference(v, key)
		return
	case strings.HasPrefix(v.Text, "*") || strings.HasPrefix(v.Text, "&"):
		p.Errorf(CodeBadReference, v.Span(), "%s is a name without %c", key.Name, v.Text[0]).
			Replace(Span{v.Pos, v.Pos + 1}, "")
		return
	case strings.Contains(v.Text, "/"):
		p.unquotedPath(v, key)
		return
	case qualified && strings.Contains(name, "."):
		p.badReference(v, "%s is Name, pkg.Name or \"import/path\".Name, not %s", key.Name, v.Text)
		return
	}
	if !qualified {
		name, qual = v.Text, ""
	}
	if !p.refName(v, key, name, qualified) {
		return
	}
	if qualified && !token.IsIdentifier(qual) {
		p.badReference(v, "%s is no name of a package", orNothing(qual))
		return
	}
	v.Text, v.Qual = name, qual
}

// calledReference reports a call where a name is expected.
func (p *argParser) calledReference(v *Value, key *Key) {
	name, args, _ := strings.Cut(v.Text, "(")
	if strings.Trim(args, ")") == "" {
		p.badReference(v, "%s is a name without a call; write %s", key.Name, strings.TrimRight(name, "."))
		return
	}
	p.badReference(v, "%s is a name without a call; declare a func(http.Handler) http.Handler that calls %s, and write its name", key.Name, v.Text)
}

// oneOf returns the first of the samples of a list.
func oneOf(sample string) string {
	first, _, _ := strings.Cut(sample, ",")
	return first
}

func orNothing(s string) string {
	if s == "" {
		return "nothing before the dot"
	}
	return s
}

func (p *argParser) badReference(v *Value, format string, args ...any) {
	p.Errorf(CodeBadReference, v.Span(), format, args...)
}

// refName checks the name behind the package. Scheme names, and names of
// other packages, are exported.
func (p *argParser) refName(v *Value, key *Key, name string, foreign bool) bool {
	switch {
	case !token.IsIdentifier(name) || name == "_":
		p.badReference(v, "%s must be a Go name such as %s, not %s", key.Name, oneOf(key.Sample), v.lit)
	case foreign && !token.IsExported(name):
		p.Errorf(CodeNotExported, v.Span(), "%s is not exported, so that this package cannot use it; export it there, or name another", v.lit)
	case key.Type == SchemeRef && !token.IsExported(name):
		f := p.Errorf(CodeSchemeName, v.Span(), "the name of a scheme is exported, it begins with a capital; %s does not", name)
		if upper := upperFirst(name); token.IsExported(upper) {
			f.Message = fmt.Sprintf("the name of a scheme begins with a capital: %s", upper)
			f.Replace(v.Span(), upper)
		}
	default:
		return true
	}
	return false
}

// pathReference checks "import/path".Name.
func (p *argParser) pathReference(v *Value, raw *rawValue, key *Key) {
	switch {
	case raw.suffix == "" && token.IsIdentifier(v.Text):
		p.Errorf(CodeBadReference, v.Span(), "%s is written without quotes: %s", key.Name, v.Text).Replace(v.Span(), v.Text)
		return
	case raw.suffix == "":
		p.badReference(v, "behind a quoted import path stands the name: %s.Name", raw.lit)
		return
	case !isImportPath(v.Text):
		p.Errorf(CodeBadReference, Span{v.Pos, v.Pos + token.Pos(len(raw.lit))}, "%s is no import path", raw.lit)
		return
	}
	if p.refName(v, key, raw.suffix, true) {
		v.Pkg, v.Text = v.Text, raw.suffix
	}
}

// unquotedPath reports example.com/app/authn.Auth.
func (p *argParser) unquotedPath(v *Value, key *Key) {
	dir, last := path.Split(v.Text)
	pkg, name, ok := strings.Cut(last, ".")
	if i := strings.LastIndexByte(last, '.'); ok && i > len(pkg) {
		pkg, name = last[:i], last[i+1:]
	}
	if !ok || !token.IsIdentifier(name) {
		p.badReference(v, "%s is Name, pkg.Name or \"import/path\".Name, not %s", key.Name, v.Text)
		return
	}
	quoted := fmt.Sprintf("%q.%s", dir+pkg, name)
	p.Errorf(CodeBadReference, v.Span(), "an import path is quoted: %s", quoted).Replace(v.Span(), quoted)
}

// isImportPath refuses what can stand in no import: Go spec, "Import
// declarations".
func isImportPath(s string) bool {
	if s == "" || path.Clean(s) != s || s[0] == '/' || slices.Contains(strings.Split(s, "/"), "..") {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || r == 0x7f || r == '\uFFFD' || strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^`{|}", r)
	})
}
