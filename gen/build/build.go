// Package build turns a type-checked, annotated package into the model that
// every back end reads. It reports every mistake it meets and goes on; the
// model of a package with mistakes is not fit for a back end.
package build

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// Input is one package, type-checked from source without function bodies.
type Input struct {
	Fset       *token.FileSet
	Path       string // import path
	Name       string
	Dir        string
	Files      []*ast.File
	Directives []*annotate.Directive
	Types      *types.Package
	Info       *types.Info
	// Errors are what the type checker complained of. They count only where an
	// annotated type or signature needs what is missing.
	Errors []types.Error
	// Syntax are those of them that the parser found.
	Syntax []types.Error
	// Misread are the places of comments that were meant as directives, were
	// reported and are not among Directives.
	Misread []token.Position
	// Unparsed tells of syntax errors, which leave no Directives.
	Unparsed bool

	// Lookup returns another package that was loaded from source, nil when
	// there is none of that path.
	Lookup func(path string) *Input
	// Import returns a package of the closure by its path, from source or not,
	// nil when it was not loaded.
	Import func(path string) *types.Package
}

// lookup is Lookup where there is one.
func (in *Input) lookup(path string) *Input {
	if in.Lookup == nil {
		return nil
	}
	return in.Lookup(path)
}

// Package builds the model of in. The diagnostics are unsorted.
func Package(in Input) (*model.Package, []annotate.Diagnostic) {
	b := newBuilder(in)
	if b.endless() {
		return b.m, b.diags
	}
	b.service()
	b.collectServers()
	b.collectClaims()
	b.hooks()
	b.enums()
	b.collectRoutes()
	b.finishSchemes()
	b.markNeeds()
	b.hiddenFields()
	b.patterns()
	b.document()
	b.exportedNames()
	b.m.Reserved, b.m.Imported = b.reservedNames()
	b.m.PackageNames = b.pkgNames
	return b.m, b.diags
}

// builder carries what the steps share.
type builder struct {
	in    Input
	m     *model.Package
	diags []annotate.Diagnostic

	defaults settings // of the service
	servers  map[*types.TypeName]*server
	unfit    map[*types.TypeName]bool // have api:server and cannot be servers
	order    []*server
	claims   map[string]*claimsType // by scheme name
	schemes  map[string]*model.Scheme
	uses     map[string]int // routes of a scheme, by name
	envelope *envelope

	types    *typeTable
	requests []*request
	pkgNames map[string]string
	sources  map[string]*source     // declarations by package path, filled as asked
	broken   map[token.Pos]bool     // places that were reported
	words    map[*model.Field]said  // what the api tags of fields say
	foreign  map[string]*claimsType // schemes of other packages
}

func newBuilder(in Input) *builder {
	b := &builder{
		in: in,
		m: &model.Package{
			Path: in.Path, Name: in.Name, Dir: in.Dir,
			Service: model.Service{Invalid: 422},
		},
		servers:  map[*types.TypeName]*server{},
		unfit:    map[*types.TypeName]bool{},
		claims:   map[string]*claimsType{},
		schemes:  map[string]*model.Scheme{},
		uses:     map[string]int{},
		pkgNames: map[string]string{},
		sources:  map[string]*source{},
		broken:   map[token.Pos]bool{},
		words:    map[*model.Field]said{},
		foreign:  map[string]*claimsType{},
	}
	b.types = newTypeTable(b)
	for _, f := range in.Files {
		if f.Doc != nil {
			b.m.Doc = b.doc(in.Path, f.Doc)
			break
		}
	}
	return b
}

// errorf reports a mistake between pos and end; end may be token.NoPos.
func (b *builder) errorf(pos, end token.Pos, code, format string, args ...any) *annotate.Diagnostic {
	d := annotate.Diagnostic{Code: code, Pos: b.position(pos), Message: fmt.Sprintf(format, args...)}
	d.End = d.Pos
	if end.IsValid() {
		d.End = b.position(end)
	}
	b.diags = append(b.diags, d)
	return &b.diags[len(b.diags)-1]
}

// related adds a second place to a diagnostic. What the language declares has
// none.
func (b *builder) related(d *annotate.Diagnostic, pos token.Pos, format string, args ...any) {
	if !pos.IsValid() {
		return
	}
	d.Related = append(d.Related, annotate.Related{Pos: b.position(pos), Message: fmt.Sprintf(format, args...)})
}

func (b *builder) position(pos token.Pos) token.Position {
	return b.in.Fset.PositionFor(pos, false)
}

func (b *builder) pos(pos token.Pos) model.Pos {
	p := b.position(pos)
	return model.Pos{File: p.Filename, Line: p.Line, Col: p.Column}
}

// directives returns the directives of the given name in source order.
func (b *builder) directives(name string) []*annotate.Directive {
	var out []*annotate.Directive
	for _, d := range b.in.Directives {
		if d.Name == name {
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(x, y *annotate.Directive) int {
		px, py := b.position(x.Pos), b.position(y.Pos)
		if px.Filename != py.Filename {
			return compareStrings(px.Filename, py.Filename)
		}
		return px.Offset - py.Offset
	})
	return out
}

func compareStrings(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
