package build

import (
	"go/ast"
	"go/types"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// inputs returns this package and all it reaches that come from source.
func (b *builder) inputs() []*Input {
	all := []*Input{&b.in}
	seen := map[string]bool{b.in.Path: true}
	for i := 0; i < len(all); i++ {
		if all[i].Types == nil {
			continue
		}
		for _, imp := range all[i].Types.Imports() {
			if in := b.in.lookup(imp.Path()); in != nil && !seen[imp.Path()] {
				seen[imp.Path()] = true
				all = append(all, in)
			}
		}
	}
	return all
}

// missingImport reports a place whose type is of a package that could not be
// imported, with the reason.
func (b *builder) missingImport(at place) bool {
	for _, in := range b.inputs() {
		for _, f := range in.Files {
			if f.FileStart <= at.pos && at.pos <= f.FileEnd {
				return b.missingIn(in, f, at)
			}
		}
	}
	return false
}

func (b *builder) missingIn(in *Input, f *ast.File, at place) bool {
	for _, sel := range selectorsAt(f, at) {
		id, ok := sel.X.(*ast.Ident)
		if !ok {
			continue
		}
		name, ok := in.Info.Uses[id].(*types.PkgName)
		if !ok {
			continue
		}
		spec, reason := importFailure(in, f, name.Imported().Path())
		if spec == nil {
			continue
		}
		d := b.errorf(sel.Pos(), sel.End(), annotate.CodeInvalidType, "%s needs %s.%s, and package %q cannot be imported: %s", at.what, id.Name, sel.Sel.Name, name.Imported().Path(), reason)
		b.related(d, spec.Path.Pos(), "it is imported here")
		return true
	}
	return false
}

// selectorsAt returns the selectors in the type of the field or parameter at a
// place, or else those between its bounds.
func selectorsAt(f *ast.File, at place) []*ast.SelectorExpr {
	var within ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || at.pos < n.Pos() || n.End() < at.pos {
			return false
		}
		if field, ok := n.(*ast.Field); ok {
			within = field.Type
		}
		return true
	})
	if within == nil {
		within = f
	}
	var found []*ast.SelectorExpr
	ast.Inspect(within, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && (within != f || at.pos <= sel.Pos() && sel.End() <= at.end) {
			found = append(found, sel)
		}
		return true
	})
	return found
}

// importFailure returns the import of a path that failed, and why it did.
func importFailure(in *Input, f *ast.File, path string) (*ast.ImportSpec, string) {
	for _, spec := range f.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err != nil || p != path {
			continue
		}
		for _, e := range in.Errors {
			// The type checker complains only of the first file that imports a path.
			reason, failed := strings.CutPrefix(e.Msg, "could not import "+path+" ")
			if failed || e.Pos == spec.Path.Pos() {
				return spec, strings.TrimSuffix(strings.TrimPrefix(reason, "("), ")")
			}
		}
	}
	return nil, ""
}

// notImported reports a package that a directive's value names and that could not
// be imported, with the reason.
func (b *builder) notImported(f *ast.File, pkg *types.Package, v annotate.Value) bool {
	spec, reason := importFailure(&b.in, f, pkg.Path())
	if spec == nil {
		return false
	}
	if d := b.errorOnce(v.Pos, annotate.CodeUnresolvedName, "package %q cannot be imported: %s", pkg.Path(), reason); d != nil {
		d.End = b.position(v.End)
		b.related(d, spec.Path.Pos(), "it is imported here")
	}
	return true
}

// certain reports whether what the source says of a type can be relied on: it is
// declared once, in a file without syntax errors. It complains where it cannot.
func (b *builder) certain(tn *types.TypeName, at place) bool {
	in := b.inputOf(tn)
	if in == nil {
		return true
	}
	file := b.position(tn.Pos()).Filename
	for _, e := range in.Syntax {
		if b.position(e.Pos).Filename == file {
			if d := b.errorOnce(e.Pos, annotate.CodeParseFailed, "%s", e.Msg); d != nil {
				b.related(d, at.pos, "%s needs %s of that file", at.what, tn.Name())
			}
			return false
		}
	}
	for i, e := range in.Errors {
		if i == 0 || e.Pos != tn.Pos() || !strings.HasPrefix(e.Msg, "\tother declaration of ") {
			continue
		}
		if d := b.errorOnce(in.Errors[i-1].Pos, annotate.CodeInvalidType, "%s is declared twice, and %s needs it; rename one", tn.Name(), at.what); d != nil {
			b.related(d, tn.Pos(), "the other stands here")
		}
		return false
	}
	return b.fieldsOnce(in, tn, at)
}

// fieldsOnce reports a field that a type declares twice.
func (b *builder) fieldsOnce(in *Input, tn *types.TypeName, at place) bool {
	for _, e := range in.Errors {
		name, twice := strings.CutSuffix(e.Msg, " redeclared")
		if !twice {
			continue
		}
		if spec := typeSpec(in, tn); spec != nil && spec.Pos() <= e.Pos && e.Pos <= spec.End() {
			b.errorOnce(e.Pos, annotate.CodeInvalidType, "%s has two fields %s, and %s needs it; rename one", tn.Name(), name, at.what)
			return false
		}
	}
	return true
}

// typeSpec is the declaration of a type in its source.
func typeSpec(in *Input, tn *types.TypeName) *ast.TypeSpec {
	for _, f := range in.Files {
		if tn.Pos() < f.FileStart || f.FileEnd < tn.Pos() {
			continue
		}
		for _, d := range f.Decls {
			gen, ok := d.(*ast.GenDecl)
			if !ok {
				continue
			}
			for _, s := range gen.Specs {
				if spec, ok := s.(*ast.TypeSpec); ok && spec.Name.Pos() == tn.Pos() {
					return spec
				}
			}
		}
	}
	return nil
}

// inputOf returns the source of the package that declares a type, nil when it
// is of another module.
func (b *builder) inputOf(tn *types.TypeName) *Input {
	switch {
	case tn.Pkg() == nil:
		return nil
	case tn.Pkg().Path() == b.in.Path:
		return &b.in
	}
	return b.in.lookup(tn.Pkg().Path())
}

// allErrors returns what the type checker said of all source.
func (b *builder) allErrors() []types.Error {
	var all []types.Error
	for _, in := range b.inputs() {
		all = append(all, in.Errors...)
	}
	return all
}
