package gen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// cell is one statement of the contract.
type cell struct {
	later bool // not supported yet, and reported so
	text  string
}

// readCells reads testdata/cells.txt: id | section | delivered or later | text.
func readCells(t *testing.T) map[string]cell {
	t.Helper()
	const name = "testdata/cells.txt"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	cells := map[string]cell{}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.SplitN(line, " | ", 4)
		if len(f) != 4 || f[2] != "delivered" && f[2] != "later" {
			t.Fatalf("%s:%d: expected id | section | delivered or later | text", name, i+1)
		}
		if _, ok := cells[f[0]]; ok {
			t.Errorf("%s:%d: cell %s stands here twice", name, i+1, f[0])
		}
		cells[f[0]] = cell{f[2] == "later", f[3]}
	}
	return cells
}

// testCase is an archive of testdata/cases: a folder of annotated packages
// with either their tests or, in want.err, the diagnostics they give.
type testCase struct {
	name    string // of the folder, and of the file without extension
	file    string
	cells   []string
	wantErr []byte // nil in a case that runs
	archive *txtar.Archive
}

const wantErr = "want.err"

// readCases reads all cases. Their cells stand in front of the first file, in
// lines that begin with "cells:".
func readCases(t *testing.T) []*testCase {
	t.Helper()
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var cases []*testCase
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := &testCase{name: strings.TrimSuffix(filepath.Base(file), ".txtar"), file: file, archive: a}
		for _, line := range strings.Split(string(a.Comment), "\n") {
			if ids, ok := strings.CutPrefix(line, "cells:"); ok {
				c.cells = append(c.cells, strings.Fields(ids)...)
			}
		}
		if len(c.cells) == 0 {
			t.Errorf("%s: no line cells: with the cells it shows", file)
		}
		runs := false
		for _, f := range a.Files {
			if f.Name == wantErr {
				c.wantErr = append([]byte{}, f.Data...)
			}
			runs = runs || strings.HasSuffix(f.Name, "_test.go")
		}
		if !runs && c.wantErr == nil {
			t.Errorf("%s: expected a test or %s", file, wantErr)
		}
		cases = append(cases, c)
	}
	return cases
}

// write lays the case out as a folder below dir.
func (c *testCase) write(t *testing.T, dir string) {
	t.Helper()
	for _, f := range c.archive.Files {
		if f.Name != wantErr {
			writeFile(t, filepath.Join(dir, c.name, filepath.FromSlash(f.Name)), f.Data)
		}
	}
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
