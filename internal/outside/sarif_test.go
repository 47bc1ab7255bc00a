package outside

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/report"
)

// A report fits the schema of SARIF 2.1.0, with and without places, related
// places and repairs.
func TestSARIF(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a file.go")
	if err := os.WriteFile(name, []byte("package a\n\nvar 日本 = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	pos := token.Position{Filename: name, Offset: 15, Line: 3, Column: 5}
	end := token.Position{Filename: name, Offset: 21, Line: 3, Column: 11}
	full := annotate.Diagnostic{
		Code: annotate.CodeUnknownKey, Pos: pos, End: end, Message: "what is <wrong> & \"why\"",
		Related: []annotate.Related{{Pos: pos, Message: "here"}, {Message: "nowhere"}},
		Fixes:   []annotate.Fix{{Message: "write x", Edits: []annotate.Edit{{Pos: pos, End: end, New: "x"}}}},
	}
	bare := annotate.Diagnostic{Code: annotate.CodeNoPackages, Message: "nothing matches"}
	file := annotate.Diagnostic{Code: annotate.CodeForeignFile, Message: "a file", Pos: token.Position{Filename: name}}
	schema := sarifSchema(t)
	for name, diags := range map[string][]annotate.Diagnostic{
		"none": nil,
		"all":  {full, bare, file, full},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := report.SARIF(&b, dir, "v1.2.3", diags); err != nil {
				t.Fatal(err)
			}
			text, err := jsonschema.UnmarshalJSON(bytes.NewReader(b.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(text); err != nil {
				t.Errorf("%v\n%s", err, b.String())
			}
			log, err := sarif.FromBytes(b.Bytes())
			if err != nil {
				t.Fatal(err)
			}
			if len(log.Runs) != 1 || len(log.Runs[0].Results) != len(diags) {
				t.Errorf("read back as %+v", log.Runs)
			}
		})
	}
}

// sarifSchema returns the schema of the standard. go-sarif has it in a constant,
// and applies it only to what it writes itself.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif").Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(out)), "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && len(lit.Value) > len(text) {
			text, err = strconv.Unquote(lit.Value)
		}
		return err == nil
	})
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("sarif.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("sarif.json")
}
