package build

import (
	"github.com/apigen-go/apigen/gen/model"
)

// presence decides, for a field whose type and location are known, whether it
// may be absent or null, what stands for it then, and which rules its value
// must keep.
func (b *builder) presence(mf *model.Field, f rawField) {
	b.laterTags(f)
	b.misspelledTags(f)
	rules := b.rules(mf, f)
	words := b.apiWords(f)
	b.direction(mf, f, rules, words)
	mf.Rules = rules.list
	mf.Required = !mf.ReadOnly && b.required(mf, f, rules, words.optional != nil)
	mf.Nullable = b.nullable(mf)
	if rules.required { //check:required-not-null
		mf.Nullable = false
	}
	if !mf.ReadOnly {
		b.defaultValue(mf, f, rules)
	}
	b.example(mf, f)
}

// required tells whether absence is an error. A value is required unless
// something says otherwise, which is refused for values of the path.
func (b *builder) required(mf *model.Field, f rawField, rules ruleSet, optional bool) bool {
	if rules.required { //check:required-rule
		return true
	}
	if optional { //check:optional-option
		return false
	}
	if rules.omitempty { //check:optional-rule
		return false
	}
	if f.tag.has("default") { //check:optional-default
		return false
	}
	if mf.OmitEmpty || mf.OmitZero { //check:optional-omitempty
		return false
	}
	kind := b.m.Types[mf.Type].Kind
	if kind == model.Pointer { //check:optional-pointer
		return false
	}
	if kind == model.Opt { //check:optional-opt
		return false
	}
	return true
}

// nullable tells whether null is one of the values of the field's type.
func (b *builder) nullable(mf *model.Field) bool {
	if mf.In != model.InBody {
		return false
	}
	t := b.m.Types[mf.Type]
	if t.Kind == model.Pointer { //check:null-pointer
		return true
	}
	if t.Kind == model.Opt { //check:null-opt
		return true
	}
	if t.Kind == model.Any { //check:null-any
		return true
	}
	if t.Kind == model.JSON { //check:null-own-json
		return b.types.methodOf(b.types.goType[mf.Type], true, "UnmarshalJSONFrom", "UnmarshalJSON") != ""
	}
	return false
}

// valueType is the type whose values rules and defaults speak of: behind a
// pointer or runtime.Opt, what it holds.
func (b *builder) valueType(id model.TypeID) *model.Type {
	t := b.m.Types[id]
	if t.Kind == model.Pointer || t.Kind == model.Opt {
		return b.m.Types[t.Elem]
	}
	return t
}
