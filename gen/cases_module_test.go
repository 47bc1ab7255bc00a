package gen_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// environment is that of the go command in the modules of the cases: nothing
// is fetched, and no workspace around them counts.
func environment() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local", "APIGEN_CACHE=off")
}

// newModule makes a module that uses this repository's runtime, and holds the
// package try for the tests of the cases.
func newModule(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "go.mod"), moduleFile(t, root))
	for from, to := range map[string]string{
		filepath.Join(root, "go.sum"): "go.sum",
		"testdata/try/try.go":         "try/try.go",
	} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(dir, to), data)
	}
	return dir
}

// moduleFile requires the runtime and what it links, in the versions of the
// root module.
func moduleFile(t *testing.T, root string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "module cases.test\n\ngo 1.26\n\nrequire %s v0.0.0\n", mod.Module.Mod.Path)
	for _, r := range mod.Require {
		switch r.Mod.Path {
		case "github.com/golang-jwt/jwt/v5", "github.com/go-json-experiment/json":
			fmt.Fprintf(&b, "\nrequire %s %s\n", r.Mod.Path, r.Mod.Version)
		}
	}
	fmt.Fprintf(&b, "\nreplace %s => %s\n", mod.Module.Mod.Path, modfile.AutoQuote(root))
	return []byte(b.String())
}

func goCommand(t *testing.T, dir string, args ...string) {
	t.Helper()
	command(t, dir, "go", args...)
}

// command runs a program in dir, and fails with what it said.
func command(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir, cmd.Env = dir, environment()
	out, err := cmd.CombinedOutput()
	if err == nil {
		return
	}
	var said []string
	for _, line := range strings.Split(string(out), "\n") {
		if !strings.HasPrefix(line, "ok  \t") && !strings.Contains(line, "[no test files]") {
			said = append(said, line)
		}
	}
	t.Errorf("%s %s: %v\n%s", name, strings.Join(args, " "), err, strings.Join(said, "\n"))
}

// diffLines shows which lines of want and got the other does not have.
func diffLines(want, got string) string {
	var b strings.Builder
	has := func(text, line string) bool { return strings.Contains("\n"+text, "\n"+line+"\n") }
	for _, line := range strings.Split(strings.TrimSuffix(want, "\n"), "\n") {
		if !has(got, line) {
			b.WriteString("-" + line + "\n")
		}
	}
	for _, line := range strings.Split(strings.TrimSuffix(got, "\n"), "\n") {
		if !has(want, line) {
			b.WriteString("+" + line + "\n")
		}
	}
	return b.String()
}
