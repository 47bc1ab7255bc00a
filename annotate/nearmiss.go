package annotate

import (
	"go/ast"
	"go/token"
	"strings"
	"unicode/utf8"
)

// nearMiss reports a comment that looks like a directive and is none, and
// tells whether it did. Prose that merely speaks of directives is let alone.
func (s *scanner) nearMiss(g *ast.CommentGroup, c *ast.Comment) bool {
	if strings.HasPrefix(c.Text, "/*") {
		return s.nearMissBlock(c)
	}
	m := lookAlike(c.Text[len("//"):], false)
	if m == nil || m.needsProof() && !m.proven() || m.spaced && m.inSentence(around(g, c)) {
		return false
	}
	at := Span{c.Slash, c.Slash + token.Pos(len(strings.TrimRight(c.Text, " \t")))}
	f := s.reportMiss(at, m)
	if m.spec != nil {
		f.Fix("write "+cut(m.proper()), at, m.proper())
	}
	return true
}

// nearMissBlock looks at the lines of a /* */ comment.
func (s *scanner) nearMissBlock(c *ast.Comment) bool {
	lines := strings.Split(strings.TrimSuffix(c.Text[len("/*"):], "*/"), "\n")
	first := Position(s.Fset, c.Slash)
	for i, line := range lines {
		glued := i == 0 && line != "" && line[0] != ' ' && line[0] != '\t'
		text := strings.TrimLeft(line, " \t*")
		m := lookAlike(text, true)
		if m == nil || (!glued || m.needsProof()) && !m.proven() || m.inSentence(neighbours(lines, i)) {
			continue
		}
		at := Span{c.Pos(), c.End()}
		if len(lines) > 1 {
			at = s.lineSpan(c, first.Line, i, len(line)-len(text), len(strings.TrimSpace(text)))
		}
		s.reportMiss(at, m)
		return true
	}
	return false
}

// lineSpan returns the place of n bytes at offset of line i of a block
// comment that begins on line first. The scanner drops carriage returns from
// comments, so that only the line table knows where a line begins.
func (s *scanner) lineSpan(c *ast.Comment, first, i, offset, n int) Span {
	from := c.Slash + token.Pos(len("/*")+offset)
	if i > 0 {
		from = s.Fset.File(c.Slash).LineStart(first+i) + token.Pos(offset)
	}
	return Span{from, from + token.Pos(n)}
}

func (s *scanner) reportMiss(at Span, m *lookalike) *Finding {
	if m.spec != nil {
		return s.Errorf(CodeNearMiss, at, "this comment looks like a directive and is none; write %s", cut(m.proper()))
	}
	f := s.Errorf(CodeNearMiss, at, "this comment looks like a directive; directives begin with //api: and a name in small letters")
	if m.name != "" {
		f.Message += ", and " + m.name + " is none"
	}
	return f
}

// proper returns the line as it should be.
func (m *lookalike) proper() string {
	return strings.TrimSpace("//api:" + m.spec.Name + " " + m.args)
}

// cut shortens a line for a message.
func cut(line string) string {
	const limit = 80
	if len(line) <= limit {
		return line
	}
	n := limit
	for n > 0 && !utf8.RuneStart(line[n]) {
		n--
	}
	return line[:n] + "…"
}

// inSentence tells that a line stands in the middle of running text, of which
// before and after are the neighbouring lines.
func (m *lookalike) inSentence(before, after string) bool {
	ended := before == "" || strings.ContainsAny(before[len(before)-1:], ".!?:;")
	continued := after != "" && lookAlike(after, true) == nil
	if m.args == "" {
		// A bare name is easily the end of a sentence.
		return !ended || continued
	}
	return !ended && continued
}

// around returns the prose before and after a comment line of a group.
func around(g *ast.CommentGroup, c *ast.Comment) (before, after string) {
	for i, other := range g.List {
		if other != c {
			continue
		}
		if i > 0 {
			before = proseOf(g.List[i-1])
		}
		if i+1 < len(g.List) {
			after = proseOf(g.List[i+1])
		}
	}
	return before, after
}

// neighbours returns the lines before and after line i of a block comment.
func neighbours(lines []string, i int) (before, after string) {
	if i > 0 {
		before = strings.Trim(lines[i-1], " \t*")
	}
	if i+1 < len(lines) {
		after = strings.Trim(lines[i+1], " \t*")
	}
	return before, after
}

// proseOf returns the text of a comment line, "" for a blank line or a
// directive.
func proseOf(c *ast.Comment) string {
	if _, ok := ast.ParseDirective(c.Slash, c.Text); ok || strings.HasPrefix(c.Text, "/*") {
		return ""
	}
	return strings.TrimSpace(strings.TrimPrefix(c.Text, "//"))
}
