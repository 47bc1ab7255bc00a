package gen

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/build"
	"github.com/apigen-go/apigen/gen/load"
	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/internal/testmodule"
)

// shownElsewhere are the codes that no source alone gives, with the tests that
// give them.
var shownElsewhere = map[string]string{
	annotate.CodeForeignFile:    "cmd/apigen/testdata/script/foreign.txtar",
	annotate.CodeRuntimeVersion: "gen/gen_test.go",
	annotate.CodeRuntimeMissing: "cmd/apigen/testdata/script/runtime.txtar",
	annotate.CodeListFailed:     "gen/load/load_test.go",
	annotate.CodeNoPackages:     "gen/load/load_test.go",
	annotate.CodeNoModule:       "gen/load/load_test.go",
	annotate.CodeInternal:       "gen/gen_test.go",
}

// TestExplained runs the examples in the explanations of the codes: the wrong
// one must give the code and what the explanation says, the right one nothing.
// go test ./gen -run TestExplained -args -update writes what apigen says.
func TestExplained(t *testing.T) {
	dir := testmodule.New(t, "example.com")
	for _, c := range annotate.Codes {
		checkElsewhere(t, c)
		writeExample(t, filepath.Join(dir, "wrong", strings.ToLower(c.Code)), c.Wrong)
		writeExample(t, filepath.Join(dir, "right", strings.ToLower(c.Code)), c.Right)
	}
	loaded, err := load.Load(t.Context(), load.Config{Dir: dir, Patterns: []string{"./..."}, Env: testmodule.Env()})
	if err != nil {
		t.Fatal(err)
	}
	r := newRun(Config{}, loaded)
	for _, c := range annotate.Codes {
		name := strings.ToLower(c.Code)
		if c.Right != "" {
			if got := r.example(filepath.Join(dir, "right", name)); len(got) > 0 {
				t.Errorf("%s: the right example gives\n%s", c.Code, texts(got))
			}
		}
		if c.Wrong == "" {
			continue
		}
		got := r.example(filepath.Join(dir, "wrong", name))
		if len(got) == 0 {
			t.Errorf("%s: the wrong example gives nothing", c.Code)
		}
		for _, d := range got {
			if d.Code != c.Code {
				t.Errorf("%s: the wrong example gives\n%s", c.Code, texts(got))
				break
			}
		}
		if says := texts(got); says != c.Says {
			if updating() {
				updateSays(t, c, says)
				continue
			}
			t.Errorf("%s: apigen says of the wrong example\n%sand the explanation has\n%s", c.Code, says, c.Says)
		}
	}
}

// updating reports whether the flag -update, which the tests of the cases
// define, is set.
func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// checkElsewhere asks for an explanation, and for an example or the test that
// gives the code otherwise.
func checkElsewhere(t *testing.T, c annotate.CodeInfo) {
	t.Helper()
	if len(c.Text) < 40 {
		t.Errorf("annotate/codes/%s.md: no explanation", c.Code)
	}
	if (c.Wrong == "") != (c.Right == "") {
		t.Errorf("annotate/codes/%s.md: one of the examples Wrong and Right is missing", c.Code)
	}
	file, elsewhere := shownElsewhere[c.Code]
	switch {
	case elsewhere && c.Wrong != "":
		t.Errorf("%s has an example and is among those shown elsewhere", c.Code)
	case !elsewhere && c.Wrong == "":
		t.Errorf("annotate/codes/%s.md: no example", c.Code)
	case elsewhere:
		data, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(file)))
		if err != nil || !bytes.Contains(data, []byte(c.Code)) && !bytes.Contains(data, []byte(constantOf(c.Code))) {
			t.Errorf("%s does not show %s: %v", file, c.Code, err)
		}
	}
}

// constantOf returns the end of the name of a code's constant, as codes.go
// has it.
func constantOf(code string) string {
	src, _ := os.ReadFile("../annotate/codes.go")
	m := regexp.MustCompile(`(Code\w+)\s*= "` + code + `"`).FindSubmatch(src)
	if m == nil {
		return "no constant"
	}
	return "annotate." + string(m[1])
}

// example returns what is reported of the packages below dir, as if they were
// all that was loaded, with the places that the explanation shows.
func (r *run) example(dir string) []annotate.Diagnostic {
	var diags []annotate.Diagnostic
	below := func(name string) bool { return strings.HasPrefix(name, dir+string(filepath.Separator)) }
	for _, d := range r.loaded.Diagnostics {
		if below(d.Pos.Filename) {
			diags = append(diags, d)
		}
	}
	var models []*model.Package
	for _, p := range r.loaded.Packages {
		if below(p.Dir + string(filepath.Separator)) {
			m, found := build.Package(*r.input(p))
			diags, models = append(diags, found...), append(models, m)
		}
	}
	if len(diags) == 0 {
		diags = build.Across(models)
	}
	diags = annotate.Sort(diags)
	for i, d := range diags {
		d = d.Relative(dir)
		unwrap(&d.Pos.Filename, &d.Pos.Line)
		for k := range d.Related {
			unwrap(&d.Related[k].Pos.Filename, &d.Related[k].Pos.Line)
		}
		diags[i] = d
	}
	return diags
}

func texts(diags []annotate.Diagnostic) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(filepath.ToSlash(d.String()) + "\n")
	}
	return b.String()
}

// wrapped is the name of a file that was given a head of wrapLines lines.
const (
	wrapped   = "example.go"
	wrapLines = 4
)

func unwrap(file *string, line *int) {
	if *file == wrapped {
		*line -= wrapLines
	}
}

var qualifiers = map[string]string{
	"context": "context", "errors": "errors", "http": "net/http", "io": "io", "iter": "iter", "slices": "slices", "time": "time",
	"auth": "github.com/apigen-go/apigen/runtime/auth", "runtime": "github.com/apigen-go/apigen/runtime",
}

// writeExample writes an example as a package, or as the files of an archive.
// What has no package clause gets one, and the imports it uses.
func writeExample(t *testing.T, dir, text string) {
	t.Helper()
	if text == "" {
		return
	}
	a := txtar.Parse([]byte(text))
	if len(a.Files) == 0 {
		a.Files = []txtar.File{{Name: "source.go", Data: []byte(text)}}
		if !regexp.MustCompile(`(?m)^package `).MatchString(text) {
			a.Files[0] = txtar.File{Name: wrapped, Data: []byte(wrap(text))}
		}
	}
	for _, f := range a.Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// wrap puts a head of wrapLines lines on an example.
func wrap(text string) string {
	var imports []string
	for name, path := range qualifiers {
		if regexp.MustCompile(`\b` + name + `\.[A-Z]`).MatchString(text) {
			imports = append(imports, fmt.Sprintf("import %q", path))
		}
	}
	slices.Sort(imports)
	return "package example\n\n" + strings.Join(imports, "; ") + "\n\n" + text
}

// updateSays rewrites the file of a code with what apigen says of its example.
func updateSays(t *testing.T, c annotate.CodeInfo, says string) {
	t.Helper()
	name := filepath.Join("..", "annotate", "codes", c.Code+".md")
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s\n\n%s\n\n## Wrong\n\n```go\n%s```\n\n```text\n%s```\n\n## Right\n\n```go\n%s```\n", c.Code, c.Title, c.Text, c.Wrong, says, c.Right)
	if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
