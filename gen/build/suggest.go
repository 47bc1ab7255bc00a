package build

import (
	"go/token"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// suggest ends the message of d with the known word that was most likely meant,
// and offers to write it in the place of word, which stands between pos and end.
// It reports whether there was one. A nil d is passed over.
func (b *builder) suggest(d *annotate.Diagnostic, word located, known []string) bool {
	s := annotate.Suggest(word.text, known)
	if s == "" {
		return false
	}
	if d != nil {
		d.Message += "; did you mean " + s + "?"
		b.replace(d, word, s)
	}
	return true
}

// replace offers to write with in the place of word. It does nothing where the
// source spells word in another way, or is not at hand.
func (b *builder) replace(d *annotate.Diagnostic, word located, with string) {
	if d == nil || int(word.end-word.pos) != len(word.text) || word.text == "" {
		return
	}
	from, to := b.position(word.pos), b.position(word.end)
	if d.Pos == from && d.End == from {
		d.End = to
	}
	d.Fixes = append(d.Fixes, annotate.Fix{
		Message: "replace " + word.text + " by " + with,
		Edits:   []annotate.Edit{{Pos: from, End: to, New: with}},
	})
}

// nameOf is the last part of a name in a directive, the one behind a dot.
func nameOf(v annotate.Value) located {
	pos := v.End - token.Pos(len(v.Text))
	if v.Quoted && v.Pkg == "" {
		pos = token.NoPos // "Name" as a Go string
	}
	return located{v.Text, pos, v.End}
}

// qualifierOf is the part before the dot of a name in a directive.
func qualifierOf(v annotate.Value) located {
	return located{v.Qual, v.Pos, v.Pos + token.Pos(len(v.Qual))}
}

// orList returns the end of a message that lists what is known.
func orList(known []string) string { return "; known are " + strings.Join(known, ", ") }
