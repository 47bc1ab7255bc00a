package build

import (
	"go/types"
	"slices"

	"github.com/apigen-go/apigen/annotate"
)

// selector is the shortest selector that reaches the field: its own name where
// Go promotes it, with as many of the embedding fields as it takes otherwise.
func (b *builder) selector(owner types.Type, f rawField) []string {
	if len(f.path) == 1 || owner == nil {
		return f.path
	}
	short := b.shortest(owner, embedding(owner, f.index))
	if short == nil {
		b.errorOnce(f.at.pos, annotate.CodeUnexportedType, "%s is embedded where another field hides it and through a struct that is not exported there, so that generated code cannot name it; use a type of your own", f.at.what)
		return f.path
	}
	return short
}

// shortest returns the names by which the last of the fields is selected from
// a value of the type, nil when there is no way: fields that other packages do
// not export have to be passed over.
func (b *builder) shortest(from types.Type, fields []*types.Var) []string {
	if len(fields) == 0 {
		return []string{}
	}
	for i, f := range slices.Backward(fields) {
		if obj, _, _ := types.LookupFieldOrMethod(from, true, b.in.Types, f.Name()); obj != f {
			continue
		}
		if rest := b.shortest(f.Type(), fields[i+1:]); rest != nil {
			return slices.Concat([]string{f.Name()}, rest)
		}
	}
	return nil
}

// embedding lists the fields that are passed on the way to a field.
func embedding(owner types.Type, index []int) []*types.Var {
	var out []*types.Var
	for _, i := range index {
		st, ok := owner.Underlying().(*types.Struct)
		if !ok {
			break
		}
		out = append(out, st.Field(i))
		owner = st.Field(i).Type()
	}
	return out
}
