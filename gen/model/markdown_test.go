package model_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/model.md")

const (
	page  = "../../docs/model.md"
	begin = "<!-- Generated from package gen/model by go test ./gen/model -update. Do not edit below. -->\n"
)

// TestMarkdown compares the tables of docs/model.md with the types of the model
// and their comments.
func TestMarkdown(t *testing.T) {
	old, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	old = bytes.ReplaceAll(old, []byte("\r\n"), []byte("\n"))
	head, _, ok := bytes.Cut(old, []byte(begin))
	if !ok {
		t.Fatalf("%s has no line %q", page, begin)
	}
	text := string(head) + begin + "\n" + tables(t)
	if text == string(old) {
		return
	}
	if !*update {
		t.Fatalf("%s is out of date; run go test ./gen/model -update", page)
	}
	if err := os.WriteFile(page, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tables describes every type that the dump holds, the outermost first.
func tables(t *testing.T) string {
	t.Helper()
	fset := token.NewFileSet()
	specs := map[string]*ast.TypeSpec{}
	docs := map[string]string{}
	consts := map[string][]string{}
	for _, name := range []string{"dump.go", "model.go", "type.go"} {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			gd, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, spec := range gd.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					specs[spec.Name.Name], docs[spec.Name.Name] = spec, gd.Doc.Text()
				case *ast.ValueSpec:
					id, named := spec.Type.(*ast.Ident)
					lit, text := spec.Values[0].(*ast.BasicLit)
					if named && text && gd.Tok == token.CONST {
						value, _ := strconv.Unquote(lit.Value)
						consts[id.Name] = append(consts[id.Name], "`"+value+"`"+about(spec.Comment.Text(), spec.Doc.Text()))
					}
				}
			}
		}
	}
	var b strings.Builder
	order := []string{"Dumped"}
	for i := 0; i < len(order); i++ {
		name := order[i]
		spec := specs[name]
		st, ok := spec.Type.(*ast.StructType)
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", name, line(docs[name]))
		if !ok {
			if list := consts[name]; len(list) > 0 {
				b.WriteString("One of " + strings.Join(list, ", ") + ".\n\n")
			}
			continue
		}
		b.WriteString("| member | type | meaning |\n|---|---|---|\n")
		for _, f := range st.Fields.List {
			for _, ref := range named(f.Type, specs) {
				if !slices.Contains(order, ref) {
					order = append(order, ref)
				}
			}
			tag, _ := strconv.Unquote(f.Tag.Value)
			member, options, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
			if strings.Contains(options, "omitempty") {
				member += "?"
			}
			fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", member, types.ExprString(f.Type), line(f.Doc.Text()+" "+f.Comment.Text()))
		}
		b.WriteString("\n")
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// named are the types of the model that an expression names.
func named(e ast.Expr, specs map[string]*ast.TypeSpec) []string {
	var out []string
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && specs[id.Name] != nil {
			out = append(out, id.Name)
		}
		return true
	})
	return out
}

// line puts a comment on one line of a table.
func line(text string) string {
	return strings.NewReplacer("|", `\|`, "<", `\<`).Replace(strings.Join(strings.Fields(text), " "))
}

func about(texts ...string) string {
	for _, text := range texts {
		if text = line(text); text != "" {
			return " (" + strings.TrimSuffix(text, ".") + ")"
		}
	}
	return ""
}
