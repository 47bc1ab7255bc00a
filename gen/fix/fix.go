// Package fix applies what diagnostics propose to the source.
package fix

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/apigen-go/apigen/annotate"
)

// File is a source file with fixes applied.
type File struct {
	Name     string // absolute
	Old, New []byte
	// Fixed are the diagnostics whose fixes are in New.
	Fixed []annotate.Diagnostic
}

// Apply returns the files that change when every diagnostic with exactly one
// fix is repaired by it; where there are several, only the user can choose. A
// fix that touches what another one changes is left for the next run, and so is
// one whose place is not in the file as it is now. Nothing is written. The files
// are sorted by name.
func Apply(diags []annotate.Diagnostic, read func(name string) ([]byte, error)) ([]File, error) {
	byName := map[string]*editing{}
	var order []string
	for _, d := range annotate.Sort(slices.Clone(diags)) {
		if len(d.Fixes) != 1 || len(d.Fixes[0].Edits) == 0 {
			continue
		}
		name := d.Fixes[0].Edits[0].Pos.Filename
		e := byName[name]
		if e == nil {
			src, err := read(name)
			if err != nil {
				return nil, fmt.Errorf("cannot fix: %w", err)
			}
			e = &editing{name: name, src: src}
			byName[name] = e
			order = append(order, name)
		}
		e.add(d)
	}
	slices.Sort(order)
	var files []File
	for _, name := range order {
		if e := byName[name]; len(e.fixed) > 0 {
			files = append(files, File{Name: name, Old: e.src, New: e.result(), Fixed: e.fixed})
		}
	}
	return files, nil
}

// editing collects the edits of one file.
type editing struct {
	name  string
	src   []byte
	edits []annotate.Edit // none overlaps another
	fixed []annotate.Diagnostic
}

// add takes in the fix of d when all of it fits.
func (e *editing) add(d annotate.Diagnostic) {
	edits := d.Fixes[0].Edits
	for _, edit := range edits {
		if !e.fits(edit) {
			return
		}
	}
	for _, edit := range edits {
		if !slices.Contains(e.edits, edit) { // two mistakes may have one cause
			e.edits = append(e.edits, edit)
		}
	}
	e.fixed = append(e.fixed, d)
}

func (e *editing) fits(edit annotate.Edit) bool {
	from, to := edit.Pos.Offset, edit.End.Offset
	if edit.Pos.Filename != e.name || from < 0 || to < from || to > len(e.src) {
		return false
	}
	for _, other := range e.edits {
		if other == edit {
			continue
		}
		if from < other.End.Offset && other.Pos.Offset < to || from == other.Pos.Offset {
			return false
		}
	}
	return true
}

// result is the source with all edits.
func (e *editing) result() []byte {
	slices.SortFunc(e.edits, func(a, b annotate.Edit) int { return cmp.Compare(a.Pos.Offset, b.Pos.Offset) })
	var b bytes.Buffer
	at := 0
	for _, edit := range e.edits {
		b.Write(e.src[at:edit.Pos.Offset])
		b.WriteString(edit.New)
		at = edit.End.Offset
	}
	b.Write(e.src[at:])
	return b.Bytes()
}
