package build

import (
	"go/types"
	"slices"

	"github.com/apigen-go/apigen/gen/model"
)

// validateForm tells which of the two Validate methods the type has, its own
// or a promoted one. Structs without a name have those of what they embed.
func (t *typeTable) validateForm(typ types.Type) string {
	_, form := t.validateMethod(typ)
	return form
}

func (t *typeTable) validateMethod(typ types.Type) (types.Object, string) {
	sel := t.cache.MethodSet(types.NewPointer(typ)).Lookup(nil, "Validate")
	if sel == nil {
		return nil, ""
	}
	sig, ok := sel.Type().(*types.Signature)
	if !ok {
		return nil, ""
	}
	switch bareSignature(sig) {
	case "func() error":
		return sel.Obj(), "plain"
	case "func(context.Context) error":
		return sel.Obj(), "context"
	}
	return nil, ""
}

// reaches reports whether generated code may select the field.
func (t *typeTable) reaches(f *types.Var) bool {
	return f.Exported() || f.Pkg().Path() == t.b.in.Path
}

// innerValidates lists the Validate methods of embedded structs that calling
// the struct's own Validate does not reach, the innermost first.
func (t *typeTable) innerValidates(typ types.Type) []model.InnerValidate {
	seen := map[types.Object]bool{}
	if own, form := t.validateMethod(typ); form != "" {
		seen[own] = true
	}
	var out []model.InnerValidate
	var walk func(st *types.Struct, path []string)
	walk = func(st *types.Struct, path []string) {
		for i := range st.NumFields() {
			f := st.Field(i)
			inner, ok := f.Type().Underlying().(*types.Struct)
			if !f.Embedded() || !ok || len(path) > 10 {
				continue
			}
			at := slices.Concat(path, []string{f.Name()})
			walk(inner, at)
			if method, form := t.validateMethod(f.Type()); form != "" && !seen[method] && t.reaches(f) {
				seen[method] = true
				out = append(out, model.InnerValidate{Go: at, Form: form})
			}
		}
	}
	if st, ok := typ.Underlying().(*types.Struct); ok {
		walk(st, nil)
	}
	return out
}
