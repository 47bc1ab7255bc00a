package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is wrong with each file below testdata/broken is told as its .txt says,
// and without a word of its secrets.
func TestBroken(t *testing.T) {
	var files []string
	for _, pattern := range []string{"*.yaml", "*.json"} {
		found, err := filepath.Glob(filepath.Join("testdata", "broken", pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) < 9 {
		t.Fatalf("there are %d files", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := mistakes(t, filepath.Base(file), string(text)).Error() + "\n"
			golden := file + ".txt"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
				t.Errorf("got\n%swant\n%s", got, want)
			}
			if strings.Contains(got, marked) {
				t.Error("a secret is told")
			}
		})
	}
}
