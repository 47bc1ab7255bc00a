package gen_test

import (
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/check"
)

// acrossPackages are the codes of mistakes that show only when packages are
// seen together, which an analyzer does not do.
var acrossPackages = []string{annotate.CodeDuplicatePattern, annotate.CodeAmbiguousPattern, annotate.CodeProblemsDiffer, annotate.CodeSimilarSchemes}

// TestAnalyzer compares the analyzer with a run, over all cases: the same
// mistakes at the same places, although types come from a compiler that stops
// at the first broken package.
func TestAnalyzer(t *testing.T) {
	dir := newModule(t)
	for _, c := range readCases(t) {
		c.write(t, dir)
	}
	res, err := gen.Run(t.Context(), gen.Config{Dir: dir, Patterns: []string{"./..."}, Env: environment(), Mode: gen.Inspect})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, d := range res.Diagnostics {
		if d.Pos.Filename != "" && !slices.Contains(acrossPackages, d.Code) {
			want = append(want, fmt.Sprintf("%s:%d:%d: %s (%s)", relativeTo(dir, d.Pos.Filename), d.Pos.Line, d.Pos.Column, d.Message, d.Code))
		}
	}
	got := analyze(t, dir)
	slices.Sort(want)
	slices.Sort(got)
	if diff := diffLines(strings.Join(slices.Compact(want), "\n")+"\n", strings.Join(slices.Compact(got), "\n")+"\n"); len(want) == 0 || strings.Trim(diff, "+-\n") != "" {
		t.Errorf("apigen and its analyzer differ (-apigen +analyzer):\n%s", diff)
	}
}

// analyze runs the analyzer over all packages below dir.
func analyze(t *testing.T, dir string) []string {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		// From source all the way: x/tools may be older than the toolchain and
		// unable to read its export data.
		Mode:  packages.LoadAllSyntax | packages.NeedModule,
		Dir:   dir,
		Env:   environment(),
		Tests: true,
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{check.Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%s: %v", act.Package.PkgPath, act.Err)
		}
		for _, d := range act.Diagnostics {
			pos := act.Package.Fset.PositionFor(d.Pos, false)
			if d.Category == "" || !strings.Contains(d.URL, strings.ToLower(d.Category)) || slices.Contains(acrossPackages, d.Category) {
				continue
			}
			message, _, _ := strings.Cut(d.Message, " ("+d.Category+")")
			line := fmt.Sprintf("%s:%d:%d: %s (%s)", relativeTo(dir, pos.Filename), pos.Line, pos.Column, message, d.Category)
			if rest, ok := strings.CutPrefix(message, dir+string(filepath.Separator)); ok {
				line = fmt.Sprintf("%s (%s)", rest, d.Category) // of another package
			}
			got = append(got, line)
			checkEdits(t, act.Package.Fset, d)
		}
	}
	return got
}

// checkEdits asks that repairs lie in the file of their diagnostic.
func checkEdits(t *testing.T, fset *token.FileSet, d analysis.Diagnostic) {
	t.Helper()
	for _, f := range d.SuggestedFixes {
		for _, e := range f.TextEdits {
			if fset.File(e.Pos) != fset.File(d.Pos) || e.End < e.Pos {
				t.Errorf("%s: repair %q lies elsewhere", d.Message, f.Message)
			}
		}
	}
}

func relativeTo(dir, name string) string {
	if rel, err := filepath.Rel(dir, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return name
}
