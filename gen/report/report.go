// Package report renders diagnostics: as plain lines for tools, as frames with
// the source and a caret for people, as JSON and as SARIF.
package report

import (
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/apigen-go/apigen/annotate"
)

// Printer writes diagnostics for people and line-oriented tools.
type Printer struct {
	// Dir is the folder that names of files are relative to.
	Dir string
	// Frames shows the source of each diagnostic with a caret below it.
	Frames bool
	// Color marks the parts of a diagnostic with ANSI escapes.
	Color bool
	// Max is how many diagnostics of one folder are written; 0 means all.
	Max int
	// ReadFile reads source for frames; nil means os.ReadFile.
	ReadFile func(name string) ([]byte, error)
}

// Print writes the diagnostics, which are sorted, and below those of a folder
// how many were left out. Those of a folder inside it may stand between them.
func (p Printer) Print(w io.Writer, diags []annotate.Diagnostic) error {
	s := &printing{Printer: p, w: w, sources: sources{read: p.ReadFile}}
	if s.read == nil {
		s.read = os.ReadFile
	}
	left := map[string]int{} // by folder
	for _, d := range diags {
		left[folderOf(d)]++
	}
	seen := map[string]int{}
	for _, d := range diags {
		folder := folderOf(d)
		seen[folder]++
		left[folder]--
		if over := seen[folder] - s.Max; s.Max <= 0 || over <= 0 {
			s.diagnostic(d)
		} else if left[folder] == 0 {
			s.write(s.place(token.Position{Filename: folder}), ": ", s.paint(dim, "and "+plural(over, "more mistake")+"; -max 0 shows all"), "\n")
		}
	}
	return s.err
}

// folderOf returns "" for what belongs to no file.
func folderOf(d annotate.Diagnostic) string {
	if d.Pos.Filename == "" {
		return ""
	}
	return filepath.Dir(d.Pos.Filename)
}

// printing is one call of Print.
type printing struct {
	Printer
	sources
	w   io.Writer
	err error
}

func (s *printing) write(parts ...string) {
	for _, part := range parts {
		if s.err == nil {
			_, s.err = io.WriteString(s.w, part)
		}
	}
}

func (s *printing) diagnostic(d annotate.Diagnostic) {
	s.write(s.paint(bold, s.place(d.Pos)), ": ", s.paint(red, Printable(d.Message)), " ", s.paint(dim, "("+d.Code+")"), "\n")
	if s.Frames {
		s.frame(d.Pos, d.End, red)
	}
	for _, r := range d.Related {
		s.write("\t", s.paint(bold, s.place(r.Pos)), ": ", Printable(r.Message), "\n")
		if s.Frames {
			s.frame(r.Pos, r.Pos, blue)
		}
	}
	if s.Frames && len(d.Fixes) == 1 {
		s.write(s.paint(dim, "  apigen fix: "+Printable(d.Fixes[0].Message)), "\n")
	}
}

// place renders a position; one without a file belongs to the run.
func (s *printing) place(pos token.Position) string {
	if pos.Filename == "" {
		return "apigen"
	}
	pos.Filename = relative(s.Dir, pos.Filename)
	return Printable(pos.String())
}

// relative returns name relative to dir where it lies below it.
func relative(dir, name string) string {
	if rel, err := filepath.Rel(dir, name); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return name
}

// Printable replaces what would change how the rest of a line is shown, such as
// escapes to a terminal and marks of direction, by U+FFFD. Tabs and line ends
// stay.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || r == '\n' || unicode.IsPrint(r) && !unicode.Is(unicode.Bidi_Control, r) {
			return r
		}
		return unicode.ReplacementChar
	}, text)
}

// plural renders a count.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
