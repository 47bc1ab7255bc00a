package build

import (
	"slices"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// apiWords are the words of an api tag, nil where they are not said.
type apiWords struct {
	optional, hidden, readonly, writeonly *located
}

func (w apiWords) readOnly() bool { return w.readonly != nil && w.writeonly == nil }

// said is what the api tag of a field says, and how messages name the field.
type said struct {
	apiWords
	what     string
	required bool // by the rule of that name
}

// apiWords reads the api tag of a field.
func (b *builder) apiWords(f rawField) (words apiWords) {
	v, ok := f.tag.values["api"]
	if !ok {
		return words
	}
	for _, w := range splitWords(v) {
		switch w.text {
		case "optional":
			words.optional = &w
			if f.tag.has("path") {
				b.errorOnce(w.pos, annotate.CodePathPresence, "%s is a path value, which is always present; remove optional", f.at.what)
			}
		case "hidden":
			words.hidden = &w
		case "readonly":
			words.readonly = &w
		case "writeonly":
			words.writeonly = &w
		case "secret":
			b.errorOnce(w.pos, annotate.CodeLaterOption, "api:%q is not supported yet; remove it", w.text)
		default:
			b.unknownOption(w, []string{"hidden", "optional", "readonly", "secret", "writeonly"}, "unknown api option %q", w.text)
		}
	}
	return words
}

// direction notes in which direction a field travels, and refuses what could
// never act on one that is not read from requests.
func (b *builder) direction(mf *model.Field, f rawField, rules ruleSet, words apiWords) {
	b.words[mf] = said{words, f.at.what, rules.required}
	mf.Hidden, mf.ReadOnly, mf.WriteOnly = words.hidden != nil, words.readOnly(), words.writeonly != nil
	w := words.readonly
	if w == nil {
		return
	}
	switch {
	case words.writeonly != nil:
		mf.WriteOnly = false // else the field would have no direction at all
		b.errorOnce(max(w.pos, words.writeonly.pos), annotate.CodeNoDirection, "%s is readonly and writeonly, so that it would be neither read nor written; keep one of the words, or write json:\"-\"", f.at.what)
	case rules.required:
		b.errorOnce(w.pos, annotate.CodeReadOnlyRule, "%s is readonly, so that requests do not have it, and required by its rules; drop required, or readonly where a client decides the value", f.at.what)
	case f.tag.has("default"):
		b.errorOnce(f.tag.values["default"].pos, annotate.CodeReadOnlyRule, "%s is readonly and has a default, which would never be used, because it is not read; drop the default and set the value in the handler", f.at.what)
	}
}

// oneDirection refuses readonly and writeonly on a field that travels in
// requests only. The format takes the field and the word; also is what else may
// be done about readonly.
func (b *builder) oneDirection(mf *model.Field, format, also string) {
	words := b.words[mf]
	if words.readonly != nil {
		mf.ReadOnly = false
		b.errorOnce(words.readonly.pos, annotate.CodeDirection, format+also, words.what, "readonly")
	}
	if words.writeonly != nil {
		b.errorOnce(words.writeonly.pos, annotate.CodeDirection, format, words.what, "writeonly")
	}
}

// neverRead refuses writeonly on a field of an error.
func (b *builder) neverRead(mf *model.Field) {
	if words := b.words[mf]; words.writeonly != nil {
		b.errorOnce(words.writeonly.pos, annotate.CodeDirection, "%s is part of an error, which is written and never read; remove writeonly, or the tag that makes it a part", words.what)
	}
}

// wholeClaim refuses readonly and writeonly on a claim and on what it is made
// of: tokens are read as they were written.
func (b *builder) wholeClaim(mf *model.Field) {
	claim := b.words[mf].what
	seen := map[model.TypeID]bool{}
	var below func(id model.TypeID)
	refuse := func(mf *model.Field) {
		words := b.words[mf]
		for _, w := range []*located{words.readonly, words.writeonly} {
			switch {
			case w == nil:
			case words.what == claim:
				b.errorOnce(w.pos, annotate.CodeDirection, "%s is a claim, and tokens are read as they were written; remove %s", words.what, w.text)
			default:
				b.errorOnce(w.pos, annotate.CodeDirection, "%s is part of %s, a claim, and tokens are read as they were written; remove %s, or use another type for the claim", words.what, claim, w.text)
			}
		}
	}
	below = func(id model.TypeID) {
		if id == model.NoType || seen[id] {
			return
		}
		seen[id] = true
		t := b.m.Types[id]
		for _, f := range t.Fields {
			refuse(f)
		}
		for _, part := range parts(t, t.Fields) {
			below(part)
		}
	}
	refuse(mf)
	below(mf.Type)
}

// hiddenFields reports fields that are left out of the document although a
// client would have to send them.
func (b *builder) hiddenFields() {
	for _, r := range b.requests {
		b.mayBeHidden(r.m.Params)
		b.mayBeHidden(r.m.Members)
		if r.m.Body != nil {
			b.mayBeHidden([]*model.Field{r.m.Body})
		}
	}
	for _, t := range b.m.Types {
		if t.NeedsDecode {
			b.mayBeHidden(t.Fields)
		}
	}
}

func (b *builder) mayBeHidden(fields []*model.Field) {
	for _, mf := range fields {
		words := b.words[mf]
		if !mf.Hidden || !mf.Required {
			continue
		}
		says := "%s is hidden, and a request without it is refused, which a reader of the document could not know; write api:\"hidden,optional\", or give it a default:"
		switch {
		case mf.In == model.InPath:
			says = "%s is a path value, without which there is no request; remove hidden, or write it on the api:route to leave the whole route out of the document"
		case words.required:
			says = "%s is hidden and required by its rules, which a reader of the document could not know; drop required and write api:\"hidden,optional\", or give it a default:"
		}
		b.errorOnce(words.hidden.pos, annotate.CodeHiddenRequired, says, words.what)
	}
}

// readable lists the fields that requests are read into, all but readonly ones.
func readable(fields []*model.Field) []*model.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f *model.Field) bool { return f.ReadOnly })
}

// writable lists the fields that answers are written from, all but writeonly
// ones.
func writable(fields []*model.Field) []*model.Field {
	return slices.DeleteFunc(slices.Clone(fields), func(f *model.Field) bool { return f.WriteOnly })
}
