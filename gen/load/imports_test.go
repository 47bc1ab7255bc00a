package load

import (
	"slices"
	"testing"
)

func TestGuesses(t *testing.T) {
	for path, want := range map[string]string{
		"fmt":                           "fmt",
		"math/rand/v2":                  "rand",
		"v2":                            "v2",
		"gopkg.in/yaml.v3":              "yaml",
		"github.com/a/go-redis":         "redis",
		"github.com/a/redis-go/v9":      "redis",
		"github.com/a/go.uuid":          "uuid",
		"github.com/go-json/json":       "json",
		"example.com/snake_case":        "snake_case",
		"example.com/kebab-case":        "kebabcase",
		"example.com/under-score-score": "under_score_score",
	} {
		if got := guesses(path); !slices.Contains(got, want) {
			t.Errorf("guesses(%q) = %q, want %q among them", path, got, want)
		}
	}
}

func TestLoadable(t *testing.T) {
	for _, path := range []string{"fmt", "example.com/a/b.v2", "gopkg.in/x", "a/b-c_d~e+f", "example.com/é"} {
		if !loadable(path) {
			t.Errorf("%q is refused", path)
		}
	}
	for _, path := range []string{"", "...", "a/...", "all", "std", "-x", "./a", "../a", "/a", "a b", "file=x", "a@v1", "a\nb", "a\\b", "a.go"} {
		if loadable(path) {
			t.Errorf("%q is accepted", path)
		}
	}
}

func FuzzGuesses(f *testing.F) {
	f.Add("github.com/a/go-b.v2")
	f.Add("")
	f.Add("/")
	f.Fuzz(func(t *testing.T, path string) {
		if len(guesses(path)) == 0 {
			t.Error("no guess")
		}
		loadable(path)
	})
}

func FuzzErrorPosition(f *testing.F) {
	l := &loader{cfg: Config{Dir: "/dir"}}
	for _, s := range []string{"", "-", "a.go", "a.go:1", "a.go:1:2", "/x/a.go:1:2", "a:b:1:2", ":::", "C:\\a.go:1:2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		pos := l.errorPosition(s)
		if pos.Filename == "" && (pos.Line != 0 || pos.Column != 0) {
			t.Errorf("%q is at %v", s, pos)
		}
	})
}

func TestErrorPosition(t *testing.T) {
	l := &loader{cfg: Config{Dir: "/dir"}}
	for s, want := range map[string]string{
		"":              "-",
		"-":             "-",
		"a.go":          "/dir/a.go",
		"a.go:3":        "/dir/a.go:3",
		"a.go:3:4":      "/dir/a.go:3:4",
		"/x/a:b.go:3:4": "/x/a:b.go:3:4",
	} {
		if got := l.errorPosition(s).String(); got != want {
			t.Errorf("errorPosition(%q) = %s, want %s", s, got, want)
		}
	}
}
