// Package testmodule makes modules for tests that generate: as a user's would,
// they require the runtime of this repository.
package testmodule

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"

	"github.com/apigen-go/apigen/internal/modules"
)

// Env is the environment of the go command in such modules: nothing is fetched,
// no workspace around them counts, and nothing is remembered.
func Env() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local", "APIGEN_CACHE=off")
}

// New makes a module of the given path in a new folder, whose name it returns
// without symbolic links.
func New(t testing.TB, path string) string {
	t.Helper()
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	mod, err := file(root, path)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"go.mod": mod, "go.sum": sum} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// file requires the runtime and what it links, in the versions of the root
// module.
func file(root, path string) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return nil, err
	}
	mod, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "module %s\n\ngo 1.26\n\nrequire %s v0.0.0\n", path, mod.Module.Mod.Path)
	for _, r := range mod.Require {
		switch r.Mod.Path {
		case "github.com/golang-jwt/jwt/v5", "github.com/go-json-experiment/json":
			fmt.Fprintf(&b, "\nrequire %s %s\n", r.Mod.Path, r.Mod.Version)
		}
	}
	fmt.Fprintf(&b, "\nreplace %s => %s\n", mod.Module.Mod.Path, modfile.AutoQuote(root))
	return []byte(b.String()), nil
}
