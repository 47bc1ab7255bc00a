package gen

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/fix"
)

// corpus are the packages of the cases that can be looked at alone.
func corpus(t testing.TB) []inMemory {
	t.Helper()
	names, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	all := []inMemory{with("", "")}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		folders := map[string]inMemory{}
		for _, f := range archive.Files {
			base := filepath.Base(f.Name)
			if !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go") {
				continue
			}
			folder := filepath.Dir(f.Name)
			if folders[folder] == nil {
				folders[folder] = inMemory{}
			}
			folders[folder][base] = string(f.Data)
		}
		for _, folder := range slices.Sorted(maps.Keys(folders)) {
			all = append(all, folders[folder])
		}
	}
	return all
}

// check runs the package and asks what must hold whatever it says.
func (m inMemory) check(t *testing.T) {
	t.Helper()
	_, files, diags := m.run(t)
	for _, d := range diags {
		m.checkPlaces(t, d)
	}
	_, again, diagsAgain := m.run(t)
	if fmt.Sprint(diags) != fmt.Sprint(diagsAgain) || fmt.Sprint(files) != fmt.Sprint(again) {
		t.Errorf("a second run differs:\n%s\n\n%s", m.show(diags), m.show(diagsAgain))
	}
	m.checkFixes(t, diags)
	if len(diags) == 0 {
		m.checkCompiles(t, files)
	}
}

// checkPlaces asks that all places of a diagnostic lie in a file.
func (m inMemory) checkPlaces(t *testing.T, d annotate.Diagnostic) {
	t.Helper()
	if d.Code == annotate.CodeInternal || annotate.CodeTitle(d.Code) == "" || strings.ContainsAny(d.Message, "\n\r\x00") {
		t.Errorf("bad diagnostic: %q", d.String())
	}
	for _, at := range []*token.Position{&d.Pos, &d.End} {
		if at.Offset == 0 {
			at.Offset = m.offset(*at) // the model knows lines and columns only
		}
	}
	m.checkPlace(t, d, d.Pos)
	if d.End.IsValid() {
		m.checkPlace(t, d, d.End)
	}
	if d.End.IsValid() && (d.End.Filename != d.Pos.Filename || d.End.Offset < d.Pos.Offset) {
		t.Errorf("%v: ends at %v", d, d.End)
	}
	for _, r := range d.Related {
		if r.Pos.Offset == 0 {
			r.Pos.Offset = m.offset(r.Pos)
		}
		m.checkPlace(t, d, r.Pos)
	}
	for _, f := range d.Fixes {
		for _, e := range f.Edits {
			m.checkPlace(t, d, e.Pos)
			m.checkPlace(t, d, e.End)
			if e.End.Offset < e.Pos.Offset || e.Pos.Filename != d.Pos.Filename || f.Message == "" {
				t.Errorf("%v: bad fix %+v", d, f)
			}
		}
	}
}

// checkPlace asks that line, column and offset lie in the file and agree.
func (m inMemory) checkPlace(t *testing.T, d annotate.Diagnostic, at token.Position) {
	t.Helper()
	src, ok := m[filepath.Base(at.Filename)]
	if !ok || filepath.Dir(at.Filename) != dir || at.Offset < 0 || at.Offset > len(src) {
		t.Errorf("%v: %+v is in no file", d, at)
		return
	}
	before := src[:at.Offset]
	line, column := strings.Count(before, "\n")+1, at.Offset-strings.LastIndexByte(before, '\n')
	if d.Code == annotate.CodeParseFailed && strings.HasSuffix(before, "\n") {
		return // the parser counts what stands behind the last line in it
	}
	if at.Line != line || at.Column != column {
		t.Errorf("%v: offset %d is %d:%d", d, at.Offset, line, column)
	}
}

// offset finds a line and column.
func (m inMemory) offset(at token.Position) int {
	offset := at.Column - 1
	for i, line := range strings.SplitAfter(m[filepath.Base(at.Filename)], "\n") {
		if i+1 < at.Line {
			offset += len(line)
		}
	}
	return offset
}

// checkFixes asks that the fixes leave a file that parses, and that what they
// repair is not said again.
func (m inMemory) checkFixes(t *testing.T, diags []annotate.Diagnostic) {
	t.Helper()
	changed, err := fix.Apply(diags, func(name string) ([]byte, error) { return []byte(m[filepath.Base(name)]), nil })
	if err != nil {
		t.Fatal(err)
	}
	if len(changed) == 0 {
		return
	}
	repaired := maps.Clone(m)
	for _, f := range changed {
		repaired[filepath.Base(f.Name)] = string(f.New)
		if parses(f.Old) && !parses(f.New) {
			t.Errorf("the fixes broke the file:\n%s\n%s", m.show(f.Fixed), f.New)
		}
	}
	_, _, left := repaired.run(t)
	for _, f := range changed {
		for _, d := range f.Fixed {
			if stillSaid(left, d, moved(f, d.Pos.Offset)) {
				t.Errorf("the fix does not repair %s\n%s", d, f.New)
			}
		}
	}
}

// moved returns where a byte of a file stands after the fixes.
func moved(f fix.File, offset int) int {
	to := offset
	seen := map[annotate.Edit]bool{}
	for _, d := range f.Fixed {
		for _, e := range d.Fixes[0].Edits {
			if !seen[e] && e.End.Offset <= offset {
				to += len(e.New) - (e.End.Offset - e.Pos.Offset)
			}
			seen[e] = true
		}
	}
	return to
}

// stillSaid tells whether what d says is still said at the given offset.
func stillSaid(diags []annotate.Diagnostic, d annotate.Diagnostic, offset int) bool {
	return slices.ContainsFunc(diags, func(other annotate.Diagnostic) bool {
		return other.Code == d.Code && other.Message == d.Message && other.Pos.Filename == d.Pos.Filename && other.Pos.Offset == offset
	})
}

func parses(src []byte) bool {
	_, err := parser.ParseFile(token.NewFileSet(), "x.go", src, parser.SkipObjectResolution)
	return err == nil
}

// checkCompiles asks that what was generated for a package that compiles so far
// compiles with it.
func (m inMemory) checkCompiles(t *testing.T, files []emit.File) {
	t.Helper()
	whole := maps.Clone(m)
	for _, f := range files {
		whole[filepath.Base(f.Path)] = string(f.Content)
	}
	before, after := m.compile(t), whole.compile(t)
	for _, err := range after {
		if !slices.Contains(before, err) && len(before) == 0 {
			t.Errorf("the generated code does not compile: %s\n%s\n%s", err, m, whole[strings.SplitN(err, ":", 2)[0]])
		}
	}
}

// compile returns what the type checker says, function bodies included.
func (m inMemory) compile(t *testing.T) []string {
	t.Helper()
	foreign, err := foreignTypes()
	if err != nil {
		t.Fatal(err)
	}
	var errs []string
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range slices.Sorted(maps.Keys(m)) {
		f, err := parser.ParseFile(fset, name, m[name], parser.SkipObjectResolution)
		if err != nil {
			return []string{err.Error()}
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: importerOf(foreign), Error: func(err error) { errs = append(errs, err.Error()) }}
	_, _ = conf.Check("example.com/app", fset, files, nil)
	return errs
}

type importerOf map[string]*types.Package

func (im importerOf) Import(path string) (*types.Package, error) {
	if p := im[path]; p != nil {
		return p, nil
	}
	return nil, errors.New("no package " + path)
}

func (m inMemory) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m)) {
		fmt.Fprintf(&b, "-- %s --\n%s", name, m[name])
	}
	return b.String()
}

// found are sources that fuzzing found something wrong with.
var found = []string{
	// A syntax error that quotes the rest of the file.
	"package app\n\n//api:server\ntype S struct{}\n\n//api:route GET /x\nfunc (S) M(`a\nb\n",
	// A value behind a space, of which nothing is left.
	"// Package app is one.\n//\n//api:service prefix= / onfig\npackage app\n",
	// A syntax error behind a line directive.
	"package app\n\n//api:server\ntype S struct{}\n\n//line other.go:1\nvar x 1\n",
	// A method of a type that stands nowhere.
	"package app\n\nimport \"context\"\n\n//api:route GET /x\nfunc (error) M(ctx context.Context) error { return nil }\n",
	// Types without end.
	"package app\n\nimport \"context\"\n\n//api:server\ntype S struct{}\n\ntype T[E any] struct{ Next *T[[]E] }\n\n//api:route POST /x\nfunc (S) M(ctx context.Context, req *T[int]) error { return nil }\n",
	"package app\n\nimport \"context\"\n\n//api:server\ntype S struct{}\n\ntype T[E any] struct{ U[T[E]] }\n\ntype U[E any] struct{ *T[E] }\n\n//api:route POST /x\nfunc (S) M(ctx context.Context) (T[int], error) { panic(0) }\n",
	// An embedded type that cannot be resolved, under a name that is not exported.
	"package app\n\nimport \"context\"\n\n//api:server\ntype S struct{}\n\ntype Req struct {\n\tA []struct{ missing }\n}\n\n//api:route POST /x\nfunc (S) M(ctx context.Context, req *Req) error { return nil }\n",
}

// TestCorpus checks the corpus as it is, so that what the fuzzer finds is its
// own.
func TestCorpus(t *testing.T) {
	for _, m := range corpus(t) {
		m.check(t)
	}
	for _, src := range found {
		inMemory{"a.go": src}.check(t)
	}
}

// FuzzFrontEnd puts any text in the place of some bytes of a package of the
// corpus.
func FuzzFrontEnd(f *testing.F) {
	packages := corpus(f)
	for i, m := range packages {
		for k, name := range slices.Sorted(maps.Keys(m)) {
			src := m[name]
			f.Add(i, k, len(src)/2, 0, "\n")
			if at := strings.Index(src, "//api:"); at >= 0 {
				f.Add(i, k, at, 6, "// api:")
			}
			if at := strings.LastIndex(src, "`json:"); at >= 0 {
				f.Add(i, k, at, 6, "`query:")
			}
		}
	}
	f.Fuzz(func(t *testing.T, n, file, at, length int, text string) {
		m := maps.Clone(packages[uint(n)%uint(len(packages))])
		names := slices.Sorted(maps.Keys(m))
		name := names[uint(file)%uint(len(names))]
		src := m[name]
		from := int(uint(at) % uint(len(src)+1))
		to := min(from+int(uint(length)%64), len(src))
		m[name] = src[:from] + text + src[to:]
		m.check(t)
	})
}

// FuzzSource takes any text as the source.
func FuzzSource(f *testing.F) {
	for _, src := range found {
		f.Add(src)
	}
	for _, m := range corpus(f) {
		for _, src := range m {
			if len(m) == 1 && len(src) < 2000 {
				f.Add(src)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src string) { inMemory{"a.go": src}.check(t) })
}
