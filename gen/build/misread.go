package build

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// What follows from a comment that was meant as a directive and reported is not
// reported again: the user has one mistake to mend, not two.

// misreadAtMethod reports whether there is such a comment at a method of the
// named type.
func (b *builder) misreadAtMethod(typeName string) bool {
	for _, f := range b.in.Files {
		for _, decl := range f.Decls {
			switch decl := decl.(type) {
			case *ast.FuncDecl:
				if decl.Recv != nil && receiverName(decl) == typeName && b.misreadAt(decl, decl.Doc) {
					return true
				}
			case *ast.GenDecl: // the methods of an interface stand inside
				if declares(decl, typeName) && b.misreadInside(decl) {
					return true
				}
			}
		}
	}
	return false
}

// misreadAtType reports whether there is such a comment at the declaration of a
// type.
func (b *builder) misreadAtType(tn *types.TypeName) bool {
	for _, f := range b.in.Files {
		for _, decl := range f.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok && declares(decl, tn.Name()) && b.misreadAt(decl, decl.Doc) {
				return true
			}
		}
	}
	return false
}

// nearLines is how far above a declaration a comment may be detached from it.
const nearLines = 2

// misreadInside reports whether there is such a comment between the braces of a
// declaration.
func (b *builder) misreadInside(decl ast.Node) bool {
	from, to := b.position(decl.Pos()), b.position(decl.End())
	return slices.ContainsFunc(b.in.Misread, func(p token.Position) bool {
		return p.Filename == from.Filename && p.Line > from.Line && p.Line < to.Line
	})
}

// misreadAt reports whether there is such a comment in a declaration, in its doc
// comment, or a little above.
func (b *builder) misreadAt(decl ast.Node, doc *ast.CommentGroup) bool {
	from, to := b.position(decl.Pos()), b.position(decl.End())
	if doc != nil {
		from = b.position(doc.Pos())
	}
	return slices.ContainsFunc(b.in.Misread, func(p token.Position) bool {
		return p.Filename == from.Filename && p.Line >= from.Line-nearLines && p.Line <= to.Line
	})
}

// receiverName is the name of the type a method belongs to.
func receiverName(fn *ast.FuncDecl) string {
	if len(fn.Recv.List) == 0 {
		return ""
	}
	t := fn.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.ParenExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.IndexListExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

func declares(decl *ast.GenDecl, name string) bool {
	for _, spec := range decl.Specs {
		if spec, ok := spec.(*ast.TypeSpec); ok && spec.Name.Name == name {
			return true
		}
	}
	return false
}
