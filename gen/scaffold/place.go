package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode"

	"golang.org/x/mod/modfile"
	modpath "golang.org/x/mod/module"
)

// Module is the path of apigen's own module.
const Module = "github.com/apigen-go/apigen"

// Place is where a service starts.
type Place struct {
	Dir    string // of the service
	Path   string // its import path
	Name   string // its name, the last element of the path
	Prefix string // of its environment variables
	// Tool tells that the module has apigen as a tool, which go:generate lines
	// need.
	Tool bool
}

// Find looks at the folder dir, which need not exist, and the module around it.
func Find(dir string) (*Place, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := free(dir); err != nil {
		return nil, err
	}
	root, mod, err := module(dir)
	if err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return nil, err
	}
	p := &Place{Dir: dir, Path: path.Join(mod.Module.Mod.Path, filepath.ToSlash(rel))}
	if err := modpath.CheckImportPath(p.Path); err != nil {
		return nil, fmt.Errorf("the folder has no import path that Go takes: %w", err)
	}
	p.Name = name(p.Path)
	p.Prefix = prefix(p.Name)
	for _, t := range mod.Tool {
		p.Tool = p.Tool || t.Path == Module+"/cmd/apigen"
	}
	return p, nil
}

// free reports Go files that a new service would be mixed with.
func free(dir string) error {
	for _, sub := range []string{"", "api"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		}
		for _, e := range entries {
			if !e.IsDir() && filepath.Ext(e.Name()) == ".go" {
				return fmt.Errorf("%s exists, and a service starts in a folder without Go files: "+
					"name one, such as apigen init ./cmd/hello; to add routes to a package you have, "+
					"write directives into it (apigen help route)", path.Join(sub, e.Name()))
			}
		}
	}
	return nil
}

// module finds the go.mod above dir.
func module(dir string) (root string, _ *modfile.File, _ error) {
	for at := dir; ; {
		file := filepath.Join(at, "go.mod")
		text, err := os.ReadFile(file)
		if err == nil {
			mod, err := modfile.Parse(file, text, nil)
			if err != nil { // lines of a newer Go, perhaps: ParseLax passes them over, and tools too
				mod, err = modfile.ParseLax(file, text, nil)
			}
			if err != nil {
				return "", nil, err
			}
			if mod.Module == nil {
				return "", nil, fmt.Errorf("%s names no module: write module example.com/hello into it", file)
			}
			return at, mod, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", nil, err
		}
		up := filepath.Dir(at)
		if up == at {
			return "", nil, errors.New("there is no go.mod here or above: run go mod init example.com/hello first")
		}
		at = up
	}
}

// name is the last element of an import path that is not a major version.
func name(importPath string) string {
	base := path.Base(importPath)
	if up := path.Dir(importPath); up != "." && isMajor(base) {
		base = path.Base(up)
	}
	return base
}

func isMajor(s string) bool {
	digits, ok := strings.CutPrefix(s, "v")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}

// prefix turns a name into upper snake case.
func prefix(name string) string {
	p := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToUpper(r)
		}
		return '_'
	}, name)
	if p == "" || p[0] >= '0' && p[0] <= '9' {
		p = "API_" + p
	}
	return strings.Trim(p, "_")
}
