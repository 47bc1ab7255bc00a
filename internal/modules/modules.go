// Package modules names the Go modules of this repository.
package modules

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// All holds the folder of every module, the root first, as slash-separated
// paths below the root. Whatever is done for every module goes by this list.
var All = []string{".", "bench", "bench/verify", "example", "example/existing", "gen/check/golangci", "gen/diff", "internal/jose", "internal/outside", "internal/verdict", "runtime/docs", "runtime/observe", "runtime/resilience"}

// Find returns the folders below root that hold a go.mod, as All writes them.
// It looks where the go command does: not in testdata, nor in folders whose
// names begin with a dot or an underscore.
func Find(root string) ([]string, error) {
	var found []string
	err := fs.WalkDir(os.DirFS(root), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != "." && skipped(d.Name()):
			return fs.SkipDir
		case !d.IsDir() && d.Name() == "go.mod":
			found = append(found, path.Dir(p))
		}
		return nil
	})
	return found, err
}

func skipped(name string) bool {
	return name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// Root returns the folder of the root module, which dir lies in.
func Root(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := dir; ; {
		text, err := os.ReadFile(filepath.Join(at, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module github.com/apigen-go/apigen\n") {
			return at, nil
		}
		up := filepath.Dir(at)
		if up == at {
			return "", &fs.PathError{Op: "find the module github.com/apigen-go/apigen above", Path: dir, Err: fs.ErrNotExist}
		}
		at = up
	}
}
