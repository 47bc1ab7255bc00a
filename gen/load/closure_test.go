package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The annotated package imports one that imports it back.
func TestImportCycle(t *testing.T) {
	dir := write(t, goMod+`
-- a/a.go --
package a

import "example.com/app/b"

//api:server
type S struct{ B b.T }
-- b/b.go --
package b

import "example.com/app/a"

type T struct{ A *a.S }

type Self struct{ S *Self }
`)
	res := loadIn(t, dir, "./a")
	if got := rendered(res, dir); got != "" {
		t.Errorf("diagnostics:\n%s", got)
	}
	b := res.Packages[0].Lookup("example.com/app/b")
	if b == nil || len(b.Errors) == 0 || !strings.Contains(b.Errors[0].Msg, "import cycle") || !b.Errors[0].Pos.IsValid() {
		t.Errorf("b is %+v", b)
	}
}

func TestNamesTheirPathsDoNotSuggest(t *testing.T) {
	dir := write(t, goMod+`
-- a/a.go --
package a

import (
	"math/rand/v2"

	"example.com/app/go-store.v2"
	"example.com/app/decoy"
	"example.com/app/yaml"
	"github.com/apigen-go/apigen/goyaml"
)

//api:server
type S struct {
	A store.T
	B other.T
	C yaml.T
	R *rand.Rand
}

func f() { decoy.F() }
-- go-store.v2/a.go --
package store

type T int8
-- decoy/a.go --
package decoy

type T int16
-- yaml/a.go --
package other

type T int32
-- runtime.mod/goyaml/a.go --
package yaml

type T int64
`)
	res := loadIn(t, dir, "./a")
	p := res.Packages[0]
	if len(p.Errors) != 0 {
		t.Errorf("errors: %v", p.Errors)
	}
	got := signature(t, p, "S", "")
	want := "struct{A example.com/app/go-store.v2.T; B example.com/app/yaml.T; C github.com/apigen-go/apigen/goyaml.T; R *math/rand/v2.Rand}"
	if got != want {
		t.Errorf("S is %s, want %s", got, want)
	}
}

// What only bodies use is not loaded, but its name must not be taken.
func TestUnneededKeepTheirNames(t *testing.T) {
	dir := write(t, goMod+`
-- a/a.go --
package a

import "example.com/app/go-api"

//api:server
type S struct{}

func f() { server.F() }
-- go-api/a.go --
package server

import "example.com/nowhere/at/all"
`)
	res := loadIn(t, dir, "./a")
	p := res.Packages[0]
	if len(p.Errors) != 0 {
		t.Errorf("errors: %v", p.Errors)
	}
	if p.Lookup("example.com/app/go-api") != nil {
		t.Error("loaded from source")
	}
	imports := p.Types.Imports()
	if len(imports) != 1 || imports[0].Name() != "server" {
		t.Errorf("imports are %v", imports)
	}
}

// Directives name packages that no declaration uses.
func TestDirectiveReferences(t *testing.T) {
	dir := write(t, goMod+`
-- a/a.go --
package a

import "example.com/app/mw"

//api:server jwt="example.com/app/authn".Auth middleware=mw.Limit
type S struct{}

var _ = func() { _ = mw.Limit }
-- authn/authn.go --
package authn

//api:claims Auth
type Claims struct{}
-- mw/mw.go --
package mw

import "net/http"

func Limit(h http.Handler) http.Handler { return h }
`)
	res := loadIn(t, dir, "./a")
	if got := rendered(res, dir); got != "" {
		t.Fatalf("diagnostics:\n%s", got)
	}
	p := res.Packages[0]
	authn, mw := p.Lookup("example.com/app/authn"), p.Lookup("example.com/app/mw")
	if authn == nil || len(authn.Directives) != 1 || authn.Types.Scope().Lookup("Claims") == nil {
		t.Errorf("authn is %+v", authn)
	}
	if mw == nil || mw.Types.Scope().Lookup("Limit") == nil {
		t.Errorf("mw is %+v", mw)
	}
}

func TestWorkspaceAndNestedModules(t *testing.T) {
	dir := write(t, `
-- go.work --
go 1.26

use (
	./app
	./lib
)
-- app/go.mod --
module example.com/app

go 1.26
-- app/a/a.go --
package a

import "example.com/lib/deep"

//api:server
type S struct{ T deep.T }
-- app/nested/go.mod --
module example.com/app/nested

go 1.26
-- app/nested/n.go --
package nested

//api:server
type S struct{}
-- lib/go.mod --
module example.com/lib

go 1.26
-- lib/deep/deep.go --
package deep

type T struct{ X undefined }
`)
	res := loadIn(t, filepath.Join(dir, "app"), "./...")
	if got := rendered(res, dir); got != "" {
		t.Fatalf("diagnostics:\n%s", got)
	}
	if got := paths(res.Packages); got != "example.com/app/a" {
		t.Errorf("packages are %s", got)
	}
	if len(res.Main) != 2 || res.Packages[0].Lookup("example.com/lib/deep") == nil {
		t.Errorf("the workspace's other module is not loaded from source: %v", res.Main)
	}
	res = loadIn(t, dir, "./app/...", "./lib/...")
	if len(res.Packages) != 1 || len(res.Others) != 1 {
		t.Errorf("from the workspace's folder: %s, %v", paths(res.Packages), res.Others)
	}
}

func TestTagsAndSystems(t *testing.T) {
	dir := write(t, goMod+`
-- a/a.go --
package a

import "example.com/app/b"

//api:server
type S struct{ T b.T }
-- a/a_extra.go --
//go:build extra

package a

//api:server
type Extra struct{}
-- b/b_plan9.go --
package b

type T int8
-- b/b_extra.go --
//go:build extra && !plan9

package b

type T int16
`)
	for _, tt := range []struct {
		cfg  Config
		want string
	}{
		{Config{Env: offline("GOOS=plan9")}, "struct{T example.com/app/b.T}"},
		{Config{Env: offline(), Tags: "extra,more"}, "struct{T example.com/app/b.T}"},
		{Config{Env: offline("GOFLAGS=-tags=extra")}, "struct{T example.com/app/b.T}"},
		{Config{Env: offline()}, "struct{T invalid type}"},
	} {
		tt.cfg.Dir, tt.cfg.Patterns = dir, []string{"./a"}
		res, err := Load(t.Context(), tt.cfg)
		if err != nil {
			t.Fatal(err)
		}
		p := res.Packages[0]
		if got := signature(t, p, "S", ""); got != tt.want {
			t.Errorf("S is %s, want %s (%v)", got, tt.want, p.Errors)
		}
		if extra := p.Types.Scope().Lookup("Extra") != nil; extra != (tt.cfg.Tags != "" || strings.Contains(strings.Join(tt.cfg.Env, " "), "-tags=extra")) {
			t.Errorf("Extra found: %v", extra)
		}
	}
}

func TestRuntimeMissing(t *testing.T) {
	dir := write(t, "-- go.mod --\nmodule example.com/app\n\ngo 1.26\n-- a.go --\npackage a\n\n//api:server\ntype S struct{}\n")
	for _, flags := range []string{"GOFLAGS=", "GOFLAGS=-mod=mod"} {
		res, err := Load(t.Context(), Config{Dir: dir, Env: offline(flags)})
		if err != nil {
			t.Fatal(err)
		}
		if !res.Runtime.Missing || res.Runtime.Err == nil || res.Runtime.Accepts(1) {
			t.Errorf("%s: runtime is %+v", flags, res.Runtime)
		}
	}
}

// The runtime's own repository is annotated too.
func TestRuntimeFromSource(t *testing.T) {
	dir := write(t, goMod+"-- runtime.mod/a/a.go --\npackage a\n\n//api:server\ntype S struct{}\n")
	res := loadIn(t, filepath.Join(dir, "runtime.mod"), "./...")
	if !res.Runtime.Accepts(2) {
		t.Errorf("runtime is %+v", res.Runtime)
	}
	if res.Loads != 1 {
		t.Errorf("%d loads where nothing comes from outside", res.Loads)
	}
}

func TestSymlinkAndSpaces(t *testing.T) {
	dir := write(t, strings.ReplaceAll(shop, "shop/", "shop here/"))
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(dir, "shop here"), link); err != nil {
		t.Skip(err)
	}
	if err := os.Rename(filepath.Join(dir, "shop here"), filepath.Join(dir, "shop")); err != nil {
		t.Fatal(err)
	}
	spaced := filepath.Join(filepath.Dir(dir), "with space")
	if err := os.Rename(dir, spaced); err != nil {
		t.Fatal(err)
	}
	res := loadIn(t, spaced, "./shop")
	if len(res.Packages) != 1 || res.Packages[0].Dir != filepath.Join(spaced, "shop") {
		t.Errorf("packages are %s", paths(res.Packages))
	}
	if err := os.Symlink(spaced, link+"2"); err != nil {
		t.Fatal(err)
	}
	res = loadIn(t, link+"2", "./shop")
	if len(res.Packages) != 1 || res.Packages[0].Lookup("example.com/app/store") == nil {
		t.Errorf("through a link: %s %s", paths(res.Packages), rendered(res, spaced))
	}
}

func TestCgoAndDotImports(t *testing.T) {
	dir := write(t, goMod+`
-- a/a.go --
package a

// #include <stdio.h>
import "C"

import (
	. "net/http"
	"unsafe"
)

//api:server
type S struct {
	R *Request
	P unsafe.Pointer
	N C.int
}
`)
	res := loadIn(t, dir, "./a")
	if len(res.Packages) != 1 {
		t.Fatal(rendered(res, dir))
	}
	if got := signature(t, res.Packages[0], "S", ""); !strings.HasPrefix(got, "struct{R *net/http.Request; P unsafe.Pointer; ") {
		t.Errorf("S is %s, %v", got, res.Packages[0].Errors)
	}
}
