// Package check is apigen vet as an analyzer for the drivers of go/analysis:
// go vet, golangci-lint and others. It reports what apigen would, one package
// at a time, with the repairs that apigen fix would make. What only shows when
// packages are seen together, such as a route that two of them serve, is left to
// apigen itself.
package check

import (
	"context"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/load"
)

// Analyzer reports mistakes in api: directives, in the tags and types of
// handlers, and in what they refer to. It runs despite errors: a package whose
// generated part is missing does not compile.
var Analyzer = &analysis.Analyzer{
	Name:             "apigen",
	Doc:              "report mistakes in api: directives and in the handlers they describe\n\nThe same as apigen vet; apigen explain AG103 explains a code.",
	URL:              "https://github.com/apigen-go/apigen/blob/main/docs/diagnostics.md",
	RunDespiteErrors: true,
	Run:              run,
}

func run(pass *analysis.Pass) (any, error) {
	if !annotated(pass.Files) {
		return nil, nil
	}
	p := newPlaces(pass)
	dir, files := sources(pass)
	if dir == "" { // external tests are a package of their own
		for _, f := range pass.Files {
			for _, d := range load.InTest(pass.Fset, f) {
				p.report(d)
			}
		}
		return nil, nil
	}
	var unknown []string
	loaded := load.FromGiven(context.Background(), load.Given{
		Path: pass.Pkg.Path(), Name: pass.Pkg.Name(), Dir: dir, Files: files,
		Foreign: reached(pass.Pkg),
		ReadFile: func(name string) ([]byte, error) {
			if slices.Contains(files, name) {
				return pass.ReadFile(name) // an editor may have changed it
			}
			return os.ReadFile(name)
		},
		Unknown: func(path string) { unknown = append(unknown, strconv.Quote(path)) },
	})
	for _, d := range gen.Diagnose(loaded) {
		if d.Code == annotate.CodeUnresolvedName && slices.ContainsFunc(unknown, func(path string) bool { return strings.Contains(d.Message, path) }) {
			continue // only the go command knows packages that nothing imports yet
		}
		p.report(d)
	}
	return nil, nil
}

// annotated tells cheaply whether there is anything to look at.
func annotated(files []*ast.File) bool {
	return slices.ContainsFunc(files, annotate.HasDirectives)
}

// sources returns the folder of the package and its files without tests, no
// folder where there are only tests. For
// cgo, where generated files stand in for the user's, there are no files but
// the folder: build constraints say which are meant.
func sources(pass *analysis.Pass) (dir string, files []string) {
	generated := false
	for _, f := range pass.Files {
		name := pass.Fset.PositionFor(f.Package, false).Filename
		written := pass.Fset.Position(f.Package).Filename // before cgo
		switch {
		case strings.HasSuffix(written, "_test.go"):
			continue
		case name != written || strings.HasPrefix(filepath.Base(name), "_cgo_"):
			generated = true
		default:
			files = append(files, name)
		}
		if dir == "" && !strings.HasPrefix(filepath.Base(written), "_cgo_") {
			dir = filepath.Dir(written)
		}
	}
	if generated {
		return dir, nil
	}
	return dir, files
}

// reached returns the packages that pkg imports, directly or not, by path.
func reached(pkg *types.Package) map[string]*types.Package {
	found := map[string]*types.Package{}
	var visit func(*types.Package)
	visit = func(p *types.Package) {
		for _, imp := range p.Imports() {
			if found[imp.Path()] == nil {
				found[imp.Path()] = imp
				visit(imp)
			}
		}
	}
	visit(pkg)
	return found
}

// places finds positions of diagnostics among the files of a pass.
type places struct {
	pass  *analysis.Pass
	files map[string]*token.File
}

func newPlaces(pass *analysis.Pass) *places {
	p := &places{pass, map[string]*token.File{}}
	for _, f := range pass.Files {
		if tf := pass.Fset.File(f.FileStart); tf != nil {
			p.files[tf.Name()] = tf
		}
	}
	return p
}

// pos returns the place in the pass, false for one in another file.
func (p *places) pos(at token.Position) (token.Pos, bool) {
	tf := p.files[at.Filename]
	if tf == nil || at.Line < 1 || at.Line > tf.LineCount() {
		return token.NoPos, false
	}
	pos := tf.LineStart(at.Line) + token.Pos(max(at.Column, 1)-1)
	return min(pos, token.Pos(tf.Base()+tf.Size())), true
}

func (p *places) report(d annotate.Diagnostic) {
	out := analysis.Diagnostic{
		Category: d.Code,
		Message:  d.Message + " (" + d.Code + ")",
		URL:      p.pass.Analyzer.URL + "#" + strings.ToLower(d.Code),
	}
	var ok bool
	if out.Pos, ok = p.pos(d.Pos); !ok {
		if strings.HasSuffix(d.Pos.Filename, "_test.go") {
			return // the pass over the tests has it
		}
		// A driver drops what is not in the package: say where it is.
		out.Pos, out.Message = p.pass.Files[0].Name.Pos(), d.Pos.String()+": "+out.Message
	} else if out.End, ok = p.pos(d.End); !ok {
		out.End = token.NoPos
	}
	for _, r := range d.Related {
		if pos, ok := p.pos(r.Pos); ok {
			out.Related = append(out.Related, analysis.RelatedInformation{Pos: pos, Message: r.Message})
		} else {
			out.Message += "; " + r.Pos.String() + ": " + r.Message
		}
	}
	for _, f := range d.Fixes {
		if edits, ok := p.edits(f.Edits); ok {
			out.SuggestedFixes = append(out.SuggestedFixes, analysis.SuggestedFix{Message: f.Message, TextEdits: edits})
		}
	}
	p.pass.Report(out)
}

func (p *places) edits(edits []annotate.Edit) ([]analysis.TextEdit, bool) {
	var out []analysis.TextEdit
	for _, e := range edits {
		from, ok1 := p.pos(e.Pos)
		to, ok2 := p.pos(e.End)
		if !ok1 || !ok2 {
			return nil, false
		}
		out = append(out, analysis.TextEdit{Pos: from, End: to, NewText: []byte(e.New)})
	}
	return out, true
}
