package gen_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/internal/testmodule"
)

func environment() []string { return testmodule.Env() }

// newModule makes the module of the cases, with the package try for their tests.
func newModule(t *testing.T) string {
	t.Helper()
	dir := testmodule.New(t, "cases.test")
	data, err := os.ReadFile("testdata/try/try.go")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "try/try.go"), data)
	return dir
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
