package gen

import (
	"context"
	"encoding/json"
	"fmt"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/load"
	"github.com/apigen-go/apigen/gen/model"
)

// importable are the packages that sources in memory can import.
var importable = append(strings.Fields(`bytes cmp context crypto/sha256 encoding/base64 encoding/json errors fmt io iter log/slog maps math math/big
net/http net/netip net/url os reflect regexp slices sort strconv strings sync time unicode/utf8`),
	"github.com/apigen-go/apigen/runtime", "github.com/apigen-go/apigen/runtime/auth",
	"github.com/apigen-go/apigen/runtime/genrt", "github.com/apigen-go/apigen/runtime/jsonrt",
)

// foreignTypes are the types of what is importable and what that imports. The
// go command is asked once.
var foreignTypes = sync.OnceValues(func() (map[string]*types.Package, error) {
	// The standard library's importer knows the export data of every toolchain
	// that it comes with.
	pkgs, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedExportFile}, importable...)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for _, p := range pkgs {
		files[p.PkgPath] = p.ExportFile
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(files[path]) })
	found := map[string]*types.Package{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		if found[p.Path()] == nil {
			found[p.Path()] = p
			for _, imp := range p.Imports() {
				visit(imp)
			}
		}
	}
	for _, p := range pkgs {
		if len(p.Errors) > 0 {
			return nil, p.Errors[0]
		}
		pkg, err := imp.Import(p.PkgPath)
		if err != nil {
			return nil, err
		}
		visit(pkg)
	}
	return found, nil
})

// inMemory is a package of a test, never on disk: source by file name.
type inMemory map[string]string

// dir is where the files seem to lie.
var dir = filepath.FromSlash("/nowhere/app")

// name is that of the package clauses.
func (m inMemory) name() string {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if f, err := parser.ParseFile(token.NewFileSet(), name, m[name], parser.PackageClauseOnly); err == nil {
			return f.Name.Name
		}
	}
	return "app"
}

// load does what Load does, without the go command.
func (m inMemory) load(t testing.TB) *load.Result {
	t.Helper()
	foreign, err := foreignTypes()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name := range m {
		names = append(names, filepath.Join(dir, name))
	}
	return load.FromGiven(context.Background(), load.Given{
		Path: "example.com/app", Name: m.name(), Dir: dir, Files: names, Foreign: foreign,
		ReadFile: func(name string) ([]byte, error) {
			if src, ok := m[filepath.Base(name)]; ok {
				return []byte(src), nil
			}
			return nil, fmt.Errorf("%s: %w", name, fs.ErrNotExist)
		},
	})
}

// run takes the package through the whole front end and, when nothing is wrong
// with it, through the back end. The model is nil without directives.
func (m inMemory) run(t testing.TB) (*model.Package, []emit.File, []annotate.Diagnostic) {
	t.Helper()
	loaded := m.load(t)
	r := newRun(Config{}, loaded)
	r.report(loaded.Diagnostics...)
	r.models()
	if len(r.res.Diagnostics) == 0 {
		if err := r.generate(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	diags := annotate.Sort(r.res.Diagnostics)
	if len(r.res.Packages) == 0 {
		return nil, nil, diags
	}
	return r.res.Packages[0].Model, r.res.Packages[0].files, diags
}

// show writes diagnostics as code and the text they point at.
func (m inMemory) show(diags []annotate.Diagnostic) string {
	var out []string
	for _, d := range diags {
		src := m[filepath.Base(d.Pos.Filename)]
		out = append(out, fmt.Sprintf("%s %q: %s", d.Code, src[d.Pos.Offset:d.End.Offset], d.Message))
	}
	return strings.Join(out, "\n")
}

// refuses asks for one diagnostic that begins where at stands behind from.
func (m inMemory) refuses(t testing.TB, name, code, from, at string) {
	t.Helper()
	_, _, diags := m.run(t)
	want := strings.Index(m["a.go"], from)
	if want < 0 || !strings.Contains(m["a.go"][want:], at) {
		t.Fatalf("%s: the test's source lacks %q %q", name, from, at)
	}
	want += strings.Index(m["a.go"][want:], at)
	if len(diags) != 1 || diags[0].Code != code || diags[0].Pos.Offset != want {
		t.Errorf("%s: want %s at %q, which is byte %d; got\n%s\n%v", name, code, at, want, m.show(diags), diags)
	}
}

// accepts asks for no diagnostic and returns the model as text.
func (m inMemory) accepts(t testing.TB, name string) string {
	t.Helper()
	p, files, diags := m.run(t)
	if len(diags) > 0 || p == nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %s\n%s", name, len(files), m.show(diags), strings.Join(slices.Collect(maps.Values(m)), "\n"))
	}
	text, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
