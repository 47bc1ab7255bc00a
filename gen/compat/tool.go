package compat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/mod/module"
	"golang.org/x/mod/semver"
)

const (
	root     = "github.com/apigen-go/apigen"
	comparer = root + "/gen/diff/apigen-diff"
	name     = "apigen-diff"
)

// Tool is how apigen-diff is run.
type Tool struct {
	args []string
	dir  string
	env  []string // beside that of the process
}

// String is the command that runs the tool.
func (t *Tool) String() string { return strings.Join(t.args, " ") }

// Find looks for apigen-diff: among the tools of the module that dir lies in,
// beside the program itself, on PATH, in the folder that the module of apigen is
// replaced by, and last, for a released version, in the module of that version.
func Find(ctx context.Context, dir, version string) (*Tool, error) {
	if t, err := moduleTool(ctx, dir); t != nil || err != nil {
		return t, err
	}
	if t := installed(); t != nil {
		return t, nil
	}
	if t := checkout(ctx, dir); t != nil {
		return t, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if semver.IsValid(version) && semver.Build(version) == "" && !module.IsPseudoVersion(version) {
		return &Tool{args: []string{"go", "run", comparer + "@" + version}, dir: dir, env: host()}, nil
	}
	get := "go install " + comparer + "@latest"
	if inModule(dir) {
		get = "go get -tool " + comparer + "@latest"
	}
	return nil, errors.New("comparing needs " + name + ", a program of its own, and there is none: " + get)
}

// moduleTool finds it among the tools of the user's go.mod, where a mistake is
// theirs to know of.
func moduleTool(ctx context.Context, dir string) (*Tool, error) {
	cmd := exec.CommandContext(ctx, "go", "tool", "-n", name)
	cmd.Dir = dir
	var errOut bytes.Buffer
	cmd.Stderr = &errOut
	err := cmd.Run()
	said := strings.TrimSpace(errOut.String())
	switch {
	case err == nil:
		return &Tool{args: []string{"go", "tool", name}, dir: dir}, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case strings.Contains(said, "no such tool") || !errors.As(err, new(*exec.ExitError)):
		return nil, nil //nolint:nilerr // that there is none is an answer
	}
	return nil, fmt.Errorf("go tool %s fails: %s", name, said)
}

// installed finds it beside this program or on PATH.
func installed() *Tool {
	file := name
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	if self, err := os.Executable(); err == nil {
		beside := filepath.Join(filepath.Dir(self), file)
		if info, err := os.Stat(beside); err == nil && info.Mode().IsRegular() {
			return &Tool{args: []string{beside}}
		}
	}
	if found, err := exec.LookPath(name); err == nil {
		return &Tool{args: []string{found}}
	}
	return nil
}

// checkout finds it in a folder that has the module of apigen. The settings of
// the user's own module do not hold for that one.
func checkout(ctx context.Context, dir string) *Tool {
	cmd := exec.CommandContext(ctx, "go", "list", "-m", "-json", root)
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil
	}
	var m struct {
		Dir     string
		Main    bool
		Replace *struct{ Version string }
	}
	if json.Unmarshal(out, &m) != nil || m.Dir == "" || !m.Main && (m.Replace == nil || m.Replace.Version != "") {
		return nil
	}
	folder := filepath.Join(m.Dir, "gen", "diff")
	if _, err := os.Stat(filepath.Join(folder, "go.mod")); err != nil {
		return nil
	}
	return &Tool{args: []string{"go", "run", "./" + name}, dir: folder, env: host()}
}

// host makes the go command run for this machine, whatever the user builds for.
func host() []string {
	return []string{"GOFLAGS=", "GOWORK=off", "GOOS=" + runtime.GOOS, "GOARCH=" + runtime.GOARCH}
}

func inModule(dir string) bool {
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return false
		}
		dir = up
	}
}

// run returns what the tool prints. Its exit code says nothing that its report
// does not.
func (t *Tool) run(ctx context.Context, args []string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, t.args[0], append(t.args[1:len(t.args):len(t.args)], args...)...)
	cmd.Dir = t.dir
	cmd.Env = append(os.Environ(), t.env...)
	cmd.WaitDelay = 5 * time.Second
	if runtime.GOOS != "windows" {
		// So that the go command takes along what it runs.
		cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	}
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && out.Len() == 0:
		return nil, fmt.Errorf("%s fails: %w%s", t, err, beginning(errOut.String()))
	}
	return out.Bytes(), nil
}

// beginning is what a program says first, which is where the reason stands.
func beginning(said string) string {
	lines := strings.Split(strings.TrimSpace(said), "\n")
	if lines[0] == "" {
		return ""
	}
	if len(lines) > 5 {
		lines = lines[:5]
	}
	return "\n\t" + strings.Join(lines, "\n\t")
}
