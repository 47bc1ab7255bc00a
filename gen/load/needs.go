package load

import (
	"go/ast"
	"go/token"

	"github.com/apigen-go/apigen/annotate"
)

// needsOf returns the import paths of p that matter when function bodies are
// not checked: those named outside of them or by a directive.
func (l *loader) needsOf(p *Package) []string {
	needs := map[string]bool{}
	scope := packageScope(p)
	quals := directiveNames(p.Directives, needs)
	for _, f := range p.Files {
		if f.used == nil {
			f.used = usedOutsideBodies(f.AST)
			for name := range quals[f.AST] {
				f.used[name] = true
			}
			for name := range scope {
				delete(f.used, name)
			}
		}
		if !l.accounted(f) {
			f.all = true
		}
		for _, imp := range importsOf(f.AST) {
			if matters(f, imp) {
				needs[imp.path] = true
			} else if p.root && imp.name != "_" && l.moduleOf(imp.path) == nil {
				l.named[imp.path] = true
			}
		}
	}
	return sorted(needs)
}

// accounted reports whether every name that f uses as a package's is that of
// one of its imports, as far as their names are known or can be guessed.
func (l *loader) accounted(f *File) bool {
	left := map[string]bool{}
	for name := range f.used {
		left[name] = true
	}
	for _, imp := range importsOf(f.AST) {
		for _, name := range l.namesOf(imp) {
			delete(left, name)
		}
	}
	return len(left) == 0
}

// namesOf returns the name an import has in its file, or those it may have.
func (l *loader) namesOf(imp imported) []string {
	if imp.name != "" {
		return []string{imp.name}
	}
	if l.outside[imp.path] != nil || l.sources[imp.path] != nil {
		if name := l.packageName(imp.path); name != "" {
			return []string{name}
		}
	}
	return guesses(imp.path)
}

// matters reports whether f needs an import for its declarations.
func matters(f *File, imp imported) bool {
	switch imp.name {
	case "_":
		return false
	case ".":
		return true
	case "":
		if f.all {
			return true
		}
		for _, name := range guesses(imp.path) {
			if f.used[name] {
				return true
			}
		}
		return false
	}
	return f.used[imp.name]
}

// directiveNames adds the packages that directives name by path to paths and
// returns the package names they use, by file.
func directiveNames(dirs []*annotate.Directive, paths map[string]bool) map[*ast.File]map[string]bool {
	quals := map[*ast.File]map[string]bool{}
	for _, d := range dirs {
		for _, a := range d.Args {
			for _, v := range a.Values {
				if v.Pkg != "" && loadable(v.Pkg) {
					paths[v.Pkg] = true
				}
				if v.Qual == "" {
					continue
				}
				if quals[d.File] == nil {
					quals[d.File] = map[string]bool{}
				}
				quals[d.File][v.Qual] = true
			}
		}
	}
	return quals
}

// usedOutsideBodies returns the identifiers in front of a selector outside of
// function bodies.
func usedOutsideBodies(f *ast.File) map[string]bool {
	used := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt, *ast.CommentGroup:
			return false
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok {
				used[id.Name] = true
			}
		}
		return true
	})
	return used
}

// packageScope returns the names declared at package scope.
func packageScope(p *Package) map[string]bool {
	names := map[string]bool{}
	for _, f := range p.Files {
		for _, d := range f.AST.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil {
					names[d.Name.Name] = true
				}
			case *ast.GenDecl:
				declared(d, names)
			}
		}
	}
	return names
}

func declared(d *ast.GenDecl, names map[string]bool) {
	if d.Tok == token.IMPORT {
		return
	}
	for _, s := range d.Specs {
		switch s := s.(type) {
		case *ast.TypeSpec:
			names[s.Name.Name] = true
		case *ast.ValueSpec:
			for _, id := range s.Names {
				names[id.Name] = true
			}
		}
	}
}
