package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "write what the scripts compare into their archives")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"apigen": main})
}

// TestScripts runs apigen as users do, in modules of their own that use this
// repository's runtime.
func TestScripts(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	comparer := sync.OnceValues(func() (string, error) { return buildComparer(root, t.TempDir()) })
	settings := goSettings(t, "GOCACHE", "GOMODCACHE", "GOPATH", "GOROOT")
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, settings...)
			bin, _, _ := strings.Cut(env.Getenv("PATH"), string(os.PathListSeparator))
			env.Vars = append(env.Vars, "BIN="+bin)
			env.Vars = append(env.Vars, "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOTOOLCHAIN=local", "GOWORK=", "ROOT="+root)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":    scriptCode,
			"module":  scriptModule,
			"crlf":    scriptCRLF,
			"prepend": scriptPrepend,
			"comparer": func(ts *testscript.TestScript, _ bool, _ []string) {
				dir, err := comparer()
				ts.Check(err)
				ts.Setenv("PATH", dir+string(os.PathListSeparator)+ts.Getenv("PATH"))
			},
		},
		Condition: func(cond string) (bool, error) {
			return cond == "root" && os.Getuid() == 0, nil
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       *update,
	})
}

// buildComparer builds apigen-diff, which is in a module of its own, for the
// scripts that put it on PATH.
func buildComparer(root, dir string) (string, error) {
	cmd := exec.Command("go", "build", "-o", dir+string(os.PathSeparator), "./apigen-diff")
	cmd.Dir = filepath.Join(root, "gen", "diff")
	cmd.Env = append(os.Environ(), "GOFLAGS=-buildvcs=false", "GOWORK=off")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return dir, nil
}

// scriptCode runs a command that must end with an exit code: code 2 apigen -x.
func scriptCode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code number command...")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit := (*exec.ExitError)(nil)
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if args[0] != strconv.Itoa(got) {
		ts.Fatalf("%s: exit code is %d, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

func goSettings(t *testing.T, names ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	settings := make([]string, len(names))
	for i, name := range names {
		settings[i] = name + "=" + values[i]
	}
	return settings
}

// scriptModule makes a module that uses this repository's runtime:
// module path [dir].
func scriptModule(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: module path [dir]")
	}
	dir := "."
	if len(args) == 2 {
		dir = args[1]
	}
	root := ts.Getenv("ROOT")
	text := "module " + args[0] + "\n\ngo 1.26\n\nrequire github.com/apigen-go/apigen v0.0.0\n\nreplace github.com/apigen-go/apigen => " + root + "\n"
	ts.Check(os.MkdirAll(ts.MkAbs(dir), 0o755))
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(dir), "go.mod"), []byte(text), 0o644))
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(dir), "go.sum"), sum, 0o644))
}

// scriptCRLF gives files the line endings of a Windows checkout: crlf file...
func scriptCRLF(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		text := ts.ReadFile(name)
		ts.Check(os.WriteFile(ts.MkAbs(name), []byte(strings.ReplaceAll(text, "\n", "\r\n")), 0o644))
	}
}

// scriptPrepend puts a line in front of a file: prepend file line.
func scriptPrepend(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: prepend file line")
	}
	text := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(args[1]+"\n"+text), 0o644))
}
