// Package drift_test proves that the generated files of this repository are
// what the generator writes, and that it can write them when none is there.
package drift_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/marker"
	"github.com/apigen-go/apigen/internal/modules"
)

// The test works on a copy: the tree it stands in may hold other changes.
func TestGenerateRestoresEverything(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the generator from scratch")
	}
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	copyTree(t, root, dir)
	git := func(args ...string) string {
		t.Helper()
		return command(t, dir, "git", append([]string{
			"-c", "user.name=drift", "-c", "user.email=drift@example.com", "-c", "commit.gpgsign=false",
			"-c", "core.autocrlf=false", "-c", "core.hooksPath=" + filepath.Join(dir, "no-hooks"),
		}, args...)...)
	}
	git("init", "--quiet")
	git("add", "--all")
	git("commit", "--quiet", "--message", "as it is")

	deleted := deleteGenerated(t, dir)
	if len(deleted) == 0 {
		t.Fatalf("no file carries the marker %q", marker.Line)
	}
	command(t, dir, "go", "generate", "./...")
	if status := git("status", "--porcelain"); status != "" {
		git("add", "--all", "--intent-to-add")
		t.Errorf("after go generate ./... the tree is another, run it and commit:\n%s\n%s", status, git("diff"))
	}
	for _, name := range deleted {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

// copyTree copies what git may know of.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	src := os.DirFS(from)
	err := fs.WalkDir(src, ".", func(p string, d fs.DirEntry, err error) error {
		target := filepath.Join(to, filepath.FromSlash(p))
		switch {
		case err != nil:
			return err
		case d.Name() == ".git": // a folder, or a file in a worktree
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return os.MkdirAll(target, 0o777)
		case !d.Type().IsRegular():
			return nil
		}
		text, err := fs.ReadFile(src, p)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(target, text, info.Mode().Perm())
	})
	if err != nil {
		t.Fatal(err)
	}
}

// deleteGenerated removes every file that carries the marker and returns their
// names. Those in testdata belong to the tests that compare them.
func deleteGenerated(t *testing.T, dir string) []string {
	t.Helper()
	var deleted []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !marker.MayCarry(d.Name()):
			return nil
		}
		name := filepath.Join(dir, filepath.FromSlash(p))
		text, err := os.ReadFile(name)
		if err != nil || !marker.Ours(d.Name(), text) {
			return err
		}
		deleted = append(deleted, filepath.FromSlash(p))
		return os.Remove(name)
	})
	if err != nil {
		t.Fatal(err)
	}
	return deleted
}

// command runs a command in dir and returns what it prints.
func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull)
	// Set by git for its hooks, which may be what runs the tests.
	cmd.Env = append(cmd.Env, "GIT_DIR="+filepath.Join(dir, ".git"), "GIT_WORK_TREE="+dir, "GIT_INDEX_FILE="+filepath.Join(dir, ".git", "index"))
	var out, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, &out, &stderr)
	}
	return out.String()
}
