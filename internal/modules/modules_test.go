package modules_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/apigen-go/apigen/internal/modules"
)

var goLine = regexp.MustCompile(`(?m)^(go|toolchain) .*$`)

// A module that is not listed would be tested by nobody.
func TestEveryModuleIsListed(t *testing.T) {
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	found, err := modules.Find(root)
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	if want := slices.Sorted(slices.Values(modules.All)); !slices.Equal(found, want) {
		t.Errorf("go.mod files are in %q, modules.All is %q", found, want)
	}
	for _, m := range found {
		text, err := os.ReadFile(filepath.Join(root, m, "go.mod"))
		if err != nil {
			t.Fatal(err)
		}
		lines := goLine.FindAllString(string(text), -1)
		if len(lines) != 1 || lines[0] != "go 1.26" && lines[0] != "go 1.26.0" {
			t.Errorf("%s/go.mod says %q, want go 1.26 alone", m, lines)
		}
	}
}

func TestFind(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"go.mod", "a/b/go.mod", "testdata/go.mod", "a/_x/go.mod", ".x/go.mod", "c/go.sum"} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := modules.Find(root)
	slices.Sort(got)
	if want := []string{".", "a/b"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	if got, err := modules.Root(root); err == nil {
		t.Errorf("Root found %s above another module", got)
	}
}
