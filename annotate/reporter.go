package annotate

import (
	"fmt"
	"go/token"
)

// Ranger is anything with a place in the source; every ast.Node is one.
type Ranger interface {
	Pos() token.Pos
	End() token.Pos
}

// Span is a bare stretch of source.
type Span struct{ From, To token.Pos }

// Pos returns the first byte of s.
func (s Span) Pos() token.Pos { return s.From }

// End returns the byte behind s.
func (s Span) End() token.Pos { return s.To }

// Reporter collects diagnostics. Positions are those of the file as it is on
// disk: line directives do not move them.
type Reporter struct {
	Fset  *token.FileSet
	diags []*Diagnostic
}

// Errorf reports a mistake at the given place and returns it, so that related
// places and fixes can be added.
func (r *Reporter) Errorf(code string, at Ranger, format string, args ...any) *Finding {
	d := &Diagnostic{
		Code:    code,
		Pos:     Position(r.Fset, at.Pos()),
		End:     Position(r.Fset, at.End()),
		Message: fmt.Sprintf(format, args...),
	}
	r.diags = append(r.diags, d)
	return &Finding{Diagnostic: d, fset: r.Fset}
}

// Add takes over diagnostics made elsewhere.
func (r *Reporter) Add(diags ...Diagnostic) {
	for i := range diags {
		r.diags = append(r.diags, &diags[i])
	}
}

// Len returns how many diagnostics were reported so far.
func (r *Reporter) Len() int { return len(r.diags) }

// Diagnostics returns everything reported, sorted.
func (r *Reporter) Diagnostics() []Diagnostic {
	if len(r.diags) == 0 {
		return nil
	}
	out := make([]Diagnostic, len(r.diags))
	for i, d := range r.diags {
		out[i] = *d
	}
	return Sort(out)
}

// Finding is a diagnostic just reported.
type Finding struct {
	*Diagnostic
	fset *token.FileSet
}

// Also adds a related place.
func (f *Finding) Also(at Ranger, format string, args ...any) *Finding {
	f.Related = append(f.Related, Related{
		Pos:     Position(f.fset, at.Pos()),
		Message: fmt.Sprintf(format, args...),
	})
	return f
}

// Replace adds a fix that replaces the text at the given place.
func (f *Finding) Replace(at Ranger, text string) *Finding {
	message := fmt.Sprintf("replace by %s", text)
	if text == "" {
		message = "remove"
	}
	return f.Fix(message, at, text)
}

// Fix adds a fix of one edit under a message of its own.
func (f *Finding) Fix(message string, at Ranger, text string) *Finding {
	f.Fixes = append(f.Fixes, Fix{
		Message: message,
		Edits: []Edit{{
			Pos: Position(f.fset, at.Pos()),
			End: Position(f.fset, at.End()),
			New: text,
		}},
	})
	return f
}

// Position resolves pos without regard to line directives.
func Position(fset *token.FileSet, pos token.Pos) token.Position {
	return fset.PositionFor(pos, false)
}
