package annotate

import "go/ast"

// checkRepeats checks what several directives on one declaration must not do
// together.
func (s *scanner) checkRepeats() {
	for _, g := range s.order {
		owned := s.owned[g]
		for i, d := range owned {
			s.checkOwner(d, g)
			if first := sameSpec(owned[:i], d); first != nil {
				s.checkSecond(owned[:i], d, first)
			}
		}
	}
}

// sameSpec returns the first of ds that is the same directive as d.
func sameSpec(ds []*Directive, d *Directive) *Directive {
	for _, other := range ds {
		if other.Spec == d.Spec {
			return other
		}
	}
	return nil
}

func (s *scanner) checkSecond(before []*Directive, d, first *Directive) {
	switch {
	case d.Spec.Merge:
		s.checkMerged(before, d)
	case d.Name == "route":
		s.checkID(d, first)
	case !d.Spec.Repeatable:
		s.Errorf(CodeDuplicateDirective, d.Span(), "api:%s is given twice; put everything on one line", d.Name).
			Also(first.Span(), "api:%s is given here first", d.Name)
	}
}

// checkMerged reports keys that lines of a merging directive share and that
// cannot be added up.
func (s *scanner) checkMerged(before []*Directive, d *Directive) {
	for k := range d.Args {
		arg := &d.Args[k]
		for _, other := range before {
			if other.Spec == d.Spec && s.clash(other.Arg(arg.KeySpec.Name), arg) {
				break
			}
		}
	}
}

// clash reports a key that an earlier line has given, and whether it did.
func (s *scanner) clash(first, arg *Arg) bool {
	switch {
	case first == nil:
		return false
	case arg.KeySpec.Merge != MergeAdd:
		s.Errorf(CodeDuplicateKey, arg.Span(), "%s is given twice; leave one out", arg.Key).
			Also(first.Span(), "%s is given here first", arg.Key)
	case arg.None || first.None:
		s.Errorf(CodeNoneNotAlone, arg.Span(), "none clears %[1]s and stands alone; leave out one of the two %[1]s=", arg.Key).
			Also(first.Span(), "%s is given here too", arg.Key)
	default:
		return false
	}
	return true
}

// checkID reports a further route of a method that has no id.
func (s *scanner) checkID(d, first *Directive) {
	if d.Broken || d.Arg("id") != nil {
		return
	}
	example := "Name"
	if d.Func != nil {
		example = upperFirst(d.Func.Name.Name) + "2"
	}
	s.Errorf(CodeRouteNeedsID, d.Span(), "a second api:route on one method needs a name of its own; add id=, such as id=%s", example).
		Also(first.Span(), "the first api:route stands here")
}

// checkOwner reports an api:error on a declaration that is neither a route
// nor a server.
func (s *scanner) checkOwner(d *Directive, group *ast.CommentGroup) {
	if d.Name != "error" || s.spoiled[group] {
		return
	}
	owner, what := "route", "its method has no api:route; add one, or move the line to the method that has it, or to the server type"
	if d.Target == TargetType {
		owner, what = "server", "its type has no api:server; add it, or move the line to the server type or a method with a route"
	}
	for _, other := range s.owned[group] {
		if other.Name == owner {
			return
		}
	}
	s.Errorf(CodeErrorWithoutOwner, d.Span(), "api:error has no effect here, because %s", what)
}
