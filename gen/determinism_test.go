package gen_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen"
)

// outcome is what runs over all cases come to, without the folder they lie in:
// what is generated for the right ones, and what is said of the others.
type outcome struct{ files, diagnostics string }

// outcomeOf runs over the cases in dir, which are named in this order.
func outcomeOf(t *testing.T, dir string, names []string) outcome {
	t.Helper()
	wrong := map[string]bool{}
	for _, c := range readCases(t) {
		wrong[c.name] = c.wantErr != nil
	}
	patterns := map[bool][]string{}
	for _, name := range names {
		patterns[wrong[name]] = append(patterns[wrong[name]], "./"+name+"/...")
	}
	var out outcome
	for _, bad := range []bool{false, true} {
		res, err := gen.Run(t.Context(), gen.Config{Dir: dir, Patterns: patterns[bad], Env: environment(), Mode: gen.Compare})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, d := range res.Diagnostics {
			fmt.Fprintln(&b, filepath.ToSlash(d.Relative(dir).String()))
		}
		for _, c := range res.Changes() {
			fmt.Fprintf(&b, "-- %s --\n%s", relativeTo(dir, c.Path), c.New)
		}
		if bad {
			out.diagnostics = b.String()
		} else {
			out.files = b.String()
		}
	}
	if strings.Count(out.files, "\n-- ") < 20 || strings.Count(out.diagnostics, "\n") < 100 {
		t.Fatalf("too little came out:\n%.2000s\n%.2000s", out.files, out.diagnostics)
	}
	return out
}

// TestDeterminism checks that nothing but the source counts: not the number of
// processors, the order of patterns, the folder, the times of files, or line
// ends.
func TestDeterminism(t *testing.T) {
	if testing.Short() {
		t.Skip("runs over all cases six times")
	}
	dir := newModule(t)
	var names []string
	for _, c := range readCases(t) {
		c.write(t, dir)
		names = append(names, c.name)
	}
	want := outcomeOf(t, dir, names)
	same := func(what, dir string, names []string) {
		t.Helper()
		got := outcomeOf(t, dir, names)
		if got.files != want.files {
			t.Errorf("%s: other files are generated:\n%s", what, diffLines(want.files, got.files))
		}
		if got.diagnostics != want.diagnostics {
			t.Errorf("%s: other things are said:\n%s", what, diffLines(want.diagnostics, got.diagnostics))
		}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, n := range []int{1, 8} {
		runtime.GOMAXPROCS(n)
		same(fmt.Sprint("GOMAXPROCS ", n), dir, names)
	}
	reversed := slices.Clone(names)
	slices.Reverse(reversed)
	same("patterns the other way round", dir, append(reversed, reversed[0]))

	other := filepath.Join(t.TempDir(), "a folder", "elsewhere")
	if err := os.CopyFS(other, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	other, err := filepath.EvalSymlinks(other)
	if err != nil {
		t.Fatal(err)
	}
	same("another folder", other, names)
	carriageReturns(t, other)
	same("a checkout with CRLF", other, names)
}

// carriageReturns gives all source files below dir the line ends of Windows.
func carriageReturns(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		src = bytes.ReplaceAll(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
		return os.WriteFile(path, src, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}
