package load

import (
	"errors"
	"fmt"
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// state tells how far a package is.
type state int

const (
	unchecked state = iota
	checking
	checked
)

// check type-checks the annotated packages and, as they are imported, the
// packages of the main modules that they need.
func (l *loader) check() error {
	for _, p := range l.res.Packages {
		if l.ctx.Err() != nil {
			return l.ctx.Err()
		}
		l.checkPackage(p)
		l.checkNamed(p)
	}
	if len(l.res.Packages) > 0 {
		l.readRuntime()
	}
	slices.SortFunc(l.res.Packages, func(a, b *Package) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(l.res.Others, func(a, b Unannotated) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// checkNamed loads the packages that directives name by path.
func (l *loader) checkNamed(p *Package) {
	paths := map[string]bool{}
	directiveNames(p.Directives, paths)
	for path := range paths {
		_, _ = importer{l, p}.Import(path) // the directive's reader reports what is missing
	}
}

func (l *loader) checkPackage(p *Package) {
	if p.state != unchecked {
		return
	}
	p.state = checking
	p.Lookup, p.Import = l.lookup, l.imported
	p.Info = &types.Info{
		Types:      map[ast.Expr]types.TypeAndValue{},
		Instances:  map[*ast.Ident]types.Instance{},
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Implicits:  map[ast.Node]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	conf := types.Config{
		Importer:         importer{l, p},
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Sizes:            types.SizesFor("gc", l.env.GOARCH),
		Error: func(err error) {
			if e := (types.Error{}); errors.As(err, &e) {
				p.Errors = append(p.Errors, e)
			}
		},
	}
	if p.module != nil && p.module.GoVersion != "" {
		conf.GoVersion = "go" + p.module.GoVersion
	}
	files := make([]*ast.File, len(p.Files))
	for i, f := range p.Files {
		files[i] = f.AST
	}
	p.Types = types.NewPackage(p.Path, p.Name)
	// The error is the first of those collected.
	_ = types.NewChecker(&conf, l.fset, p.Types, p.Info).Files(files)
	p.state = checked
}

// importer resolves the imports of one package.
type importer struct {
	l    *loader
	from *Package
}

// Import implements [types.Importer]. With an error it returns an empty
// package, so that the name stands for something.
func (im importer) Import(path string) (*types.Package, error) {
	l := im.l
	switch {
	case path == "unsafe":
		return types.Unsafe, nil
	case !loadable(path):
		return nil, fmt.Errorf("%q cannot be imported in a module", path)
	case !l.visited[path]:
		return l.unneeded(im.from, path), nil
	}
	p := l.sources[path]
	if p == nil {
		return l.read(path)
	}
	switch {
	case p == im.from:
		return l.placeholder(path, p.Name), errors.New("import cycle: it is this package itself")
	case p.state == checking:
		return l.placeholder(path, p.Name), fmt.Errorf("import cycle: it imports package %q in turn", im.from.Path)
	case p.Name == "main":
		return l.placeholder(path, p.Name), errors.New("it is a program, which no package can import; move what is needed to a package of its own")
	}
	l.checkPackage(p)
	return p.Types, nil
}

// unneeded stands for a package that only function bodies use. In an annotated
// package it has its true name, because generated code must not declare it
// anew; elsewhere a name that nothing else can have.
func (l *loader) unneeded(from *Package, path string) *types.Package {
	if !from.root {
		return l.placeholder(path, "-"+path)
	}
	name := l.packageName(path)
	if name == "" {
		name = guesses(path)[0]
	}
	return l.placeholder(path, name)
}

// lookup returns a package of the closure that came from source.
func (l *loader) lookup(path string) *Package {
	if p := l.sources[path]; p != nil && p.state == checked {
		return p
	}
	return nil
}

// imported returns the types of a package of the closure.
func (l *loader) imported(path string) *types.Package {
	if p := l.lookup(path); p != nil {
		return p.Types
	}
	if f := l.outside[path]; f != nil {
		return f.pkg
	}
	return nil
}
