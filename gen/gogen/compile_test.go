package gogen

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/marker"
)

// TestCompile puts the generated files beside the packages they are made for,
// in a module as a user's would be, and has them vetted, tested and, where
// APIGEN_STATICCHECK names one, checked by staticcheck.
func TestCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a module")
	}
	dir := casesModule(t)
	goTool(t, dir, "go", "vet", "./...")
	goTool(t, dir, "go", "test", "./...")
	staticcheck(t, dir)
}

// staticcheck reports everything it has to say about generated files, which it
// would spare if it knew that they are generated.
func staticcheck(t *testing.T, dir string) {
	tool := os.Getenv("APIGEN_STATICCHECK")
	if tool == "" {
		t.Log("APIGEN_STATICCHECK does not name a staticcheck")
		return
	}
	for _, s := range scenarios {
		for _, name := range []string{apiFileName, codecFileName} {
			path := filepath.Join(dir, s.name, name)
			if src, err := os.ReadFile(path); err == nil {
				write(t, path, bytes.Replace(src, []byte(marker.Line), []byte("// Written by apigen."), 1))
			}
		}
	}
	out, err := goCommand(t, dir, tool, "-checks", "all,-ST1000", "./...").CombinedOutput()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(string(out), "\n") {
		if strings.Contains(line, "_gen.go:") || strings.Contains(line, "(compile)") {
			t.Error(line)
		}
	}
}

// casesModule writes testdata and what is generated for it to a module that
// uses this one.
func casesModule(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata")); err != nil {
		t.Fatal(err)
	}
	for _, s := range scenarios {
		for _, f := range generate(t, s) {
			write(t, filepath.Join(dir, s.name, f.Name), f.Content)
		}
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	const self = "module github.com/apigen-go/apigen"
	text := strings.Replace(string(mod), self, "module example.com/cases\n\n"+
		"require github.com/apigen-go/apigen v0.0.0\n\nreplace github.com/apigen-go/apigen => "+filepath.ToSlash(root), 1)
	write(t, filepath.Join(dir, "go.mod"), []byte(text))
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "go.sum"), sum)
	return dir
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

func goTool(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	if out, err := goCommand(t, dir, name, args...).CombinedOutput(); err != nil {
		t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

func goCommand(t *testing.T, dir, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod", "GOPROXY=off")
	return cmd
}
