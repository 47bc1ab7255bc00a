package openapi_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
	"golang.org/x/tools/txtar"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/gen/openapi"
	"github.com/apigen-go/apigen/internal/testmodule"
)

var update = flag.Bool("update", false, "rewrite the documents in testdata")

// golden is one source with the document that comes of it.
type golden struct {
	name, file string
	archive    *txtar.Archive
}

// documents are the names of the sections that hold a document, with what they
// are made with.
var documents = map[string]openapi.Options{
	"openapi.yaml":   {},
	"openapi30.yaml": {Version: openapi.Version30},
	"openapi.json":   {Format: openapi.JSON},
}

func goldens(t testing.TB) []golden {
	t.Helper()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	var out []golden
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, golden{strings.TrimSuffix(filepath.Base(file), ".txtar"), file, a})
	}
	return out
}

// models builds the packages of all goldens at once, by the name of the golden.
func models(t testing.TB, all []golden) map[string][]*model.Package {
	t.Helper()
	dir := testmodule.New(t, "example.com")
	for _, g := range all {
		for _, f := range g.archive.Files {
			if _, ok := documents[f.Name]; ok {
				continue
			}
			name := filepath.Join(dir, g.name, filepath.FromSlash(f.Name))
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	res, err := gen.Run(t.Context(), gen.Config{Dir: dir, Patterns: []string{"./..."}, Env: testmodule.Env(), Mode: gen.Describe})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range res.Diagnostics {
		t.Errorf("%s", d)
	}
	byName := map[string][]*model.Package{}
	for _, p := range res.Packages {
		if p.Model == nil || !openapi.HasRoutes(p.Model) {
			continue
		}
		rel, err := filepath.Rel(dir, p.Dir)
		if err != nil {
			t.Fatal(err)
		}
		name, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
		byName[name] = append(byName[name], p.Model)
	}
	return byName
}

// TestGolden compares the documents of the sources in testdata with those that
// stand beside them. go test ./gen/openapi -update writes them.
func TestGolden(t *testing.T) {
	all := goldens(t)
	pkgs := models(t, all)
	if t.Failed() {
		t.FailNow()
	}
	for _, g := range all {
		t.Run(g.name, func(t *testing.T) {
			compared := 0
			for i, f := range g.archive.Files {
				o, ok := documents[f.Name]
				if !ok {
					continue
				}
				compared++
				got := generate(t, pkgs[g.name], o)
				if again := generate(t, pkgs[g.name], o); !bytes.Equal(got, again) {
					t.Errorf("%s: a second run gives other bytes", f.Name)
				}
				if *update {
					g.archive.Files[i].Data = got
					continue
				}
				if !bytes.Equal(got, f.Data) {
					t.Errorf("%s differs; see -update\n%s", f.Name, udiff.Unified("want", "got", string(f.Data), string(got)))
				}
			}
			if compared == 0 {
				t.Error("there is no document to compare with")
			}
			if *update {
				if err := os.WriteFile(g.file, txtar.Format(g.archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func generate(t testing.TB, pkgs []*model.Package, o openapi.Options) []byte {
	t.Helper()
	if len(pkgs) == 0 {
		t.Fatal("no package with routes")
	}
	doc, err := openapi.Generate(pkgs, o)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// Every golden is a section of what a document can hold; together they show
// every kind of type.
func TestGoldensShowEveryKind(t *testing.T) {
	kinds := map[model.Kind]bool{}
	for _, list := range models(t, goldens(t)) {
		for _, p := range list {
			for _, typ := range p.Types {
				kinds[typ.Kind] = true
			}
		}
	}
	for _, k := range []model.Kind{
		model.Bool, model.Int, model.Int8, model.Int16, model.Int32, model.Int64, model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64,
		model.Float32, model.Float64, model.String, model.Bytes, model.Time, model.Duration, model.Any, model.Text, model.JSON,
		model.Struct, model.Slice, model.Array, model.Map, model.Pointer, model.Opt,
	} {
		if !kinds[k] {
			t.Errorf("no golden has a type of kind %s", k)
		}
	}
}

// Neither the order of packages on the command line nor that of files matters.
func TestDeterminism(t *testing.T) {
	all := goldens(t)
	one, two := models(t, all), models(t, slices.Clone(all))
	for name, pkgs := range one {
		for _, o := range documents {
			if !bytes.Equal(generate(t, pkgs, o), generate(t, two[name], o)) {
				t.Errorf("%s: two runs give other bytes", name)
			}
		}
	}
}
