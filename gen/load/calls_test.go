package load

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// One call lists the packages by file names alone, one builds export data of
// other modules' packages; nothing else asks for packages.
func TestGoCalls(t *testing.T) {
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
	dir := write(t, shop)
	loadIn(t, dir, "./shop")
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var lists []string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "list ") && strings.Contains(line, "-json") {
			lists = append(lists, line)
		}
	}
	if len(lists) != 2 {
		t.Fatalf("go list is called %d times:\n%s", len(lists), text)
	}
	if !strings.Contains(lists[0], "-find=true") || !strings.Contains(lists[0], "-export=false") {
		t.Errorf("the first call is %s", lists[0])
	}
	if !strings.Contains(lists[1], "-export=true") || !strings.Contains(lists[1], "-deps=false") || strings.Contains(lists[1], "example.com/app") {
		t.Errorf("the second call is %s", lists[1])
	}
	if strings.Contains(string(text), "overlay") {
		t.Errorf("an overlay is used:\n%s", text)
	}
}
