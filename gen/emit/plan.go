// Package emit brings generated files to disk: formatted, compared with what
// is there, written through a temporary file each. Everything is formatted and
// compared before anything is written, and only files that carry apigen's
// marker are ever replaced or removed.
package emit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/gen/marker"
)

// File is a generated file, formatted.
type File struct {
	Path    string // absolute
	Content []byte
}

// Action is what happens to a file.
type Action string

// The actions.
const (
	Unchanged Action = "unchanged"
	Create    Action = "create"
	Update    Action = "update"
	Remove    Action = "remove"
)

// Change is what a run does to one file.
type Change struct {
	Path   string
	Action Action
	Old    []byte // nil for Create
	New    []byte // nil for Remove
}

// Plan compares files with what is on disk. Files named in present that are
// not among them are to be removed. Nothing is written. Line endings do not
// count: a checkout with CRLF is unchanged. The changes are sorted by path.
func Plan(files []File, present []string) ([]Change, error) {
	var changes []Change
	produced := map[string]bool{}
	for _, f := range files {
		produced[f.Path] = true
		c, err := compare(f)
		if err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	for _, path := range present {
		if produced[path] {
			continue
		}
		produced[path] = true
		old, err := ours(path)
		if err != nil {
			return nil, err
		}
		if old != nil {
			changes = append(changes, Change{Path: path, Action: Remove, Old: old})
		}
	}
	slices.SortFunc(changes, func(a, b Change) int { return strings.Compare(a.Path, b.Path) })
	return changes, nil
}

func compare(f File) (Change, error) {
	old, err := ours(f.Path)
	switch {
	case err != nil:
		return Change{}, err
	case old == nil:
		return Change{Path: f.Path, Action: Create, New: f.Content}, nil
	case bytes.Equal(unix(old), unix(f.Content)):
		return Change{Path: f.Path, Action: Unchanged, Old: old, New: f.Content}, nil
	}
	return Change{Path: f.Path, Action: Update, Old: old, New: f.Content}, nil
}

// ours reads a file that apigen may replace; nil where there is none. A file
// without our marker is an error.
func ours(path string) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is %s and stands where apigen writes a file; rename it, or delete it", path, what(info))
	}
	src, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case marker.IsDocument(path) && len(bytes.TrimSpace(src)) == 0:
		return src, nil // made for go:embed, which wants a file
	case !marker.In(src) && !marker.InDocument(src) && !marker.Ours(filepath.Base(path), src):
		return nil, fmt.Errorf("%s was not written by apigen, so it stays as it is; rename it, or delete it", path)
	}
	return src, nil
}

func what(info fs.FileInfo) string {
	if info.IsDir() {
		return "a folder"
	}
	return "no regular file"
}

// unix drops the carriage returns at the ends of lines.
func unix(src []byte) []byte { return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")) }

// Drift reports whether any of the changes changes something.
func Drift(changes []Change) bool {
	return slices.ContainsFunc(changes, func(c Change) bool { return c.Action != Unchanged })
}

// Names of files in diffs are relative to dir where they stand below it.
func relative(dir, path string) string {
	if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}
