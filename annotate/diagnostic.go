package annotate

import (
	"cmp"
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// Diagnostic is one mistake in the user's source.
type Diagnostic struct {
	// Code is one of the Code constants, such as "AG101".
	Code string
	// Pos and End enclose the offending token; End is behind its last byte.
	Pos, End token.Position
	// Message says what is wrong and what to write instead, on one line.
	Message string
	// Related are further places that take part in the mistake.
	Related []Related
	// Fixes are edits any of which repairs the mistake.
	Fixes []Fix
}

// Related is a further place of a Diagnostic.
type Related struct {
	Pos     token.Position
	Message string
}

// Fix is a way to repair a mistake.
type Fix struct {
	Message string
	Edits   []Edit
}

// Edit replaces the bytes from Pos.Offset up to End.Offset by New.
type Edit struct {
	Pos, End token.Position
	New      string
}

// String renders the diagnostic as "file:line:col: message (AGnnn)", followed
// by a line with a tab for each related place.
func (d Diagnostic) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s (%s)", d.Pos, d.Message, d.Code)
	for _, r := range d.Related {
		fmt.Fprintf(&b, "\n\t%s: %s", r.Pos, r.Message)
	}
	return b.String()
}

// Relative returns d with file names below dir made relative to it.
func (d Diagnostic) Relative(dir string) Diagnostic {
	relative := func(p *token.Position) {
		if rel, err := filepath.Rel(dir, p.Filename); err == nil && filepath.IsLocal(rel) {
			p.Filename = rel
		}
	}
	relative(&d.Pos)
	relative(&d.End)
	d.Related = slices.Clone(d.Related)
	for i := range d.Related {
		relative(&d.Related[i].Pos)
	}
	return d
}

// Sort orders diagnostics by file, position, code and message and drops those
// that say the same about the same place. It reuses the slice.
func Sort(diags []Diagnostic) []Diagnostic {
	slices.SortStableFunc(diags, func(a, b Diagnostic) int {
		return cmp.Or(
			comparePositions(a.Pos, b.Pos),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(diags, func(a, b Diagnostic) bool {
		return a.Pos == b.Pos && a.Code == b.Code && a.Message == b.Message
	})
}

func comparePositions(a, b token.Position) int {
	return cmp.Or(
		cmp.Compare(a.Filename, b.Filename),
		cmp.Compare(a.Line, b.Line),
		cmp.Compare(a.Column, b.Column),
	)
}
