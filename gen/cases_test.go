package gen_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/apigen-go/apigen/gen"
)

var update = flag.Bool("update", false, "rewrite want.err of the cases in testdata/cases")

// TestCells lists the cells of the contract that no case shows, and the cases
// that name a cell which is none.
func TestCells(t *testing.T) {
	cells, cases := readCells(t), readCases(t)
	shown := map[string]bool{}
	for _, c := range cases {
		for _, id := range c.cells {
			cell, ok := cells[id]
			switch {
			case !ok:
				t.Errorf("%s: there is no cell %s in testdata/cells.txt", c.file, id)
			case cell.later && !strings.Contains(string(c.wantErr), "(AG9"):
				t.Errorf("%s: cell %s comes later, and want.err has no diagnostic that says so", c.file, id)
			default:
				shown[id] = true
			}
		}
	}
	for id, cell := range cells {
		if !shown[id] {
			t.Errorf("cell %s has no case: %s", id, cell.text)
		}
	}
}

// TestDiagnostics compares what is reported of the cases with a want.err.
func TestDiagnostics(t *testing.T) {
	dir := newModule(t)
	for _, c := range readCases(t) {
		if c.wantErr == nil {
			continue
		}
		c.write(t, dir)
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			root := filepath.Join(dir, c.name)
			got := diagnostics(t, dir, root, "./"+c.name+"/...")
			if files := generated(t, root); len(files) > 0 {
				t.Errorf("written in spite of the mistakes: %s", strings.Join(files, ", "))
			}
			if want := string(c.wantErr); got != want {
				if *update {
					c.update(t, got)
					return
				}
				t.Errorf("diagnostics differ (-want +got); see -update\n%s", diffLines(want, got))
			}
		})
	}
}

// TestCases generates for all other cases at once, and vets and tests what
// comes out.
func TestCases(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a test of every case")
	}
	dir := newModule(t)
	for _, c := range readCases(t) {
		if c.wantErr == nil {
			c.write(t, dir)
		}
	}
	if got := diagnostics(t, dir, dir, "./..."); got != "" {
		t.Fatalf("unexpected diagnostics:\n%s", got)
	}
	goCommand(t, dir, "vet", "-trimpath", "./...")
	// Without the paths of the module the go command knows from the last run
	// what has not changed since.
	goCommand(t, dir, "test", "-trimpath", "-vet=off", "-ldflags=-s -w", "./...")
	if bin := os.Getenv(staticcheckVariable); bin != "" {
		command(t, dir, bin, "./...")
	}
}

// staticcheckVariable names the environment variable with the path of the
// staticcheck that is to look at the generated code.
const staticcheckVariable = "APIGEN_STATICCHECK"

// diagnostics generates and returns what was reported, one diagnostic a line,
// its places relative to root.
func diagnostics(t *testing.T, dir, root, pattern string) string {
	t.Helper()
	res, err := gen.Run(t.Context(), gen.Config{Dir: dir, Patterns: []string{pattern}, Env: environment()})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range res.Diagnostics {
		b.WriteString(filepath.ToSlash(d.Relative(root).String()) + "\n")
	}
	return b.String()
}

// generated lists the generated files below root.
func generated(t *testing.T, root string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), "api_") {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// update rewrites want.err of the case.
func (c *testCase) update(t *testing.T, got string) {
	t.Helper()
	i := slices.IndexFunc(c.archive.Files, func(f txtar.File) bool { return f.Name == wantErr })
	c.archive.Files[i].Data = []byte(got)
	if err := os.WriteFile(c.file, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
