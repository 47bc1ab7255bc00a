package gogen

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/model"
)

func TestLower(t *testing.T) {
	for in, want := range map[string]string{
		"Account": "account", "HTTPServer": "httpServer", "ID": "id", "A": "a", "URLs": "urLs", "already": "already",
		"Über": "über", "API2Go": "api2Go", "": "",
	} {
		if got := lower(in); got != want {
			t.Errorf("lower(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestImportNames(t *testing.T) {
	p := &model.Package{
		Path: "example.com/p", Name: "p",
		PackageNames: map[string]string{
			"example.com/a/types": "types", "example.com/b/types": "types", "gopkg.in/yaml.v3": "yaml",
			"example.com/m/v2": "m", "example.com/req": "req", "example.com/go-thing": "thing", "example.com/x/http": "http",
			"example.com/p": "p",
		},
		Reserved: []string{"http", "slices", "time"}, Imported: []string{"http"},
	}
	n := newNames(p)
	for path, want := range map[string]string{
		"net/http": "http", "slices": "stdslices", "time": "stdtime", "context": "context", authPath: "auth",
		"example.com/a/types": "types", "example.com/b/types": "btypes", "gopkg.in/yaml.v3": "yaml",
		"example.com/m/v2": "mm", "example.com/req": "examplecomreq", "example.com/x/http": "xhttp",
		"example.com/forgotten": "forgotten",
	} {
		if got := n.importName(path); got != want {
			t.Errorf("%s is imported as %s, want %s", path, got, want)
		}
	}
	if n.imports["example.com/p"] != "" {
		t.Error("the package imports itself")
	}
	for _, name := range []string{"http", "types", "v", "len", "func", "slices"} {
		if got := n.pick(name); got == name {
			t.Errorf("%s was handed out", name)
		}
	}
	if a, b := n.pick("bindReq"), n.pick("bindReq"); a != "bindReq" || b != "bindReq2" {
		t.Errorf("got %s and %s", a, b)
	}
}

func TestRenamed(t *testing.T) {
	n := newNames(&model.Package{Path: "p", Name: "p", Reserved: []string{"c", "opts", "v"}})
	for in, want := range map[string]string{
		`c.Fail("c v", v.c)`:            `cLocal.Fail("c v", vLocal.c)`,
		"e.Name(`\"c\":`)":              "e.Name(`\"c\":`)",
		"f(c, opts...)":                 "f(cLocal, optsLocal...)",
		`x.v + v + vv + "a\"v" + *v`:    `x.v + vLocal + vv + "a\"v" + *vLocal`,
		"opts ...c":                     "optsLocal ...cLocal",
		"a, b := v[c], `unterminated c": "a, b := vLocal[cLocal], `unterminated c",
	} {
		if got := n.renamed(in); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}

// TestLocals checks that the list of locals names every variable of generated
// code, because imports and helpers keep clear of that list only.
func TestLocals(t *testing.T) {
	for _, s := range scenarios {
		if s.name == "clash" {
			continue // where locals give way
		}
		for _, file := range generate(t, s) {
			parsed, err := parser.ParseFile(token.NewFileSet(), file.Name, file.Content, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range localsOf(parsed) {
				if !locals[name] && name != "_" && name != "conflict" {
					t.Errorf("%s %s: %s is not listed", s.name, file.Name, name)
				}
			}
		}
	}
}

// localsOf lists the names that functions of a file define.
func localsOf(file *ast.File) []string {
	var out []string
	add := func(list ...*ast.Ident) {
		for _, id := range list {
			out = append(out, id.Name)
		}
	}
	addExpr := func(list ...ast.Expr) {
		for _, e := range list {
			if id, ok := e.(*ast.Ident); ok {
				add(id)
			}
		}
	}
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		for _, list := range []*ast.FieldList{fn.Recv, fn.Type.Params} {
			if list != nil {
				for _, f := range list.List {
					add(f.Names...)
				}
			}
		}
		ast.Inspect(fn.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				if n.Tok == token.DEFINE {
					addExpr(n.Lhs...)
				}
			case *ast.RangeStmt:
				if n.Tok == token.DEFINE {
					addExpr(n.Key, n.Value)
				}
			case *ast.ValueSpec:
				add(n.Names...)
			}
			return true
		})
	}
	return out
}

func TestUniverse(t *testing.T) {
	b := newPackage("p")
	b.server("S", route("GET", "/", "Get"))
	b.p.Reserved = []string{"len"}
	if _, err := Generate(b.p); err == nil || !strings.Contains(err.Error(), "len") {
		t.Errorf("a package that declares len: %v", err)
	}
	b.p.Imported = []string{"len"} // an import of another file does no harm
	if _, err := Generate(b.p); err != nil {
		t.Error(err)
	}
}
