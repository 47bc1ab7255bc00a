package build

import (
	"go/ast"
	"slices"
	"time"

	"github.com/apigen-go/apigen/annotate"
)

// settings are the keys that a service, a server and a route share. Each level
// starts from a copy of the one above.
type settings struct {
	scheme   *ref // nil: open
	cleared  bool // jwt=none took an inherited scheme away
	optional bool
	scopes   []string
	optArg   *annotate.Arg // where optional was said last
	scopeArg *annotate.Arg // where scopes was said last

	middleware []ref
	timeout    time.Duration
	maxBytes   int64
	reject     bool // unknown=reject
	absent     bool // nulls=absent
	dots       bool
	hidden     bool
	tags       []string
}

// ref is a name in a directive with the file whose imports resolve it.
type ref struct {
	file  *ast.File
	value annotate.Value
	arg   *annotate.Arg
}

func (s settings) inherit() settings {
	s.scopes = slices.Clone(s.scopes)
	s.middleware = slices.Clone(s.middleware)
	s.tags = slices.Clone(s.tags)
	s.optArg, s.scopeArg = nil, nil
	return s
}

// apply lets a directive's keys act on what was inherited.
func (s *settings) apply(b *builder, d *annotate.Directive, f *ast.File) {
	s.applySecurity(d, f)
	if a := d.Arg("middleware"); a != nil {
		if isNone(a) {
			s.middleware = nil
		} else {
			for _, v := range a.Values {
				s.middleware = append(s.middleware, ref{f, v, a})
			}
		}
	}
	if a := d.Arg("timeout"); a != nil && len(a.Values) > 0 {
		s.timeout = a.Values[0].Duration
	}
	if a := d.Arg("maxBytes"); a != nil && len(a.Values) > 0 {
		s.maxBytes = a.Values[0].Int
	}
	if a := d.Arg("unknown"); a != nil {
		s.reject = argText(d, "unknown") == "reject"
	}
	if a := d.Arg("nulls"); a != nil {
		s.absent = argText(d, "nulls") == "absent"
	}
	if a := d.Arg("dots"); a != nil {
		s.dots = argText(d, "dots") == "allow"
	}
	if a := d.Arg("hidden"); a != nil {
		s.hidden = a.On
	}
	if a := d.Arg("tags"); a != nil {
		s.tags = nil
		for _, v := range a.Values {
			s.tags = append(s.tags, v.Text)
		}
	}
}

// applySecurity keeps the override rules: jwt= starts afresh, optional keeps
// the scheme, scopes add up.
func (s *settings) applySecurity(d *annotate.Directive, f *ast.File) {
	if a := d.Arg("jwt"); a != nil && len(a.Values) > 0 {
		s.optional, s.scopes, s.optArg, s.scopeArg = false, nil, nil, nil
		s.cleared = isNone(a) && s.scheme != nil
		s.scheme = nil
		if !isNone(a) {
			s.scheme = &ref{f, a.Values[0], a}
			s.cleared = false
		}
	}
	if a := d.Arg("optional"); a != nil {
		s.optional, s.optArg = a.On, a
	}
	if a := d.Arg("scopes"); a != nil {
		s.scopeArg = a
		if isNone(a) {
			s.scopes, s.scopeArg = nil, nil
		} else {
			for _, v := range a.Values {
				if !slices.Contains(s.scopes, v.Text) {
					s.scopes = append(s.scopes, v.Text)
				}
			}
		}
	}
}

func isNone(a *annotate.Arg) bool {
	return len(a.Values) == 1 && a.Values[0].Text == "none" && a.Values[0].Qual == "" && a.Values[0].Pkg == ""
}

// check reports combinations that mean nothing.
func (s *settings) check(b *builder, d *annotate.Directive) {
	switch {
	case s.scheme == nil && s.optArg != nil && s.optional:
		b.errorf(s.optArg.Pos, s.optArg.End, annotate.CodeOptionalWithoutScheme, "optional needs a scheme; write jwt=Auth optional")
	case s.scheme == nil && len(s.scopes) > 0 && s.scopeArg != nil:
		b.errorf(s.scopeArg.Pos, s.scopeArg.End, annotate.CodeScopesWithoutScheme, "scopes need a token; write jwt=Auth before scopes=")
	case s.optional && len(s.scopes) > 0:
		a := s.scopeArg
		if a == nil {
			a = s.optArg
		}
		if a != nil {
			b.errorf(a.Pos, a.End, annotate.CodeScopesWithoutScheme, "optional and scopes= exclude each other: an anonymous caller has no scopes; drop optional, or write scopes=none")
		} else {
			b.errorf(d.Pos, d.End, annotate.CodeScopesWithoutScheme, "optional and scopes= exclude each other: an anonymous caller has no scopes; drop optional, or write scopes=none")
		}
	}
}
