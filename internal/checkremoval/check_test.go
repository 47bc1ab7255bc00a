package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const marked = `package p

func f(a, b int) bool {
	if a > 0 || b > 0 { //check:or
		return true
	}
	switch {
	case a < -9: //check:case
		return true
	}
	return false
}
`

func write(t *testing.T, text string) suite {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return suite{dir: dir}
}

// Each check is removed alone, the whole condition at once.
func TestOverlay(t *testing.T) {
	checks, err := find([]suite{write(t, marked)}, "")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][2]string{
		"or":   {"if a > 0 || b > 0 {", "if false && (a > 0 || b > 0) {"},
		"case": {"case a < -9:", "case false && (a < -9):"},
	}
	if len(checks) != len(want) {
		t.Fatalf("found %v, want %v", checks, want)
	}
	for _, c := range checks {
		path, err := c.overlay(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var overlay struct{ Replace map[string]string }
		if err := json.Unmarshal(text, &overlay); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(overlay.Replace[c.file])
		if err != nil {
			t.Fatal(err)
		}
		edit, ok := want[c.name]
		if wanted := strings.Replace(marked, edit[0], edit[1], 1); !ok || string(got) != wanted {
			t.Errorf("%v: got\n%s\nwant\n%s", c, got, wanted)
		}
	}
}

// A marker that marks nothing would be a check that is never removed.
func TestFindRefuses(t *testing.T) {
	for _, tt := range []struct{ name, text, filter, want string }{
		{"a marker behind another statement", "package p\n\nvar x = 1 //check:none\n", "", "check:none"},
		{"a switch with a tag", "package p\n\nfunc f(a int) {\n\tswitch a {\n\tcase 1: //check:tag\n\t}\n}\n", "", "check:tag"},
		{"a filter without a hit", marked, "nothing", "nothing"},
	} {
		if got, err := find([]suite{write(t, tt.text)}, tt.filter); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, %v; want an error that names %s", tt.name, got, err, tt.want)
		}
	}
}

// Every suite holds checks: a folder that was renamed would be left out in
// silence.
func TestSuites(t *testing.T) {
	t.Chdir(filepath.Join("..", ".."))
	for _, s := range suites {
		if _, err := find([]suite{s}, ""); err != nil {
			t.Errorf("%s: %v", s.dir, err)
		}
		if own := "./" + s.dir; !slices.Contains(s.test, own) {
			t.Errorf("%s: its own tests are not run: %v", s.dir, s.test)
		}
	}
}
