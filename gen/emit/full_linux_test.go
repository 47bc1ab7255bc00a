package emit

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A disk that is full in the middle of a run leaves everything as it was.
func TestDiskFull(t *testing.T) {
	dir, full := t.TempDir(), t.TempDir()
	if err := syscall.Mount("tmpfs", full, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small disk takes root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(full, 0); err != nil {
			t.Error(err)
		}
	})
	room := put(t, filepath.Join(dir, "api_gen.go"), head)
	old := put(t, filepath.Join(full, "api_gen.go"), head)
	gone := put(t, filepath.Join(full, "api_codec_gen.go"), head)
	changes := []Change{
		{Path: room, Action: Update, New: []byte(head + "var X = 1\n")},
		{Path: old, Action: Update, New: append([]byte(head), bytes.Repeat([]byte("// more\n"), 16<<10)...)},
		{Path: gone, Action: Remove},
	}
	err := Write(t.Context(), changes)
	if err == nil || !strings.Contains(err.Error(), "nothing was changed") || !strings.Contains(err.Error(), "no space left") {
		t.Errorf("error is %v", err)
	}
	if get(t, room) != head || get(t, old) != head || list(t, dir) != "api_gen.go" || list(t, full) != "api_codec_gen.go api_gen.go" {
		t.Errorf("folders hold %q and %q", list(t, dir), list(t, full))
	}
	changes[1].New = []byte(head + "var X = 1\n")
	if err := Write(t.Context(), changes); err != nil || list(t, full) != "api_gen.go" {
		t.Errorf("afterwards: %v, %q", err, list(t, full))
	}
	if _, err := os.Stat(room); err != nil || get(t, room) == head {
		t.Errorf("was not written: %v", err)
	}
}

// A pipe in the place of a file is refused instead of being waited for.
func TestPipeInPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "api_gen.go")
	if err := syscall.Mkfifo(path, 0o644); err != nil {
		t.Skip(err)
	}
	if _, err := Plan([]File{{path, []byte(head)}}, nil); err == nil || !strings.Contains(err.Error(), "is no regular file") {
		t.Errorf("error is %v", err)
	}
}
