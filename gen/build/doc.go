package build

import (
	"go/ast"
	"go/doc"
	"go/token"
	"go/types"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// docOf reads the first of the comment groups that says anything. Directives
// are not part of the text.
func docOf(groups ...*ast.CommentGroup) model.Doc {
	for _, g := range groups {
		text := strings.TrimSpace(strings.ReplaceAll(g.Text(), "\r", ""))
		if text == "" {
			continue
		}
		return model.Doc{
			Summary:    new(doc.Package).Synopsis(text),
			Text:       text,
			Deprecated: deprecation(text),
		}
	}
	return model.Doc{}
}

// deprecation returns the text of a paragraph that starts with "Deprecated: ".
func deprecation(text string) string {
	for _, p := range strings.Split(text, "\n\n") {
		if rest, ok := strings.CutPrefix(p, "Deprecated: "); ok {
			return strings.Join(strings.Fields(rest), " ")
		}
	}
	return ""
}

// source indexes the declarations of a package that was loaded from source by
// the position of the declared name.
type source struct {
	types  map[token.Pos]typeDecl
	fields map[token.Pos]*ast.Field
	// blocks holds the constants of each const block, in order.
	blocks [][]*ast.Ident
	values map[token.Pos]*ast.ValueSpec
}

type typeDecl struct {
	spec *ast.TypeSpec
	decl *ast.GenDecl
}

// sourceOf returns the index of the package of that path, nil when the package
// was not loaded from source.
func (b *builder) sourceOf(path string) *source {
	if s, ok := b.sources[path]; ok {
		return s
	}
	files := b.filesOf(path)
	if files == nil {
		b.sources[path] = nil
		return nil
	}
	s := &source{
		types:  map[token.Pos]typeDecl{},
		fields: map[token.Pos]*ast.Field{},
		values: map[token.Pos]*ast.ValueSpec{},
	}
	for _, f := range files {
		for _, decl := range f.Decls {
			if gd, ok := decl.(*ast.GenDecl); ok {
				s.add(gd)
			}
		}
	}
	b.sources[path] = s
	return s
}

func (b *builder) filesOf(path string) []*ast.File {
	if path == b.in.Path {
		return b.in.Files
	}
	if b.in.Lookup != nil {
		if other := b.in.Lookup(path); other != nil {
			return other.Files
		}
	}
	return nil
}

func (s *source) add(gd *ast.GenDecl) {
	var block []*ast.Ident
	for _, spec := range gd.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			s.types[spec.Name.Pos()] = typeDecl{spec, gd}
			s.addFields(spec.Type)
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				s.values[name.Pos()] = spec
				block = append(block, name)
			}
		}
	}
	if gd.Tok == token.CONST {
		s.blocks = append(s.blocks, block)
	}
}

func (s *source) addFields(expr ast.Expr) {
	ast.Inspect(expr, func(n ast.Node) bool {
		st, ok := n.(*ast.StructType)
		if !ok {
			return true
		}
		for _, f := range st.Fields.List {
			for _, name := range f.Names {
				s.fields[name.Pos()] = f
			}
			if len(f.Names) == 0 {
				s.fields[embeddedName(f.Type).Pos()] = f
			}
		}
		return true
	})
}

// embeddedName is the identifier that names an embedded field.
func embeddedName(expr ast.Expr) *ast.Ident {
	switch e := expr.(type) {
	case *ast.Ident:
		return e
	case *ast.StarExpr:
		return embeddedName(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return embeddedName(e.X)
	case *ast.IndexListExpr:
		return embeddedName(e.X)
	case *ast.ParenExpr:
		return embeddedName(e.X)
	}
	return ast.NewIdent("_")
}

// typeDoc is the doc comment of a named type, empty when its source is not at
// hand.
func (b *builder) typeDoc(tn *types.TypeName) model.Doc {
	if tn.Pkg() == nil {
		return model.Doc{}
	}
	s := b.sourceOf(tn.Pkg().Path())
	if s == nil {
		return model.Doc{}
	}
	d, ok := s.types[tn.Pos()]
	if !ok {
		return model.Doc{}
	}
	groups := []*ast.CommentGroup{d.spec.Doc}
	if !d.decl.Lparen.IsValid() {
		groups = append(groups, d.decl.Doc)
	}
	return b.doc(tn.Pkg().Path(), append(groups, d.spec.Comment)...)
}

// fieldNode is the syntax of a struct field, nil when its source is not at hand.
func (b *builder) fieldNode(v *types.Var) *ast.Field {
	if v.Pkg() == nil {
		return nil
	}
	if s := b.sourceOf(v.Pkg().Path()); s != nil {
		return s.fields[v.Pos()]
	}
	return nil
}
