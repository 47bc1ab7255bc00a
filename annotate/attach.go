package annotate

import (
	"go/ast"
	"go/token"
	"strings"
)

// attach finds what d belongs on. It reports a wrong place and returns false
// then.
func (s *scanner) attach(d *Directive, g *ast.CommentGroup) bool {
	if s.place == nil {
		s.place = findPlaces(s.Fset, s.file)
	}
	o, ok := s.place.owners[g]
	if !ok {
		s.misplaced(d, g)
		return false
	}
	switch {
	case o.code != "":
		f := s.Errorf(o.code, d.Span(), "api:%s belongs on %s, not on %s", d.Name, d.Spec.On, o.what)
		if o.code == CodeOnGroup {
			f.Message += "; put it on the type inside the parentheses"
		}
		return false
	case !d.Spec.takes(o.target):
		s.Errorf(CodeWrongPlace, d.Span(), "api:%s belongs on %s, not on %s", d.Name, d.Spec.On, o.what)
		return false
	}
	d.Target = o.target
	d.Type, d.GenDecl, d.Func, d.Field = o.typ, o.gen, o.fn, o.field
	return true
}

// misplaced reports a directive in a comment that documents nothing.
func (s *scanner) misplaced(d *Directive, g *ast.CommentGroup) {
	p := s.place
	at := d.Span()
	switch {
	case p.inBody(d.Pos):
		s.Errorf(CodeInBody, at, "api:%s stands inside a function body; it belongs on %s", d.Name, d.Spec.On)
	case p.trails(d.Pos):
		s.Errorf(CodeTrailing, at, "api:%s stands behind code; put it on a line of its own above %s", d.Name, d.Spec.On)
	case p.inside(d.Pos) != "" && p.nextWithin(d) != nil:
		s.detached(d, g)
	case p.inside(d.Pos) != "":
		s.Errorf(CodeWrongPlace, at, "api:%s belongs on %s, not inside %s", d.Name, d.Spec.On, p.inside(d.Pos))
	case d.Spec.takes(TargetPackage):
		s.Errorf(CodeWrongPlace, at, "api:%s belongs in %s, above the package clause", d.Name, d.Spec.On)
	default:
		s.detached(d, g)
	}
}

// detached reports a directive that a blank line, or the end of the file,
// separates from what it belongs on.
func (s *scanner) detached(d *Directive, g *ast.CommentGroup) {
	next := s.place.next(g.End())
	if next == nil {
		s.Errorf(CodeDetached, d.Span(), "nothing follows api:%s; it belongs right above %s", d.Name, d.Spec.On)
		return
	}
	f := s.Errorf(CodeDetached, d.Span(), "api:%s is detached by a blank line; it belongs right above %s", d.Name, d.Spec.On)
	f.Also(Span{next.start, next.start}, "the next declaration is %s", next.what)
	// Joining is right only for what the directive may stand on, and only
	// where nothing else stands between.
	if o := s.place.owners[next.doc]; d.Spec.takes(next.target) && (next.doc == nil || o.code == "") && s.place.adjacent(s.file, g, next.start) {
		f.Fix("remove the blank line", Span{g.End(), next.start}, "\n")
	}
}

// owner is what a comment group documents.
type owner struct {
	target Target
	typ    *ast.TypeSpec
	gen    *ast.GenDecl
	fn     *ast.FuncDecl
	field  *ast.Field
	// what names it for messages.
	what string
	// code is set where no directive may stand.
	code string
}

// declared is a declaration with its doc comment.
type declared struct {
	start  token.Pos // of the doc comment, if any
	doc    *ast.CommentGroup
	target Target
	what   string
}

// stretch is a part of the file with a name.
type stretch struct {
	Span
	what string
}

// places knows what stands where in a file.
type places struct {
	fset   *token.FileSet
	owners map[*ast.CommentGroup]owner
	decls  []declared
	bodies []Span
	parts  []stretch // declarations from their first token to their last
	// lines holds the places behind which code has ended on a line.
	lines map[int]token.Pos
}

func findPlaces(fset *token.FileSet, f *ast.File) *places {
	p := &places{fset: fset, owners: make(map[*ast.CommentGroup]owner), lines: make(map[int]token.Pos)}
	for _, g := range f.Comments {
		if g.End() <= f.Package {
			p.owners[g] = owner{target: TargetPackage, what: "the package " + f.Name.Name}
		}
	}
	for _, decl := range f.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			p.function(decl)
		case *ast.GenDecl:
			p.general(decl)
		}
	}
	p.code(f)
	return p
}

// code notes the lines with code and the function bodies.
func (p *places) code(f *ast.File) {
	p.token(f.Package)
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil:
			return false
		case *ast.Comment, *ast.CommentGroup:
			return false
		case *ast.File:
			return true
		case *ast.GenDecl:
			p.token(n.TokPos)
			p.token(n.Lparen)
		case *ast.FuncDecl:
			if n.Body != nil {
				p.bodies = append(p.bodies, Span{n.Body.Pos(), n.Body.End()})
			}
		case *ast.FuncLit:
			p.bodies = append(p.bodies, Span{n.Body.Pos(), n.Body.End()})
		}
		p.token(n.Pos())
		p.token(n.End() - 1)
		return true
	})
}

// token notes that code stands at pos.
func (p *places) token(pos token.Pos) {
	if !pos.IsValid() {
		return
	}
	line := p.line(pos)
	if first, ok := p.lines[line]; !ok || pos < first {
		p.lines[line] = pos
	}
}

func (p *places) line(pos token.Pos) int { return Position(p.fset, pos).Line }

// trails tells whether code stands before pos on its line.
func (p *places) trails(pos token.Pos) bool {
	first, ok := p.lines[p.line(pos)]
	return ok && first < pos
}

func (p *places) inBody(pos token.Pos) bool {
	for _, b := range p.bodies {
		if b.From < pos && pos < b.To {
			return true
		}
	}
	return false
}

// inside names the declaration around pos, "" outside of all.
func (p *places) inside(pos token.Pos) string { return p.around(pos).what }

// around returns the innermost declaration around pos.
func (p *places) around(pos token.Pos) stretch {
	for i := len(p.parts) - 1; i >= 0; i-- {
		if s := p.parts[i]; s.From < pos && pos < s.To {
			return s
		}
	}
	return stretch{}
}

// nextWithin returns what follows d in the same group of types, or the same
// interface, when d may stand on it.
func (p *places) nextWithin(d *Directive) *declared {
	next := p.next(d.End)
	if next == nil || next.start >= p.around(d.Pos).To || !d.Spec.takes(next.target) {
		return nil
	}
	return next
}

// next returns the first declaration behind pos.
func (p *places) next(pos token.Pos) *declared {
	for i := range p.decls {
		if p.decls[i].start >= pos {
			return &p.decls[i]
		}
	}
	return nil
}

// adjacent tells that nothing stands between g and a declaration that begins
// in the first column at start.
func (p *places) adjacent(f *ast.File, g *ast.CommentGroup, start token.Pos) bool {
	for _, other := range f.Comments {
		if other != g && other.Pos() > g.Pos() && other.Pos() < start {
			return false
		}
	}
	last := g.List[len(g.List)-1]
	return Position(p.fset, start).Column == 1 && strings.HasPrefix(last.Text, "//")
}
