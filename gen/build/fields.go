package build

import (
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// rawField is a struct field met while flattening, with its tag split.
type rawField struct {
	v     *types.Var
	path  []string // Go selector path from the outermost struct
	index []int    // of the fields on that path
	tag   fieldTag
	at    place
}

// flatten lists the fields of a struct with embedded structs opened as Go and
// encoding/json do: breadth first, the shallower of two equal names wins.
// Embedded fields for which keep returns true stay fields of their own.
func (b *builder) flatten(owner string, st *types.Struct, keep func(fieldTag) bool) []rawField {
	type level struct {
		st    *types.Struct
		path  []string
		index []int
		name  string
		skip  bool // left out of JSON with all it holds
	}
	var out []rawField
	next := []level{{st: st, name: owner}}
	for len(next) > 0 {
		current := next
		next = nil
		for _, l := range current {
			for i := range l.st.NumFields() {
				v := l.st.Field(i)
				f := b.rawField(l.name, v, l.st.Tag(i), slices.Concat(l.path, []string{v.Name()}))
				f.index = slices.Concat(l.index, []int{i})
				f.tag.skip = f.tag.skip || l.skip
				inner, opened := b.embedded(f, keep)
				if !opened {
					out = append(out, f)
					continue
				}
				if inner != nil && len(f.path) < maxEmbedding {
					next = append(next, level{inner, f.path, f.index, b.showType(v.Type()), f.tag.skip})
				}
			}
		}
	}
	return out
}

// maxEmbedding is the depth at which embedding ends that never would, in source
// that does not compile.
const maxEmbedding = 32

// bySource orders fields as they are written, embedded ones at the place of
// what embeds them.
func bySource(x, y rawField) int { return slices.Compare(x.index, y.index) }

func (b *builder) rawField(owner string, v *types.Var, tag string, path []string) rawField {
	f := rawField{v: v, path: path}
	f.at = place{pos: v.Pos(), what: "field " + v.Name()}
	if owner != "" {
		f.at.what += " of " + owner
	}
	node := b.fieldNode(v)
	if node != nil {
		f.at.end = node.Type.End()
	}
	f.tag = b.splitTag(node, tag, v.Pos())
	return f
}

// embedded opens an embedded struct. The second result is true when the field
// stands for its parts (or was refused) rather than for itself.
func (b *builder) embedded(f rawField, keep func(fieldTag) bool) (*types.Struct, bool) {
	if !f.v.Embedded() || keep(f.tag) {
		return nil, false
	}
	typ := f.v.Type()
	if mentionsInvalid(typ) { // its fields cannot be known, whatever its name
		b.unresolved(f.at, typ)
		return nil, true
	}
	if ptr, ok := typ.Underlying().(*types.Pointer); ok {
		if _, ok := ptr.Elem().Underlying().(*types.Struct); ok {
			b.errorf(f.at.pos, f.at.end, annotate.CodeEmbeddedPointer, "%s is an embedded pointer, whose absence could not be told; embed %s itself or give the field a name", f.at.what, b.showType(ptr.Elem()))
			return nil, true
		}
	}
	st, ok := typ.Underlying().(*types.Struct)
	if !ok {
		return nil, false
	}
	// A struct with a JSON form of its own (an embedded time.Time) is a value,
	// not a bag of fields.
	var probe model.Type
	if b.types.ownForm(&probe, typ) {
		return nil, false
	}
	b.embeddedTags(f)
	return st, true
}

// embeddedTags reports tags that would act on a value, which an embedded
// struct is not: its fields are.
func (b *builder) embeddedTags(f rawField) {
	for _, key := range []string{"validate", "default", "example", "api", "pattern", "format"} {
		if v, ok := f.tag.values[key]; ok {
			b.errorOnce(v.pos, annotate.CodeEmbeddedTag, "%s is embedded, so that its fields count and not the whole; put the tag %s: on its fields, or give it a field name", f.at.what, key)
		}
	}
	for _, o := range f.tag.jsonOptions {
		if o.text != "inline" && o.text != "embed" { // which say what happens anyway
			b.errorOnce(o.pos, annotate.CodeEmbeddedTag, "%s is embedded, so that its fields count and not the whole; put the json option %q on them, or give the field a json: name", f.at.what, o.text)
		}
	}
}

// structFields lists the JSON members of a struct.
func (b *builder) structFields(typ types.Type, st *types.Struct) []*model.Field {
	owner := b.showType(typ)
	if typeName(typ) == nil {
		owner = ""
	}
	raw := b.flatten(owner, st, func(t fieldTag) bool { return t.jsonName != "" })
	var members []rawField
	for _, f := range raw {
		if f.tag.skip {
			continue
		}
		if !f.v.Exported() {
			if f.tag.has("json") {
				b.errorOnce(f.at.pos, annotate.CodeTagOnUnexported, "%s is not exported, so that JSON passes it over; write %s, or remove its json tag", f.at.what, upperFirst(f.v.Name()))
			}
			continue
		}
		b.checkJSONOptions(f)
		members = append(members, f)
	}
	members = b.dominant(members)
	slices.SortFunc(members, bySource)
	out := make([]*model.Field, 0, len(members))
	for _, f := range members {
		out = append(out, b.memberField(typ, f))
	}
	return out
}

func (f rawField) jsonName() string {
	if f.tag.jsonName != "" {
		return f.tag.jsonName
	}
	return f.v.Name()
}

// dominant keeps one field a JSON name: the shallowest one. Two of the same
// name on the same level are a mistake that encoding/json/v2 refuses too.
func (b *builder) dominant(fields []rawField) []rawField {
	first := map[string]rawField{}
	var out []rawField
	for _, f := range fields {
		name := f.jsonName()
		prev, dup := first[name]
		if !dup {
			first[name] = f
			out = append(out, f)
			continue
		}
		if len(prev.path) == len(f.path) {
			if b.embeddedTwice(prev, f) {
				continue
			}
			d := b.errorf(f.at.pos, f.at.end, annotate.CodeDuplicateName, "%s has the JSON name %q, which another field has already; give one of them another json: name", f.at.what, name)
			b.related(d, prev.at.pos, "%q is taken here", name)
		}
	}
	return out
}

// embeddedTwice reports a field that is reached by two ways, neither of which is
// the shorter one, so that Go would take it for none.
func (b *builder) embeddedTwice(prev, f rawField) bool {
	if prev.v != f.v {
		return false
	}
	b.errorOnce(f.at.pos, annotate.CodeDuplicateName, "%s is embedded twice, as %s and as %s, so that it stands for neither; embed its struct once, or give one of the embedding fields a name",
		f.at.what, strings.Join(prev.path, "."), strings.Join(f.path, "."))
	return true
}

// memberField describes a field that travels in JSON.
func (b *builder) memberField(owner types.Type, f rawField) *model.Field {
	mf := b.newField(owner, f)
	mf.In, mf.Name = model.InBody, f.jsonName()
	mf.OmitEmpty, mf.OmitZero, mf.Quoted = f.tag.json["omitempty"], f.tag.json["omitzero"], f.tag.json["string"]
	mf.Type = b.types.jsonType(f.v.Type(), f.at)
	if mf.Quoted {
		b.checkQuoted(f, mf.Type)
	}
	b.presence(mf, f)
	return mf
}

func (b *builder) newField(owner types.Type, f rawField) *model.Field {
	mf := &model.Field{Go: b.selector(owner, f), Pos: b.pos(f.v.Pos())}
	if node := b.fieldNode(f.v); node != nil {
		mf.Doc = b.doc(f.v.Pkg().Path(), node.Doc, node.Comment)
	}
	return mf
}

func (b *builder) checkQuoted(f rawField, id model.TypeID) {
	t := b.m.Types[id]
	if t.Kind == model.Pointer {
		t = b.m.Types[t.Elem]
	}
	switch t.Kind {
	case model.Int, model.Int8, model.Int16, model.Int32, model.Int64,
		model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64,
		model.Float32, model.Float64:
	default:
		w := f.tag.option("json", "string")
		b.errorf(w.pos, w.end, annotate.CodeUnknownOption, "%s: the json option \"string\" writes a number inside a string and fits numbers only; remove it", f.at.what)
	}
}

var knownJSONOptions = []string{"omitempty", "omitzero", "string"}

// commaAdvice tells what to write for a json tag with a comma too many.
func commaAdvice(name string) string {
	if name == "-" {
		return "write json:\"-\" to leave the field out, or another name"
	}
	return "remove the comma"
}

// checkJSONOptions reports options of a json tag that would change its meaning
// unseen.
func (b *builder) checkJSONOptions(f rawField) {
	if i := strings.IndexAny(f.tag.jsonName, "\\'\"`"); i >= 0 {
		b.errorOnce(f.tag.values["json"].at(i), annotate.CodeTagSyntax, "the JSON name of %s holds %q, which encoding/json does not take in a tag; leave out quotes and backslashes", f.at.what, f.tag.jsonName[i])
	} else if !utf8.ValidString(f.tag.jsonName) {
		b.errorOnce(f.tag.values["json"].at(0), annotate.CodeTagSyntax, "the JSON name of %s is not valid UTF-8; JSON text always is (RFC 8259, section 8.1)", f.at.what)
	}
	for _, o := range f.tag.jsonOptions {
		if o.text == "" {
			b.errorOnce(o.pos, annotate.CodeTagSyntax, "no option follows the comma in the json tag of %s; %s", f.at.what, commaAdvice(f.tag.jsonName))
			continue
		}
		word, _, _ := strings.Cut(o.text, ":")
		if slices.Contains(knownJSONOptions, o.text) {
			continue
		}
		switch word {
		case "inline", "embed", "unknown", "case", "nocase", "strictcase", "format":
			b.errorf(o.pos, token.NoPos, annotate.CodeLaterOption, "the json option %q is not supported yet; remove it", o.text)
		default:
			b.unknownOption(o, knownJSONOptions, "unknown json option %q", o.text)
		}
	}
}
