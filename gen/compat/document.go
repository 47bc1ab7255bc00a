package compat

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// Document is one side of a comparison.
type Document struct {
	Name string // for messages

	file    string // as it was named, empty for one in memory
	real    string // where links lead; what it refers to stands beside that
	content []byte
	pkgs    []*model.Package // that it was made of
}

// maxBytes is what apigen-diff takes.
const maxBytes = 32 << 20

// IsDocument reports whether a word of the command line, read from dir, names a
// document and no packages: a file, or one of a revision that git knows, written
// REV:path as git writes it.
func IsDocument(dir, word string) bool {
	switch strings.ToLower(filepath.Ext(word)) {
	case ".yaml", ".yml", ".json":
		return true
	case ".go":
		return false
	}
	if strings.Contains(word, ":") {
		return true
	}
	info, err := os.Stat(inside(dir, word)) // a pipe, too: <(command) of a shell
	return err == nil && !info.IsDir()
}

// Read reads what IsDocument reports. A file goes before a revision.
func Read(ctx context.Context, dir, word string) (*Document, error) {
	d, err := open(inside(dir, word), word)
	rev, path, revision := strings.Cut(word, ":")
	switch {
	case err == nil && len(d.content) > maxBytes:
		return nil, fmt.Errorf("%s: it has more than %d MiB, too much for a document of an interface", word, maxBytes>>20)
	case err == nil:
		return d, nil
	case strings.Contains(word, "://"):
		return nil, fmt.Errorf("%s: documents are not fetched; download it and name the file", word)
	case revision && filepath.VolumeName(word) == "":
		return show(ctx, dir, rev, path)
	}
	if e := (*os.PathError)(nil); errors.As(err, &e) {
		err = e.Err
	}
	return nil, fmt.Errorf("%s: %w: expected an OpenAPI document, in YAML or JSON", word, err)
}

// open reads a file, or a pipe, whose document has no folder.
func open(file, name string) (*Document, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a folder")
	}
	d := &Document{Name: name}
	if info.Mode().IsRegular() {
		d.file, d.real = file, file
		if real, err := filepath.EvalSymlinks(file); err == nil {
			d.real = real
		}
	}
	d.content, err = io.ReadAll(io.LimitReader(f, maxBytes+1))
	return d, err
}

func inside(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// show reads a file of a revision. Nothing is fetched.
func show(ctx context.Context, dir, rev, path string) (*Document, error) {
	name := rev + ":" + path
	if rev == "" || path == "" || strings.HasPrefix(rev, "-") {
		return nil, fmt.Errorf("%s: expected a revision and a path in the repository, such as main:api/openapi.yaml", name)
	}
	var out, errOut bytes.Buffer
	cmd := exec.CommandContext(ctx, "git", "cat-file", "blob", name)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &errOut
	err := cmd.Run()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, fmt.Errorf("%s: reading a revision needs git, which is not on PATH", name)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		said, _, _ := strings.Cut(strings.TrimSpace(errOut.String()), "\n")
		return nil, fmt.Errorf("%s: git says: %s; it reads what is here already: git fetch gets a revision that is not, and a path counts from the top of the repository", name, strings.TrimPrefix(said, "fatal: "))
	case out.Len() > maxBytes:
		return nil, fmt.Errorf("%s: it has more than %d MiB, too much for a document of an interface", name, maxBytes>>20)
	}
	return &Document{Name: name, content: out.Bytes()}, nil
}

// Made is the document that was generated for packages.
func Made(name string, content []byte, pkgs []*model.Package) *Document {
	return &Document{Name: name, content: content, pkgs: pkgs}
}

var version30 = regexp.MustCompile(`(?m)^[ \t]*\{?[ \t]*["']?openapi["']?[ \t]*:[ \t]*["']?3\.0`)

// Is30 reports whether the document is one of OpenAPI 3.0, as far as a look at it
// tells.
func (d *Document) Is30() bool { return version30.Match(d.content) }

// Source returns the content of a document whose name is that of no file.
func (d *Document) Source(name string) ([]byte, bool) {
	return d.content, d.file == "" && d.pkgs == nil && name == d.Name
}

// position finds a change: in the source, or else in the document itself.
func (d *Document) position(f *found, at *place) token.Position {
	if d.pkgs != nil {
		return locate(d.pkgs, f)
	}
	if at == nil {
		return token.Position{}
	}
	pos := token.Position{Filename: d.Name, Line: at.Line, Column: at.Column}
	if d.file != "" {
		pos.Filename = d.file
	}
	if at.File != "" {
		pos.Filename = filepath.Join(filepath.Dir(d.real), filepath.FromSlash(at.File))
	}
	return pos
}
