// Package compat tells whether an interface still serves the clients of an older
// document of it: it has apigen-diff compare two OpenAPI documents and finds the
// places of what changed in the source. The comparer is a program of a module of
// its own, gen/diff, so that apigen itself stays small.
package compat

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// protocol is the form of reports that this package reads.
const protocol = 1

// Level tells what a change does to clients of the older document.
type Level string

// The levels.
const (
	Breaking   Level = "breaking"   // a client that keeps to the older document fails
	Warning    Level = "warning"    // some clients may fail
	Compatible Level = "compatible" // none does
)

// Change is one difference between two documents.
type Change struct {
	ID           string // a stable name of the kind of change
	Level        Level
	Method, Path string // of the operation, empty for what belongs to none
	Text         string // one line
	Comment      string // more about the level, mostly empty
	// Pos is where the change stands: in the source where the newer document
	// comes from packages, otherwise in the newer document, and in the older one
	// for what is gone. Old is the place in the older one. Either may be invalid.
	Pos, Old token.Position
}

// The report as apigen-diff prints it.
type (
	answer struct {
		Protocol int      `json:"protocol"`
		Changes  []found  `json:"changes"`
		Failure  *failure `json:"failure"`
	}
	found struct {
		ID      string   `json:"id"`
		Level   Level    `json:"level"`
		Method  string   `json:"method"`
		Path    string   `json:"path"`
		Text    string   `json:"text"`
		Comment string   `json:"comment"`
		Subject *subject `json:"subject"`
		Old     *place   `json:"old"`
		New     *place   `json:"new"`
	}
	subject struct {
		In   string `json:"in"`
		Name string `json:"name"`
	}
	place struct {
		File   string `json:"file"`
		Line   int    `json:"line"`
		Column int    `json:"column"`
	}
	failure struct {
		Side    string `json:"side"`
		Message string `json:"message"`
		Line    int    `json:"line"`
	}
)

// Compare returns the changes from one document to the other: operations with
// breaking changes first, and within an operation the breaking ones first. The
// error tells of documents that cannot be compared and of a tool that fails.
func (t *Tool) Compare(ctx context.Context, old, revised *Document) ([]Change, error) {
	dir, err := os.MkdirTemp("", "apigen-diff-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var args []string
	var files []string
	for _, side := range []struct {
		name string
		doc  *Document
	}{{"old", old}, {"new", revised}} {
		file := side.doc.real
		if file == "" {
			file = filepath.Join(dir, side.name+".yaml")
			if err := os.WriteFile(file, side.doc.content, 0o600); err != nil {
				return nil, err
			}
			args = append(args, "-alone-"+side.name)
		}
		files = append(files, file)
	}
	out, err := t.run(ctx, append(args, files...))
	if err != nil {
		return nil, err
	}
	a, err := t.decode(out)
	if err != nil {
		return nil, err
	}
	if a.Failure != nil {
		return nil, a.Failure.of(old, revised)
	}
	changes := make([]Change, len(a.Changes))
	for i, f := range a.Changes {
		changes[i] = f.placed(old, revised)
	}
	sortChanges(changes)
	return changes, nil
}

func (t *Tool) decode(out []byte) (*answer, error) {
	a := &answer{}
	err := json.Unmarshal(bytes.TrimSpace(out), a)
	if err != nil || a.Protocol != protocol {
		return nil, fmt.Errorf("%s is another version than this apigen and does not fit it: take both from the same release", t)
	}
	return a, nil
}

func (f *failure) of(old, revised *Document) error {
	doc := map[string]*Document{"old": old, "new": revised}[f.Side]
	switch {
	case doc == nil:
		return errors.New(f.Message)
	case f.Line > 0:
		return fmt.Errorf("%s:%d: %s", doc.Name, f.Line, f.Message)
	}
	return fmt.Errorf("%s: %s", doc.Name, f.Message)
}

func (f *found) placed(old, revised *Document) Change {
	c := Change{ID: f.ID, Level: f.Level, Method: f.Method, Path: f.Path, Text: f.Text, Comment: f.Comment}
	c.Old = old.position(f, f.Old)
	c.Pos = revised.position(f, f.New)
	if !c.Pos.IsValid() {
		c.Pos = c.Old
	}
	return c
}

var ranks = map[Level]int{Breaking: 0, Warning: 1, Compatible: 2}

func sortChanges(changes []Change) {
	worst := map[string]int{}
	operation := func(c Change) string { return c.Path + "\x00" + c.Method }
	for _, c := range changes {
		rank, seen := worst[operation(c)]
		if !seen || ranks[c.Level] < rank {
			worst[operation(c)] = ranks[c.Level]
		}
	}
	slices.SortStableFunc(changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(worst[operation(a)], worst[operation(b)]),
			strings.Compare(a.Path, b.Path),
			strings.Compare(a.Method, b.Method),
			cmp.Compare(ranks[a.Level], ranks[b.Level]),
		)
	})
}
