package report

import (
	"encoding/json"
	"go/token"
	"io"
	"path/filepath"

	"github.com/apigen-go/apigen/annotate"
)

// jsonReport is the form of -json. Names of files are relative to the folder
// of the call, with slashes, where they lie below it.
type jsonReport struct {
	Diagnostics []jsonDiagnostic `json:"diagnostics"`
}

type jsonDiagnostic struct {
	Code    string        `json:"code"`
	Title   string        `json:"title"`
	Message string        `json:"message"`
	Place   *jsonPlace    `json:"place,omitempty"`
	Related []jsonRelated `json:"related,omitempty"`
	Fixes   []jsonFix     `json:"fixes,omitempty"`
}

// jsonPlace is a stretch of source: lines and columns count from 1, columns in
// bytes, offsets from 0.
type jsonPlace struct {
	File      string `json:"file"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndLine   int    `json:"endLine,omitempty"`
	EndColumn int    `json:"endColumn,omitempty"`
}

type jsonRelated struct {
	Message string     `json:"message"`
	Place   *jsonPlace `json:"place,omitempty"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	Place  *jsonPlace `json:"place"`
	Offset int        `json:"offset"`
	End    int        `json:"end"`
	New    string     `json:"new"`
}

// JSON writes the diagnostics, names of files relative to dir.
func JSON(w io.Writer, dir string, diags []annotate.Diagnostic) error {
	out := jsonReport{Diagnostics: []jsonDiagnostic{}}
	for _, d := range diags {
		j := jsonDiagnostic{Code: d.Code, Title: annotate.CodeTitle(d.Code), Message: d.Message, Place: placeOf(dir, d.Pos, d.End)}
		for _, r := range d.Related {
			j.Related = append(j.Related, jsonRelated{r.Message, placeOf(dir, r.Pos, r.Pos)})
		}
		for _, f := range d.Fixes {
			fix := jsonFix{Message: f.Message}
			for _, e := range f.Edits {
				fix.Edits = append(fix.Edits, jsonEdit{placeOf(dir, e.Pos, e.End), e.Pos.Offset, e.End.Offset, e.New})
			}
			j.Fixes = append(j.Fixes, fix)
		}
		out.Diagnostics = append(out.Diagnostics, j)
	}
	return encode(w, out)
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// placeOf returns nil for what belongs to no file.
func placeOf(dir string, pos, end token.Position) *jsonPlace {
	if pos.Filename == "" {
		return nil
	}
	p := &jsonPlace{File: slashed(dir, pos.Filename), Line: pos.Line, Column: pos.Column}
	if end.IsValid() && end.Filename == pos.Filename {
		p.EndLine, p.EndColumn = end.Line, end.Column
	}
	return p
}

// slashed returns name with slashes, relative to dir where it lies below it.
func slashed(dir, name string) string { return filepath.ToSlash(relative(dir, name)) }
