package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const soundApp = `
-- go.mod --
module example.com/app

go 1.26

require (
	example.com/dep v1.0.0
	example.com/lib v1.0.0
	github.com/apigen-go/apigen v0.1.0
)
-- shop/shop.go --
package shop

import (
	"context"

	"example.com/dep"
)

//api:server
type S struct{ V dep.Value }

//api:route GET /x
func (S) Get(ctx context.Context) (*dep.ID, error) { return nil, nil }
-- lib/go.mod --
module example.com/lib

go 1.26
-- lib/lib.go --
package lib

const Size = 8

type Value struct{ A int }
`

func soundModules() map[string]string {
	return map[string]string{
		"github.com/apigen-go/apigen@v0.1.0": runtimeModule,
		"example.com/lib@v1.0.0":             "-- go.mod --\nmodule example.com/lib\n\ngo 1.26\n-- lib.go --\npackage lib\n\nconst Size = 4\n\ntype Value struct{ A int }\n",
		"example.com/dep@v1.0.0": `-- go.mod --
module example.com/dep

go 1.26

require example.com/lib v1.0.0
-- dep.go --
package dep

import "example.com/dep/inner"

type ID [inner.Size]byte

type Value inner.Value
-- inner/inner.go --
package inner

import "example.com/lib"

const Size = lib.Size

type Value = lib.Value
`,
	}
}

// shape renders what dep declares, after a load without complaints.
func shape(t *testing.T, dir string, env []string) string {
	t.Helper()
	res, err := Load(t.Context(), Config{Dir: dir, Patterns: []string{"./shop"}, Env: offline(env...)})
	if err != nil {
		t.Fatal(err)
	}
	if got := rendered(res, dir); got != "" {
		t.Fatalf("diagnostics:\n%s", got)
	}
	scope := res.Packages[0].Import("example.com/dep").Scope()
	return scope.Lookup("ID").Type().Underlying().String() + " " + scope.Lookup("Value").Type().Underlying().String()
}

// Types may take values and structure from a package they do not refer to. What
// comes from a folder changes, however far down it is imported.
func TestExportCacheReplacedFolder(t *testing.T) {
	env := released(t, soundModules())
	dir := write(t, soundApp)
	replace(t, filepath.Join(dir, "go.mod"), "go 1.26\n", "go 1.26\n\nreplace example.com/lib => ./lib\n")
	for range 3 { // the first changes go.sum
		if got := shape(t, dir, env); got != "[8]byte struct{A int}" {
			t.Fatalf("dep is %s", got)
		}
	}
	replace(t, filepath.Join(dir, "lib", "lib.go"), "Size = 8", "Size = 16")
	replace(t, filepath.Join(dir, "lib", "lib.go"), "A int", "A, B int")
	if got := shape(t, dir, env); got != "[16]byte struct{A int; B int}" {
		t.Errorf("dep is %s, as it was before", got)
	}
}

// A module that another one replaces is in the module cache as any: what it
// declares is remembered for these requirements alone.
func TestExportCacheReplacedByVersion(t *testing.T) {
	modules := soundModules()
	modules["example.com/other@v1.0.0"] = "-- go.mod --\nmodule example.com/other\n\ngo 1.26\n-- lib.go --\npackage lib\n\nconst Size = 64\n\ntype Value struct{ B int }\n"
	env := released(t, modules)
	dir := write(t, soundApp)
	for range 3 {
		if got := shape(t, dir, env); got != "[4]byte struct{A int}" {
			t.Fatalf("dep is %s", got)
		}
	}
	replace(t, filepath.Join(dir, "go.mod"), "go 1.26\n", "go 1.26\n\nreplace example.com/lib => example.com/other v1.0.0\n")
	for range 3 {
		if got := shape(t, dir, env); got != "[64]byte struct{B int}" {
			t.Fatalf("dep is %s", got)
		}
	}
	calls := recordGo(t)
	shape(t, dir, env)
	if got := lists(calls()); len(got) != 1 {
		t.Errorf("with all remembered go list is called %d times:\n%s", len(got), calls())
	}
}

// What is vendored may be edited, and comes from another folder than what was
// remembered.
func TestExportCacheVendor(t *testing.T) {
	env := released(t, soundModules())
	dir := write(t, soundApp)
	if err := os.RemoveAll(filepath.Join(dir, "lib")); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got := shape(t, dir, env); got != "[4]byte struct{A int}" {
			t.Fatalf("dep is %s", got)
		}
	}
	for i, e := range env { // as most people have it
		env[i] = strings.ReplaceAll(e, "-mod=mod ", "")
	}
	const any = "package shop\n\nimport _ \"github.com/apigen-go/apigen/runtime/genrt\"\n"
	if err := os.WriteFile(filepath.Join(dir, "shop", "any.go"), []byte(any), 0o644); err != nil {
		t.Fatal(err)
	}
	l := newLoader(t.Context(), Config{Dir: dir, Env: offline(env...)})
	if got := shape(t, dir, env); got != "[4]byte struct{A int}" {
		t.Fatalf("dep is %s", got)
	}
	if _, err := l.run("mod", "vendor"); err != nil && !strings.Contains(err.Error(), "downloading") {
		t.Fatal(err)
	}
	for range 2 {
		if got := shape(t, dir, env); got != "[4]byte struct{A int}" {
			t.Fatalf("dep is %s", got)
		}
	}
	replace(t, filepath.Join(dir, "vendor", "example.com", "lib", "lib.go"), "Size = 4", "Size = 32")
	if got := shape(t, dir, env); got != "[32]byte struct{A int}" {
		t.Errorf("dep is %s, as it was before", got)
	}
}
