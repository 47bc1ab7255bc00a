package build

import (
	"go/types"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// text makes an expression of plain Go source.
func text(s string) model.Expr { return model.Expr{{Text: s}} }

// typeExpr spells a type as the package's own files would, cut at the names of
// other packages.
func (b *builder) typeExpr(t types.Type) model.Expr {
	// The qualifier brackets import paths so that they can be found again:
	// NUL and SOH occur in no type's text (tags are quoted).
	s := types.TypeString(t, func(p *types.Package) string {
		if p.Path() == b.in.Path {
			return ""
		}
		b.pkgNames[p.Path()] = p.Name()
		return "\x00" + p.Path() + "\x01"
	})
	return cut(s)
}

func cut(s string) model.Expr {
	var out model.Expr
	for s != "" {
		before, rest, found := strings.Cut(s, "\x00")
		if before != "" {
			out = append(out, model.Piece{Text: before})
		}
		if !found {
			break
		}
		path, after, _ := strings.Cut(rest, "\x01")
		after = strings.TrimPrefix(after, ".")
		n := 0
		for n < len(after) && isIdentByte(after[n]) {
			n++
		}
		out = append(out, model.Piece{Pkg: path, Text: after[:n]})
		s = after[n:]
	}
	return out
}

func isIdentByte(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// objectExpr names a package-level object.
func (b *builder) objectExpr(obj types.Object) model.Expr {
	if obj.Pkg() == nil || obj.Pkg().Path() == b.in.Path {
		return text(obj.Name())
	}
	b.pkgNames[obj.Pkg().Path()] = obj.Pkg().Name()
	return model.Expr{{Pkg: obj.Pkg().Path(), Text: obj.Name()}}
}

// showType spells a type for people: package names instead of paths.
func (b *builder) showType(t types.Type) string {
	return types.TypeString(t, func(p *types.Package) string {
		if p.Path() == b.in.Path {
			return ""
		}
		return p.Name()
	})
}

// label makes a Go identifier part out of a type's text.
func (b *builder) label(t types.Type) string {
	switch t := t.(type) {
	case *types.Alias:
		return b.objLabel(t.Obj())
	case *types.Named:
		s := b.objLabel(t.Obj())
		for i := range t.TypeArgs().Len() {
			s += "Of" + b.label(t.TypeArgs().At(i))
		}
		return s
	case *types.Basic:
		return upperFirst(t.Name())
	case *types.Pointer:
		return b.label(t.Elem()) + "Pointer"
	case *types.Slice:
		return b.label(t.Elem()) + "List"
	case *types.Array:
		return b.label(t.Elem()) + "Array" + strconv.FormatInt(t.Len(), 10)
	case *types.Map:
		return b.label(t.Elem()) + "MapBy" + b.label(t.Key())
	case *types.Interface:
		return "Any"
	}
	return "Struct"
}

func (b *builder) objLabel(obj types.Object) string {
	if obj.Pkg() == nil || obj.Pkg().Path() == b.in.Path {
		return upperFirst(obj.Name())
	}
	return upperFirst(obj.Pkg().Name()) + upperFirst(obj.Name())
}
