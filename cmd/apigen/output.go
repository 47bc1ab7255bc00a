package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/apigen-go/apigen/gen/emit"
)

// writeDocument prints a document, or writes what changed to the file of -o, over
// nothing but what apigen wrote before. A link is followed; a pipe or a device is
// written to.
func (a *app) writeDocument(ctx context.Context, content []byte) error {
	if a.output == "" || a.output == "-" {
		_, err := a.out.Write(content)
		return err
	}
	path := a.output
	if !filepath.IsAbs(path) {
		path = filepath.Join(a.wd, path)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	switch info, err := os.Stat(path); {
	case err == nil && !info.IsDir() && !info.Mode().IsRegular():
		return stream(path, content)
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("there is no folder %s for -o %s; make it first", a.relative(filepath.Dir(path)), a.output)
		}
	}
	changes, err := emit.Plan([]emit.File{{Path: path, Content: content}}, nil)
	if err != nil {
		return err
	}
	return emit.Write(ctx, changes)
}

// stream writes to what is no file and cannot be replaced by one.
func stream(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}
