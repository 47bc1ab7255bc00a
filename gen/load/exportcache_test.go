package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// TestMain keeps the tests away from the user's cache.
func TestMain(m *testing.M) {
	_ = os.Setenv(cacheVariable, "off") // a valid name
	os.Exit(m.Run())
}

// released serves modules as a proxy does, and returns the settings under which
// the go command takes them from there.
func released(t *testing.T, versions map[string]string) []string {
	t.Helper()
	proxy := t.TempDir()
	for modver, archive := range versions {
		path, ver, _ := strings.Cut(modver, "@")
		m := module.Version{Path: path, Version: ver}
		src := write(t, archive)
		dir := filepath.Join(proxy, filepath.FromSlash(path), "@v")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(filepath.Join(dir, ver+".zip"))
		if err != nil {
			t.Fatal(err)
		}
		if err := zip.CreateFromDir(f, m, src); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		mod, err := os.ReadFile(filepath.Join(src, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		for name, data := range map[string]string{".mod": string(mod), ".info": `{"Version":"` + ver + `"}`} {
			if err := os.WriteFile(filepath.Join(dir, ver+name), []byte(data), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	return []string{
		"GOPROXY=file://" + filepath.ToSlash(proxy), "GOFLAGS=-mod=mod -modcacherw", "GONOSUMDB=*", "GONOSUMCHECK=1",
		"GOMODCACHE=" + t.TempDir(), cacheVariable + "=" + t.TempDir(),
	}
}

const runtimeModule = `
-- go.mod --
module github.com/apigen-go/apigen

go 1.26
-- runtime/genrt/genrt.go --
package genrt

const (
	MinVersion = 1
	MaxVersion = 2
)
`

const cachedApp = `
-- go.mod --
module example.com/app

go 1.26

require (
	example.com/dep v1.0.0
	github.com/apigen-go/apigen v0.1.0
)
-- shop/shop.go --
package shop

import (
	"context"

	"example.com/dep"
)

//api:server
type S struct{}

//api:route GET /x
func (S) Get(ctx context.Context) (*dep.T, error) { return nil, nil }
-- kind/kind.go --
package kind

type Kind string
`

func TestExportCache(t *testing.T) {
	env := released(t, map[string]string{
		"github.com/apigen-go/apigen@v0.1.0": runtimeModule,
		"example.com/dep@v1.0.0":             "-- go.mod --\nmodule example.com/dep\n\ngo 1.26\n-- dep.go --\npackage dep\n\ntype T struct{ Name string }\n",
		"example.com/dep@v1.1.0":             "-- go.mod --\nmodule example.com/dep\n\ngo 1.26\n-- dep.go --\npackage dep\n\ntype T struct{ Age int }\n",
	})
	dir := write(t, cachedApp)
	load := func(calls int, field string) {
		t.Helper()
		res, err := Load(t.Context(), Config{Dir: dir, Patterns: []string{"./shop"}, Env: offline(env...)})
		if err != nil {
			t.Fatal(err)
		}
		if got := rendered(res, dir); got != "" {
			t.Fatalf("diagnostics:\n%s", got)
		}
		if calls > 0 && res.Loads != calls {
			t.Errorf("packages were asked for %d times, want %d", res.Loads, calls)
		}
		if got := signature(t, res.Packages[0], "S", "Get"); got != "func(ctx context.Context) (*example.com/dep.T, error)" {
			t.Errorf("type is %s", got)
		}
		if got := res.Packages[0].Import("example.com/dep").Scope().Lookup("T").Type().Underlying().String(); got != field {
			t.Errorf("dep.T is %s, want %s", got, field)
		}
	}
	const any = 0 // the first calls write go.sum
	load(2, "struct{Name string}")
	load(any, "struct{Name string}")
	load(1, "struct{Name string}")

	// Other requirements, and back.
	mod := filepath.Join(dir, "go.mod")
	old, err := os.ReadFile(mod)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(dir, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	replace(t, mod, "dep v1.0.0", "dep v1.1.0")
	load(2, "struct{Age int}")
	load(any, "struct{Age int}")
	load(1, "struct{Age int}")
	for name, data := range map[string][]byte{mod: old, filepath.Join(dir, "go.sum"): sum} {
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	load(1, "struct{Name string}")

	// What is remembered is nonsense, is gone from the build cache, or is no
	// export data.
	caches, err := filepath.Glob(filepath.Join(cacheDir(env), cachePrefix+"*.json"))
	if err != nil || len(caches) == 0 {
		t.Fatalf("no cache: %v", err)
	}
	for _, spoil := range []func(string) string{
		func(string) string { return `{"context":{` },
		func(string) string { return `null` },
		func(text string) string { return strings.ReplaceAll(text, `"file":"`, `"file":"`+cacheDir(env)) },
		func(text string) string {
			return strings.ReplaceAll(text, `"file":"`, `"file":"`+filepath.ToSlash(mod)+`","old":"`)
		},
	} {
		for _, name := range caches {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, []byte(spoil(string(data))), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		load(2, "struct{Name string}")
	}
}

// A module of the cache may refer to the main module: its export data follows
// source that changes.
func TestExportCacheCycle(t *testing.T) {
	env := released(t, map[string]string{
		"github.com/apigen-go/apigen@v0.1.0": runtimeModule,
		"example.com/dep@v1.0.0": `-- go.mod --
module example.com/dep

go 1.26

require example.com/app v1.0.0
-- dep.go --
package dep

import "example.com/app/kind"

type T struct{ Kind kind.Kind }
`,
		"example.com/app@v1.0.0": "-- go.mod --\nmodule example.com/app\n\ngo 1.26\n-- kind/kind.go --\npackage kind\n\ntype Kind string\n",
	})
	dir := write(t, cachedApp)
	kind := func() string {
		res, err := Load(t.Context(), Config{Dir: dir, Patterns: []string{"./shop"}, Env: offline(env...)})
		if err != nil {
			t.Fatal(err)
		}
		if got := rendered(res, dir); got != "" {
			t.Fatalf("diagnostics:\n%s", got)
		}
		for _, imp := range res.Packages[0].Import("example.com/dep").Imports() {
			return imp.Scope().Lookup("Kind").Type().Underlying().String()
		}
		return "no import"
	}
	for range 3 { // the first changes go.sum
		if got := kind(); got != "string" {
			t.Fatalf("kind is %s", got)
		}
	}
	replace(t, filepath.Join(dir, "kind", "kind.go"), "string", "int")
	if got := kind(); got != "int" {
		t.Errorf("kind is %s, want int", got)
	}
}

func replace(t *testing.T, name, from, to string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(data), from, to, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func cacheDir(env []string) string {
	for _, e := range env {
		if dir, ok := strings.CutPrefix(e, cacheVariable+"="); ok {
			return dir
		}
	}
	return ""
}

// The folder of the cache may hold files of others, which stay.
func TestForget(t *testing.T) {
	dir := t.TempDir()
	old := time.Now().Add(-2 * maxAge)
	for _, name := range []string{"notes.txt", "export.json", cachePrefix + "a.json", cachePrefix + "1.tmp", cachePrefix + "new.json"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if name != cachePrefix+"new.json" {
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	forget(dir)
	var left []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if want := cachePrefix + "new.json export.json notes.txt"; strings.Join(left, " ") != want {
		t.Errorf("left are %v, want %s", left, want)
	}
}
