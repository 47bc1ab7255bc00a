package build

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// canName reports whether generated code of this package can write the type's
// name, and complains where it cannot.
func (b *builder) canName(tn *types.TypeName, at place) bool {
	pkg := tn.Pkg()
	if !b.certain(tn, at) {
		return false
	}
	if pkg == nil || pkg.Path() == b.in.Path {
		return true
	}
	if !tn.Exported() {
		b.errorf(at.pos, at.end, annotate.CodeUnexportedType, "%s needs %s.%s, which is not exported there, so that generated code cannot name it; export it or use a type of your own", at.what, pkg.Name(), tn.Name())
		return false
	}
	if !importable(pkg.Path(), b.in.Path) {
		b.errorf(at.pos, at.end, annotate.CodeUnexportedType, "%s needs %s.%s of the internal package %q, which this package may not import; use a type of your own", at.what, pkg.Name(), tn.Name(), pkg.Path())
		return false
	}
	return true
}

// importable applies the rule for internal packages.
func importable(path, from string) bool {
	for i := len(path); ; {
		i = strings.LastIndex(path[:i], "internal")
		if i < 0 {
			return true
		}
		end := i + len("internal")
		whole := (i == 0 || path[i-1] == '/') && (end == len(path) || path[end] == '/')
		if whole {
			parent := strings.TrimSuffix(path[:i], "/")
			return from == parent || parent != "" && strings.HasPrefix(from, parent+"/")
		}
	}
}

// unresolved reports that a type could not be determined, with what the type
// checker said of it.
func (b *builder) unresolved(at place, t types.Type) {
	if b.broken[at.pos] {
		return
	}
	b.broken[at.pos] = true
	near := b.errorsNear(at)
	if len(near) == 0 && b.missingImport(at) {
		return
	}
	if len(near) == 0 {
		near = b.errorsOf(t)
	}
	if len(near) > 0 {
		e := near[0]
		if strings.HasSuffix(e.Msg, ": runtime.File") {
			b.errorf(e.Pos, token.NoPos, annotate.CodeLaterResponse, "runtime.File is not supported yet; take http.ResponseWriter and *http.Request and write the file with http.ServeContent")
		} else {
			b.errorf(e.Pos, token.NoPos, annotate.CodeInvalidType, "%s; %s needs it", e.Msg, at.what)
		}
		return
	}
	b.errorf(at.pos, at.end, annotate.CodeInvalidType, "the type of %s cannot be resolved; check its name and its import", at.what)
}

// errorsOf returns what the type checker said of the declarations of the types
// that t is made of, as of one that contains itself.
func (b *builder) errorsOf(t types.Type) []types.Error {
	if t == nil {
		return nil
	}
	switch t := types.Unalias(t).(type) {
	case *types.Pointer:
		return b.errorsOf(t.Elem())
	case *types.Slice:
		return b.errorsOf(t.Elem())
	case *types.Array:
		return b.errorsOf(t.Elem())
	case *types.Map:
		return append(b.errorsOf(t.Key()), b.errorsOf(t.Elem())...)
	case *types.Named:
		return b.errorsNear(place{pos: t.Obj().Pos(), end: t.Obj().Pos()})
	}
	return nil
}

// errorsNear returns what the type checker said between the bounds of a place,
// or on its line.
func (b *builder) errorsNear(at place) []types.Error {
	var out []types.Error
	p := b.position(at.pos)
	for _, e := range b.allErrors() {
		if e.Pos >= at.pos && e.Pos <= at.end {
			out = append(out, e)
			continue
		}
		if q := b.position(e.Pos); q.Filename == p.Filename && q.Line == p.Line {
			out = append(out, e)
		}
	}
	return out
}

// resolve finds the object a directive's value names: Name, pkg.Name through
// the file's imports, or "import/path".Name.
func (b *builder) resolve(f *ast.File, v annotate.Value) types.Object {
	switch {
	case v.Pkg != "":
		return b.lookupIn(f, b.importPath(v.Pkg), v)
	case v.Qual != "":
		return b.lookupIn(f, b.importNamed(f, v.Qual), v)
	}
	obj := b.in.Types.Scope().Lookup(v.Text)
	if obj == nil {
		d := b.errorf(v.Pos, v.End, annotate.CodeUnresolvedName, "%s is not declared in package %s", v.Text, b.in.Name)
		if !b.suggest(d, nameOf(v), b.in.Types.Scope().Names()) {
			d.Message += "; declare it, or write pkg.Name for a name of another package"
		}
	}
	return obj
}

func (b *builder) lookupIn(f *ast.File, pkg *types.Package, v annotate.Value) types.Object {
	if pkg == nil {
		if v.Pkg != "" {
			b.errorf(v.Pos, v.End, annotate.CodeUnresolvedName, "package %q cannot be loaded; check its import path", v.Pkg)
		} else {
			b.unknownPackage(f, v)
		}
		return nil
	}
	obj := pkg.Scope().Lookup(v.Text)
	if obj == nil && b.notImported(f, pkg, v) {
		return nil
	}
	if obj == nil || !obj.Exported() {
		d := b.errorf(v.Pos, v.End, annotate.CodeUnresolvedName, "package %q declares no exported %s", pkg.Path(), v.Text)
		b.suggest(d, nameOf(v), exportedOf(pkg))
		return nil
	}
	return obj
}

// unknownPackage reports a qualifier that no import of the file has.
func (b *builder) unknownPackage(f *ast.File, v annotate.Value) {
	d := b.errorf(v.Pos, v.End, annotate.CodeUnresolvedName, "this file imports no package named %s", v.Qual)
	var names []string // of packages that have what is asked for
	for _, spec := range f.Imports {
		name := b.importName(spec)
		if pkg := b.importNamed(f, name); pkg != nil && pkg.Scope().Lookup(v.Text) != nil {
			names = append(names, name)
		}
	}
	if !b.suggest(d, qualifierOf(v), names) {
		d.Message += "; import it, or where the file has no other use for it write the path: \"example.com/" + v.Qual + "\"." + v.Text
	}
}

func exportedOf(pkg *types.Package) []string {
	var out []string
	for _, name := range pkg.Scope().Names() {
		if token.IsExported(name) {
			out = append(out, name)
		}
	}
	return out
}

func (b *builder) importPath(path string) *types.Package {
	if path == b.in.Path {
		return b.in.Types
	}
	for _, imp := range b.in.Types.Imports() {
		if imp.Path() == path {
			return imp
		}
	}
	if b.in.Import != nil {
		return b.in.Import(path)
	}
	return nil
}

func (b *builder) importNamed(f *ast.File, name string) *types.Package {
	for _, spec := range f.Imports {
		if b.importName(spec) != name {
			continue
		}
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		return b.importPath(path)
	}
	return nil
}
