package emit

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/marker"
)

const head = marker.Line + "\n\npackage a\n"

func put(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func get(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func list(t *testing.T, dir string) string {
	t.Helper()
	var names []string
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestPlanAndWrite(t *testing.T) {
	dir := t.TempDir()
	same := put(t, filepath.Join(dir, "same.go"), head)
	crlf := put(t, filepath.Join(dir, "crlf.go"), strings.ReplaceAll(head, "\n", "\r\n"))
	stale := put(t, filepath.Join(dir, "stale.go"), "<<<<<<< HEAD\n"+head)
	orphan := put(t, filepath.Join(dir, "orphan.go"), head)
	fresh := filepath.Join(dir, "fresh.go")

	files := []File{{fresh, []byte(head)}, {same, []byte(head)}, {crlf, []byte(head)}, {stale, []byte(head)}}
	changes, err := Plan(files, []string{same, orphan, filepath.Join(dir, "gone.go")})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range changes {
		got = append(got, filepath.Base(c.Path)+"="+string(c.Action))
	}
	if want := "crlf.go=unchanged fresh.go=create orphan.go=remove same.go=unchanged stale.go=update"; strings.Join(got, " ") != want {
		t.Errorf("plan is %q, want %q", got, want)
	}
	if !Drift(changes) {
		t.Error("no drift reported")
	}
	if err := Write(t.Context(), changes); err != nil {
		t.Fatal(err)
	}
	if want := "crlf.go fresh.go same.go stale.go"; list(t, dir) != want {
		t.Errorf("folder holds %q, want %q", list(t, dir), want)
	}
	if get(t, stale) != head || get(t, fresh) != head {
		t.Error("content was not written")
	}
	if !strings.Contains(get(t, crlf), "\r\n") {
		t.Error("an unchanged file was rewritten")
	}
	if info, err := os.Stat(fresh); err != nil || info.Mode().Perm()&0o600 != 0o600 || info.Mode().Perm()&0o111 != 0 {
		t.Errorf("mode is %v", info.Mode())
	}
	again, err := Plan(files, nil)
	if err != nil || Drift(again) {
		t.Errorf("a second plan changes %v, %v", again, err)
	}
}

func TestForeignFilesStay(t *testing.T) {
	path := put(t, filepath.Join(t.TempDir(), "api_gen.go"), "package a\n")
	if _, err := Plan([]File{{path, []byte(head)}}, nil); err == nil || !strings.Contains(err.Error(), "not written by apigen") {
		t.Errorf("replacing a foreign file: %v", err)
	}
	if _, err := Plan(nil, []string{path}); err == nil {
		t.Error("a foreign file was to be removed")
	}
}

// A folder that cannot be written to: a file stands in its place.
func TestFailureLeavesOldFiles(t *testing.T) {
	dir := t.TempDir()
	old := put(t, filepath.Join(dir, "a", "api_gen.go"), head)
	orphan := put(t, filepath.Join(dir, "a", "api_codec_gen.go"), head)
	put(t, filepath.Join(dir, "b"), "in the way")
	changes := []Change{
		{Path: old, Action: Update, New: []byte("new")},
		{Path: orphan, Action: Remove},
		{Path: filepath.Join(dir, "b", "api_gen.go"), Action: Create, New: []byte("new")},
	}
	if err := Write(t.Context(), changes); err == nil || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("error is %v", err)
	}
	if get(t, old) != head || list(t, filepath.Join(dir, "a")) != "api_codec_gen.go api_gen.go" {
		t.Errorf("old files were touched: %s", list(t, filepath.Join(dir, "a")))
	}
}

func TestReadOnlyFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may write everywhere")
	}
	dir := t.TempDir()
	old := put(t, filepath.Join(dir, "api_gen.go"), head)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(dir, 0o755)
	if err := Write(t.Context(), []Change{{Path: old, Action: Update, New: []byte("new")}}); err == nil {
		t.Error("no error")
	}
	if get(t, old) != head {
		t.Error("the old file was touched")
	}
}

func TestWriteStopsWhenDone(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := Write(ctx, []Change{{Path: filepath.Join(dir, "api_gen.go"), Action: Create, New: []byte("new")}})
	if err == nil || list(t, dir) != "" {
		t.Errorf("error is %v, folder holds %q", err, list(t, dir))
	}
}

func TestDiff(t *testing.T) {
	dir := t.TempDir()
	changes := []Change{
		{Path: filepath.Join(dir, "a.go"), Action: Update, Old: []byte("one\r\ntwo\r\n"), New: []byte("one\nthree\n")},
		{Path: filepath.Join(dir, "b.go"), Action: Create, New: []byte("b\n")},
		{Path: filepath.Join(dir, "c.go"), Action: Remove, Old: []byte("c\n")},
		{Path: filepath.Join(dir, "d.go"), Action: Unchanged, Old: []byte("d\n"), New: []byte("d\n")},
	}
	got := Diff(dir, changes)
	for _, want := range []string{"--- a/a.go\n+++ b/a.go\n", " one\n-two\n+three\n", "--- /dev/null\n+++ b/b.go\n", "--- a/c.go\n+++ /dev/null\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("diff lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "d.go") || strings.Contains(got, "\r") {
		t.Errorf("diff is\n%s", got)
	}
}

func TestFolderInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "api_gen.go")
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Plan([]File{{path, []byte(head)}}, nil); err == nil || !strings.Contains(err.Error(), "is a folder and stands where apigen writes a file; rename it") {
		t.Errorf("error is %v", err)
	}
}

// A file that was cut before the end of the marker is written anew; nothing else
// without the marker is.
func TestCutFilesAreReplaced(t *testing.T) {
	dir := t.TempDir()
	for _, old := range []string{"", "\n", head[:11]} {
		path := put(t, filepath.Join(dir, "api_gen.go"), old)
		changes, err := Plan([]File{{path, []byte(head)}}, nil)
		if err != nil || len(changes) != 1 || changes[0].Action != Update {
			t.Errorf("%q: %v, %v", old, changes, err)
		}
	}
	path := put(t, filepath.Join(dir, "mine.go"), "")
	if _, err := Plan([]File{{path, []byte(head)}}, nil); err == nil {
		t.Error("an empty file under another name is replaced")
	}
}
