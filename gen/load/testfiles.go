package load

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// scanTests reports directives in the test files of a folder: they are not
// part of the package that is generated for.
func (l *loader) scanTests(dir string) []annotate.Diagnostic {
	var out []annotate.Diagnostic
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), "_test.go") || e.Name()[0] == '.' || e.Name()[0] == '_' {
			continue
		}
		name := filepath.Join(dir, e.Name())
		src, err := os.ReadFile(name)
		if err != nil || !bytes.Contains(src, []byte("//api:")) {
			continue
		}
		f, _ := parser.ParseFile(l.fset, name, src, parseMode)
		if f == nil {
			continue
		}
		out = append(out, InTest(l.fset, f)...)
	}
	return out
}

// InTest reports the directives of a test file, which have no effect there.
func InTest(fset *token.FileSet, f *ast.File) []annotate.Diagnostic {
	var out []annotate.Diagnostic
	dirs, _ := annotate.Scan(fset, f)
	for _, d := range dirs {
		out = append(out, annotate.Diagnostic{
			Code: annotate.CodeTestFile,
			Pos:  fset.PositionFor(d.Pos, false), End: fset.PositionFor(d.End, false),
			Message: "api:" + d.Name + " has no effect in a test file; move it to a file of the package",
		})
	}
	return out
}
