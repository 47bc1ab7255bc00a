package scaffold

import (
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"unicode"

	"golang.org/x/mod/modfile"
	modpath "golang.org/x/mod/module"
)

// Module is the path of apigen's own module.
const Module = "github.com/apigen-go/apigen"

// Place is where a service starts.
type Place struct {
	Root   string // of the module
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
	if err := walked(rel); err != nil {
		return nil, err
	}
	p := &Place{Root: root, Dir: dir, Path: path.Join(mod.Module.Mod.Path, filepath.ToSlash(rel))}
	if err := modpath.CheckImportPath(p.Path); err != nil {
		return nil, fmt.Errorf("the folder has no import path that Go takes: %w", err)
	}
	if err := own(p.Path); err != nil {
		return nil, err
	}
	p.Name = name(p.Path)
	p.Prefix = prefix(p.Name)
	for _, t := range mod.Tool {
		p.Tool = p.Tool || t.Path == Module+"/cmd/apigen"
	}
	return p, nil
}

// walked refuses folders that the go command leaves out of patterns with dots, so
// that go generate ./... and apigen check ./... would never see the service.
func walked(rel string) error {
	for part := range strings.SplitSeq(filepath.ToSlash(rel), "/") {
		if part == "testdata" || part == "vendor" || part != "." && strings.HasPrefix(part, ".") || strings.HasPrefix(part, "_") {
			return fmt.Errorf("./... passes over a folder named %s and all below it: choose another folder, such as cmd/hello", part)
		}
	}
	return nil
}

// own refuses the path of a package of the standard library: the go command takes
// it for both.
func own(importPath string) error {
	goroot := build.Default.GOROOT
	if goroot == "" { // unknown: then the go command says it
		return nil
	}
	if info, err := os.Stat(filepath.Join(goroot, "src", filepath.FromSlash(importPath))); err != nil || !info.IsDir() {
		return nil
	}
	return fmt.Errorf("%s is a package of the standard library: give the module another path, such as example.com/%[1]s", importPath)
}

// free reports Go files that a new service would be mixed with.
func free(dir string) error {
	for _, sub := range []string{"", "api"} {
		entries, err := os.ReadDir(filepath.Join(dir, sub))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case errors.Is(err, syscall.ENOTDIR):
			return fmt.Errorf("%s is a file, and a service starts in a folder of that name: choose another one, "+
				"such as apigen init ./cmd/hello", filepath.Join(dir, sub))
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
