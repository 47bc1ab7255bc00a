package gen

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/gogen"
	"github.com/apigen-go/apigen/gen/load"
	"github.com/apigen-go/apigen/gen/model"
)

const app = `
-- go.mod --
module example.com/app

go 1.26

require github.com/apigen-go/apigen v0.0.0

replace github.com/apigen-go/apigen => ./runtime.mod
-- runtime.mod/go.mod --
module github.com/apigen-go/apigen

go 1.26
-- runtime.mod/runtime/genrt/genrt.go --
package genrt

const MinVersion, MaxVersion = 1, 1
-- a/a.go --
package a

import "context"

//api:server
type S struct{}

//api:route GET /a
func (S) Get(ctx context.Context) error { return nil }
-- b/b.go --
package b

import "context"

//api:server
type S struct{}

//api:route GET /b
func (S) Get(ctx context.Context) error { return nil }
`

func write(t *testing.T, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(archive)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func runIn(t *testing.T, dir string, mode Mode, patterns ...string) *Result {
	t.Helper()
	env := append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOWORK=")
	res, err := Run(t.Context(), Config{Dir: dir, Patterns: patterns, Env: env, Mode: mode})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func actions(res *Result) string {
	var out []string
	for _, c := range res.Changes() {
		out = append(out, string(c.Action))
	}
	return strings.Join(out, " ")
}

func TestRun(t *testing.T) {
	dir := write(t, app)
	res := runIn(t, dir, Compare, "./...")
	if len(res.Diagnostics) > 0 {
		t.Fatal(res.Diagnostics)
	}
	if len(res.Packages) != 2 || res.Packages[0].Path != "example.com/app/a" || res.Packages[0].Model == nil || res.Loads != 2 {
		t.Errorf("packages are %v, %d loads", res.Packages, res.Loads)
	}
	if got := actions(res); !strings.HasPrefix(got, "create") || strings.Contains(got, "un") {
		t.Errorf("a first run would %s", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "a", "api_gen.go")); err == nil {
		t.Fatal("Compare wrote a file")
	}
	runIn(t, dir, Write, "./...")
	if got := actions(runIn(t, dir, Write, "./...")); strings.ReplaceAll(got, "unchanged", "") != strings.Repeat(" ", strings.Count(got, " ")) {
		t.Errorf("a second run does %s", got)
	}
	names := make([]string, 0, 8)
	for _, p := range res.Phases {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); got != "list scan closure export check build generate compare" {
		t.Errorf("phases are %s", got)
	}
	if res := runIn(t, dir, Describe, "./..."); len(res.Changes()) > 0 || res.Packages[1].Model == nil {
		t.Errorf("Describe changes %v", res.Changes())
	}
}

// A mistake in one package keeps everything from being written, and all
// packages are reported.
func TestNothingWrittenWithDiagnostics(t *testing.T) {
	dir := write(t, app)
	runIn(t, dir, Write, "./...")
	old, err := os.ReadFile(filepath.Join(dir, "a", "api_gen.go"))
	if err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(dir, "a", "a.go"), "GET /a", "GET /changed")
	edit(t, filepath.Join(dir, "b", "b.go"), "api:route", "api:rout")
	res := runIn(t, dir, Write, "./...")
	if len(res.Diagnostics) == 0 || len(res.Changes()) != 0 {
		t.Errorf("diagnostics are %v, changes %s", res.Diagnostics, actions(res))
	}
	if now, _ := os.ReadFile(filepath.Join(dir, "a", "api_gen.go")); !bytes.Equal(old, now) {
		t.Error("a file was written")
	}
}

// The same pattern in two packages of one run.
func TestAcrossPackages(t *testing.T) {
	dir := write(t, app)
	edit(t, filepath.Join(dir, "b", "b.go"), "GET /b", "GET /a")
	res := runIn(t, dir, Write, "./...")
	if len(res.Diagnostics) != 1 || len(res.Diagnostics[0].Related) != 1 {
		t.Errorf("diagnostics are %v", res.Diagnostics)
	}
}

func edit(t *testing.T, name, from, to string) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, bytes.Replace(src, []byte(from), []byte(to), 1), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The number that Run compares with the runtime's is the one in the code.
func TestVersionIsGenerated(t *testing.T) {
	res := runIn(t, write(t, app), Describe, "./a")
	if len(res.Packages) != 1 || res.Packages[0].Model == nil {
		t.Fatal(res.Diagnostics)
	}
	files, err := gogen.Generate(res.Packages[0].Model)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("genrt.Version(%d - genrt.MinVersion)", Version)
	for _, f := range files {
		if f.Name == "api_gen.go" {
			text, err := emit.Format(f.Name, f.Content)
			if err != nil || !bytes.Contains(text, []byte(want)) {
				t.Errorf("api_gen.go lacks %s (%v)", want, err)
			}
		}
	}
}

func TestFaultsAskForAReport(t *testing.T) {
	// A route without a server's type and a request that is not in the table.
	broken := &model.Package{Path: "example.com/broken", Name: "broken", Servers: []*model.Server{{
		GoName: "S", Field: "S",
		Routes: []*model.Route{{ID: "X", Method: "GET", Path: "/", Shape: model.ShapeTyped, Request: &model.Request{Type: 99}}},
	}}}
	_, d := generate(&Package{Path: broken.Path, Model: broken})
	if d == nil || d.Code != annotate.CodeInternal || !strings.Contains(d.Message, "please report it") || !strings.Contains(d.Message, "example.com/broken") {
		t.Errorf("diagnostic is %v", d)
	}
}

func TestHandshake(t *testing.T) {
	pkgs := []*load.Package{{Path: "example.com/app"}}
	tests := []struct {
		rt   load.Runtime
		code string
		want string
	}{
		{load.Runtime{Min: Version, Max: Version}, "", ""},
		{load.Runtime{Min: 0, Max: Version - 1}, annotate.CodeRuntimeVersion, "go get github.com/apigen-go/apigen@latest"},
		{load.Runtime{Min: Version + 1, Max: Version + 2}, annotate.CodeRuntimeVersion, "go tool apigen"},
		{load.Runtime{Missing: true, Err: os.ErrNotExist}, annotate.CodeRuntimeMissing, "go get github.com/apigen-go/apigen@latest"},
		{load.Runtime{Err: fmt.Errorf("cannot find module providing package: import lookup disabled by -mod=vendor")}, annotate.CodeRuntimeMissing, "go mod vendor"},
	}
	for _, tt := range tests {
		d, ok := handshake(&load.Result{Packages: pkgs, Runtime: tt.rt})
		if ok != (tt.code == "") || d.Code != tt.code || !strings.Contains(d.Message, tt.want) {
			t.Errorf("%+v: %v %v", tt.rt, ok, d)
		}
	}
	if _, ok := handshake(&load.Result{}); !ok {
		t.Error("a run without annotated packages asks for a runtime")
	}
}
