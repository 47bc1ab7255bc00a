package gogen

import (
	"bytes"
	"flag"
	"go/format"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// generate returns the formatted files of a scenario.
func generate(t testing.TB, s scenario) []File {
	t.Helper()
	files, err := Generate(s.build())
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		src, err := format.Source(f.Content)
		if err != nil {
			t.Fatalf("%s is not Go: %v\n%s", f.Name, err, numbered(f.Content))
		}
		files[i].Content = src
	}
	return files
}

func numbered(src []byte) string {
	var b strings.Builder
	for i, line := range strings.Split(string(src), "\n") {
		b.WriteString(strings.Join([]string{strconv.Itoa(i + 1), line}, "\t") + "\n")
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			dir := filepath.Join("testdata", s.name)
			want := map[string]bool{apiFileName: false, codecFileName: false}
			for _, f := range generate(t, s) {
				want[f.Name] = true
				compare(t, filepath.Join(dir, f.Name+".golden"), f.Content)
			}
			for name, written := range want {
				path := filepath.Join(dir, name+".golden")
				if _, err := os.Stat(path); err == nil && !written {
					t.Errorf("%s stands for a file that is not written any more", path)
				}
			}
		})
	}
}

func compare(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want = bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (-want +got); run go test -update and review:\n%s", path, diff)
	}
}
