package report

import (
	"bytes"
	"go/token"
	"strconv"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// frameWidth is how much of a line a frame shows, in columns of the terminal.
const frameWidth = 110

// frame writes the line of pos with carets below the bytes up to end. It writes
// nothing where the source cannot be read.
func (s *printing) frame(pos, end token.Position, color string) {
	line, ok := s.line(pos.Filename, pos.Line)
	if !ok || pos.Column < 1 || pos.Column > len(line)+1 {
		return
	}
	from, to := pos.Column-1, len(line)
	if end.Filename == pos.Filename && end.Line == pos.Line && end.Column-1 <= len(line) {
		to = max(end.Column-1, from)
	}
	if to == from { // a place without an end: the word there
		to += len(line[from:]) - len(strings.TrimLeftFunc(line[from:], isWord))
	}
	before, marked, after := shorten(line[:from], line[from:to], line[to:])
	number := strconv.Itoa(pos.Line)
	gutter := strings.Repeat(" ", max(5-len(number), 0)) + number
	s.write(s.paint(dim, gutter+" | "), before, marked, after, "\n")
	s.write(s.paint(dim, strings.Repeat(" ", len(gutter))+" | "), blank(before), s.paint(color, carets(marked)), "\n")
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// shorten makes the parts of a line printable and cuts what is too far from the
// marked one.
func shorten(before, marked, after string) (string, string, string) {
	before, marked, after = Printable(before), Printable(marked), Printable(after)
	if over := uniseg.StringWidth(marked) - frameWidth; over > 0 {
		marked = cutRight(marked, frameWidth)
		after = ""
	}
	if room := frameWidth - uniseg.StringWidth(marked); uniseg.StringWidth(before) > room {
		before = "…" + cutLeft(before, max(room-1, 20))
	}
	if room := frameWidth - uniseg.StringWidth(before+marked); uniseg.StringWidth(after) > room {
		after = cutRight(after, max(room, 0)) + "…"
	}
	return before, marked, after
}

// cutRight returns the beginning of s that fits a width.
func cutRight(s string, width int) string {
	g := uniseg.NewGraphemes(s)
	var b strings.Builder
	for g.Next() && width >= g.Width() {
		width -= g.Width()
		b.WriteString(g.Str())
	}
	return b.String()
}

// cutLeft returns the end of s that fits a width.
func cutLeft(s string, width int) string {
	for s != "" && uniseg.StringWidth(s) > width {
		cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
		s = s[len(cluster):]
	}
	return s
}

// blank returns white space as wide as text; tabs stay, because only the
// terminal knows their width.
func blank(text string) string {
	var b strings.Builder
	for g := uniseg.NewGraphemes(text); g.Next(); {
		if g.Str() == "\t" {
			b.WriteByte('\t')
			continue
		}
		b.WriteString(strings.Repeat(" ", g.Width()))
	}
	return b.String()
}

// carets underlines text, at least one column.
func carets(text string) string {
	return strings.Repeat("^", max(uniseg.StringWidth(text), 1))
}

// ANSI escapes.
const (
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
	red   = "\x1b[31m"
	blue  = "\x1b[34m"
	reset = "\x1b[0m"
)

func (s *printing) paint(color, text string) string {
	if !s.Color || text == "" {
		return text
	}
	return color + text + reset
}

// sources keeps the lines of the files that were asked for.
type sources struct {
	read  func(name string) ([]byte, error)
	lines map[string][][]byte
}

// line returns a line of a file, counted from 1, without its end.
func (s *sources) line(name string, number int) (string, bool) {
	if name == "" || number < 1 { // what has no line may be no source at all
		return "", false
	}
	lines, ok := s.lines[name]
	if !ok {
		if src, err := s.read(name); err == nil {
			lines = bytes.Split(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")), []byte("\n"))
		}
		if s.lines == nil {
			s.lines = map[string][][]byte{}
		}
		s.lines[name] = lines
	}
	if number > len(lines) {
		return "", false
	}
	return string(lines[number-1]), true
}

// column returns the column of a position in code points, as SARIF and editors
// count, from the one in bytes.
func (s *sources) column(pos token.Position) int {
	line, ok := s.line(pos.Filename, pos.Line)
	if !ok || pos.Column < 1 || pos.Column-1 > len(line) {
		return pos.Column
	}
	return 1 + len([]rune(line[:pos.Column-1]))
}
