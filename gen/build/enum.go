package build

import (
	"go/constant"
	"go/types"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// enumOf finds the constants of a named string or integer type: an enum is
// such a type with two or more constants in one block.
func (b *builder) enumOf(named *types.Named) *model.Enum {
	if named == nil || named.Obj().Pkg() == nil {
		return nil
	}
	src := b.sourceOf(named.Obj().Pkg().Path())
	basic, ok := named.Underlying().(*types.Basic)
	if src == nil || !ok || basic.Info()&(types.IsString|types.IsInteger) == 0 {
		return nil
	}
	scope := named.Obj().Pkg().Scope()
	for _, block := range src.blocks {
		var values []model.EnumValue
		seen := map[string]bool{}
		for _, id := range block {
			c, ok := scope.Lookup(id.Name).(*types.Const)
			if !ok || c.Pos() != id.Pos() || !types.Identical(c.Type(), named) {
				continue
			}
			v := model.EnumValue{GoName: id.Name, Literal: c.Val().ExactString(), Text: constText(c.Val())}
			if spec := src.values[id.Pos()]; spec != nil {
				v.Doc = b.doc(named.Obj().Pkg().Path(), spec.Doc, spec.Comment)
			}
			if !seen[v.Literal] {
				seen[v.Literal] = true
				values = append(values, v)
			}
		}
		if len(values) >= 2 {
			return &model.Enum{Values: values, Open: b.openEnum(named.Obj())}
		}
	}
	return nil
}

// openEnum reports whether api:enum open stands on the type.
func (b *builder) openEnum(tn *types.TypeName) bool {
	in := &b.in
	if tn.Pkg().Path() != b.in.Path {
		in = b.in.Lookup(tn.Pkg().Path())
	}
	if in == nil {
		return false
	}
	for _, d := range in.Directives {
		if d.Name == "enum" && d.Type != nil && d.Type.Name.Pos() == tn.Pos() {
			return true
		}
	}
	return false
}

// enums checks that api:enum stands on enums.
func (b *builder) enums() {
	for _, d := range b.directives("enum") {
		if d.Type == nil {
			continue
		}
		tn, ok := b.in.Info.Defs[d.Type.Name].(*types.TypeName)
		if !ok {
			continue
		}
		if named, ok := tn.Type().(*types.Named); ok && b.enumOf(named) != nil {
			continue
		}
		b.notEnum(d, tn)
	}
}

func (b *builder) notEnum(d *annotate.Directive, tn *types.TypeName) {
	if basic, ok := tn.Type().Underlying().(*types.Basic); !ok || basic.Info()&(types.IsString|types.IsInteger) == 0 {
		b.errorf(d.Type.Name.Pos(), d.Type.Name.End(), annotate.CodeEnumShape, "%s is no enum, which is a named string or integer type; remove api:enum", tn.Name())
		return
	}
	b.errorf(d.Type.Name.Pos(), d.Type.Name.End(), annotate.CodeEnumShape, "%s is no enum, which has two or more constants of its type in one const block; move them into one block and give each its type, or remove api:enum", tn.Name())
}

// constText is a constant as it travels in a parameter.
func constText(v constant.Value) string {
	if v.Kind() == constant.String {
		return constant.StringVal(v)
	}
	return v.ExactString()
}
