package load

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// recordGo puts a go command first in PATH that notes its calls, and returns
// what reads them.
func recordGo(t *testing.T) func() string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("needs a shell script in place of the go command")
	}
	real, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	log := filepath.Join(bin, "log")
	script := "#!/bin/sh\necho \"$@\" >>'" + log + "'\nexec '" + real + "' \"$@\"\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return func() string {
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
}

// lists returns the calls that ask for packages. That of go/packages for the
// version of the go command asks for none.
func lists(calls string) []string {
	var out []string
	for line := range strings.Lines(calls) {
		if strings.HasPrefix(line, "list ") && !strings.Contains(line, "context.ReleaseTags") {
			out = append(out, line)
		}
	}
	return out
}

// One call lists the packages by file names alone, one builds export data of
// other modules' packages; nothing else asks for packages.
func TestGoCalls(t *testing.T) {
	calls := recordGo(t)
	loadIn(t, write(t, shop), "./shop")
	text := calls()
	lists := lists(text)
	if len(lists) != 2 {
		t.Fatalf("go list is called %d times:\n%s", len(lists), text)
	}
	if !strings.Contains(lists[0], "-find=true") || !strings.Contains(lists[0], "-export=false") {
		t.Errorf("the first call is %s", lists[0])
	}
	if !strings.Contains(lists[1], "-export=true") || !strings.Contains(lists[1], "-deps=false") || strings.Contains(lists[1], "example.com/app") {
		t.Errorf("the second call is %s", lists[1])
	}
	if strings.Contains(text, "overlay") {
		t.Errorf("an overlay is used:\n%s", text)
	}
}

// The modules of a workspace take no further call, and where all is remembered
// one call is left.
func TestGoCallsInWorkspace(t *testing.T) {
	dir := write(t, shop+"-- go.work --\ngo 1.26\n\nuse (\n\t.\n\t./other\n)\n-- other/go.mod --\nmodule example.com/other\n\ngo 1.26\n")
	if err := os.RemoveAll(filepath.Join(dir, "store")); err != nil {
		t.Fatal(err)
	}
	calls := recordGo(t)
	res := loadIn(t, dir, "./shop")
	if len(res.Main) != 2 || len(res.Packages) != 1 {
		t.Errorf("main modules are %v: %s", res.Main, rendered(res, dir))
	}
	if got := lists(calls()); len(got) != 2 {
		t.Errorf("go list is called %d times:\n%s", len(got), calls())
	}
}
