package annotate

import (
	"bytes"
	"go/ast"
	"go/token"
	"strings"
)

// tool is what all directives begin with.
const tool = "api"

// Scan finds the directives of a file and attaches them to what they belong
// on. It reports every mistake in them, and every comment that looks like a
// directive and is none. The file must have been parsed with comments.
//
// A directive in the wrong place, an unknown one and one that is not
// supported yet are reported and not returned.
func Scan(fset *token.FileSet, f *ast.File) ([]*Directive, []Diagnostic) {
	s := &scanner{Reporter: Reporter{Fset: fset}, file: f}
	for _, g := range f.Comments {
		for _, c := range g.List {
			s.comment(g, c)
		}
	}
	s.checkRepeats()
	return s.found, s.Diagnostics()
}

// Mentions tells whether source may hold a comment that Scan would look at. It
// is cheap, and true for some sources without directives.
func Mentions(src []byte) bool {
	block := bytes.Contains(src, []byte("/*"))
	for rest := src; ; {
		i := mention(rest)
		if i < 0 {
			return false
		}
		line := rest[:i]
		if at := bytes.LastIndexByte(line, '\n'); at >= 0 {
			line = line[at+1:]
		}
		if block || bytes.Contains(line, []byte("//")) {
			return true
		}
		// rest begins in the middle of a line from here on: skip that line, where
		// a comment can begin only behind what was found.
		end := bytes.IndexByte(rest[i:], '\n')
		if end < 0 {
			return bytes.Contains(rest[i:], []byte("//"))
		}
		if bytes.Contains(rest[i:i+end], []byte("//")) {
			return true
		}
		rest = rest[i+end+1:]
	}
}

// HasDirectives tells whether a file holds a comment that Scan would look at.
// It is cheap, and true for some files without directives.
func HasDirectives(f *ast.File) bool {
	for _, g := range f.Comments {
		for _, c := range g.List {
			if mentions(c.Text) {
				return true
			}
		}
	}
	return false
}

// mentions tells whether a comment can be ours: it holds "api" in any case,
// or a common slip of it.
func mentions(text string) bool { return mention([]byte(text)) >= 0 }

// mention returns where text first holds "api" in any case, or a common slip of
// it; -1 for nowhere.
func mention(text []byte) int {
	for i := 0; i+len(tool) <= len(text); i++ {
		switch text[i] | 0x20 {
		case 'a':
			if word := string(text[i : i+len(tool)]); strings.EqualFold(word, tool) || word == "aip" {
				return i
			}
		case 'p':
			if string(text[i:i+len(tool)]) == "pai" {
				return i
			}
		}
	}
	return -1
}

type scanner struct {
	Reporter
	file  *ast.File
	place *places // made when first needed
	found []*Directive
	// spoiled are the comment groups with a directive that was reported and
	// dropped: what is missing beside it need not be reported.
	spoiled map[*ast.CommentGroup]bool
	// owned are the directives by the comment that holds them; those of the
	// package, which several comments may hold, stand under nil. order lists
	// the keys as they come.
	owned map[*ast.CommentGroup][]*Directive
	order []*ast.CommentGroup
}

func (s *scanner) comment(g *ast.CommentGroup, c *ast.Comment) {
	if !mentions(c.Text) {
		return
	}
	raw, ok := ast.ParseDirective(c.Slash, c.Text)
	if !ok || raw.Tool != tool {
		if s.nearMiss(g, c) {
			s.spoil(g)
		}
		return
	}
	at := Span{c.Slash, raw.End()}
	spec := Lookup(raw.Name)
	switch {
	case spec == nil:
		s.unknown(c, raw.Name)
		s.spoil(g)
		return
	case spec.Later:
		s.Errorf(CodeLaterDirective, at, "api:%s is not supported yet; remove it", spec.Name)
		return
	}
	d := &Directive{Name: raw.Name, Spec: spec, Pos: at.From, End: at.To, File: s.file}
	parseArgs(&s.Reporter, d, raw)
	if !s.attach(d, g) {
		s.spoil(g)
		return
	}
	s.keep(d, g)
}

// keep notes a directive with the comment that holds it.
func (s *scanner) keep(d *Directive, g *ast.CommentGroup) {
	s.found = append(s.found, d)
	if d.Target == TargetPackage {
		g = nil
	}
	if s.owned == nil {
		s.owned = make(map[*ast.CommentGroup][]*Directive)
	}
	if len(s.owned[g]) == 0 {
		s.order = append(s.order, g)
	}
	s.owned[g] = append(s.owned[g], d)
}

func (s *scanner) spoil(g *ast.CommentGroup) {
	if s.spoiled == nil {
		s.spoiled = make(map[*ast.CommentGroup]bool)
	}
	s.spoiled[g] = true
}

// unknown reports the directive //api:name, which the schema does not know.
func (s *scanner) unknown(c *ast.Comment, name string) {
	from := c.Slash + token.Pos(len("//")+len(tool)+len(":"))
	at := Span{from, from + token.Pos(len(name))}
	f := s.Errorf(CodeUnknownDirective, at, "unknown directive api:%s", name)
	if known := suggestDirective(name); known != "" {
		f.Message += "; did you mean api:" + known + "?"
		f.Replace(at, known)
		return
	}
	f.Message += "; apigen knows " + strings.Join(specNames(), ", ")
}

// suggestDirective returns the directive that name most likely means. What
// is glued to the name, as in route:POST, counts for nothing.
func suggestDirective(name string) string {
	if s := Suggest(name, specNames()); s != "" {
		return s
	}
	head := name[:keyLen(name)]
	if Lookup(head) != nil {
		return head
	}
	return Suggest(head, specNames())
}
