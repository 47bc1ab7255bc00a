package build

import (
	"go/ast"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// fieldTag is a struct tag split by key.
type fieldTag struct {
	values map[string]tagValue
	broken bool // the tag, or a key of it, was reported

	skip        bool // json:"-"
	jsonName    string
	json        map[string]bool
	jsonOptions []located
}

// tagValue is the text behind a key, and how to find a byte of it.
type tagValue struct {
	text string
	pos  token.Pos
	at   func(offset int) token.Pos
}

// keyWord is the key in front of v.
func (v tagValue) keyWord(key string) located {
	end := v.pos
	if v.at(0) != v.pos { // the source is at hand
		end += token.Pos(len(key))
	}
	return located{key, v.pos, end}
}

// located is a word with its place. Where the source spells it in another way, or
// is not at hand, end is not as far from pos as the word is long.
type located struct {
	text     string
	pos, end token.Pos
}

func (t fieldTag) has(key string) bool {
	_, ok := t.values[key]
	return ok
}

// ourKeys are the tag keys that mean something here, now or later.
var ourKeys = []string{"json", "path", "query", "header", "cookie", "form", "body", "status", "validate", "default", "example", "pattern", "format", "api"}

// splitTag reads the tag of a field, exactly placed where its source is at
// hand.
func (b *builder) splitTag(node *ast.Field, raw string, pos token.Pos) fieldTag {
	t := fieldTag{values: map[string]tagValue{}, json: map[string]bool{}}
	if node != nil && node.Tag != nil {
		tags, errs := annotate.ParseTag(node.Tag)
		t.broken = len(errs) > 0
		for _, e := range errs {
			if !b.broken[e.Pos] {
				b.broken[e.Pos] = true
				b.errorf(e.Pos, token.NoPos, annotate.CodeTagSyntax, "%s", e.Message)
			}
		}
		for _, tag := range tags {
			t.values[tag.Key] = tagValue{tag.Value, tag.Pos, tag.At}
		}
	} else {
		at := func(int) token.Pos { return pos }
		for _, key := range ourKeys {
			if v, ok := reflect.StructTag(raw).Lookup(key); ok {
				t.values[key] = tagValue{v, pos, at}
			}
		}
	}
	t.splitJSON()
	return t
}

func (t *fieldTag) splitJSON() {
	v, ok := t.values["json"]
	if !ok {
		return
	}
	if v.text == "-" {
		t.skip = true
		return
	}
	words := splitWords(v)
	t.jsonName = words[0].text
	t.jsonOptions = words[1:]
	for _, w := range t.jsonOptions {
		t.json[w.text] = true
	}
}

// splitWords cuts a comma-separated tag value.
func splitWords(v tagValue) []located {
	var out []located
	offset := 0
	for _, w := range strings.Split(v.text, ",") {
		out = append(out, located{w, v.at(offset), v.at(offset + len(w))})
		offset += len(w) + 1
	}
	return out
}

// option is where an option of a tag stands, the tag itself where that is not
// known.
func (t fieldTag) option(key, text string) located {
	v := t.values[key]
	for _, w := range splitWords(v)[1:] {
		if w.text == text {
			return w
		}
	}
	return located{text, v.pos, v.pos}
}

// name is where the name in a tag stands, the part before the first comma.
func (t fieldTag) name(key string) located { return splitWords(t.values[key])[0] }

// laterTags reports tags whose meaning is not built yet: passing them over
// would change what the user asked for.
func (b *builder) laterTags(f rawField) {
	for _, key := range []string{"pattern", "format"} {
		if v, ok := f.tag.values[key]; ok {
			b.errorOnce(v.pos, annotate.CodeLaterTag, "the tag %s: is not supported yet; %s", key, map[string]string{
				"pattern": "remove it, and check it in a method Validate() error of the type",
				"format":  "remove it: without it times are written as in RFC 3339",
			}[key])
		}
	}
}

// foreignKeys are tag keys of others that look like ours.
var foreignKeys = []string{"fake", "faker", "from", "forms", "param", "params", "patch", "app"}

// misspelledTags reports tag keys that are nearly ours: they would be passed
// over in silence.
func (b *builder) misspelledTags(f rawField) {
	for _, key := range slices.Sorted(maps.Keys(f.tag.values)) {
		if slices.Contains(ourKeys, key) || slices.Contains(foreignKeys, key) {
			continue
		}
		for _, ours := range ourKeys {
			if nearly(key, ours) {
				v := f.tag.values[key]
				d := b.errorOnce(v.pos, annotate.CodeUnknownTag, "unknown tag %s:; did you mean %s:?", key, ours)
				b.replace(d, v.keyWord(key), ours)
			}
		}
	}
}

// nearly reports whether a tag key is most likely meant as one of ours. A swap in
// a long word counts as one edit; short words are near to too much else.
func nearly(key, ours string) bool { return len(key) > 3 && annotate.Similar(key, ours) }

// misspelled reports whether something is wrong with the tag that may have been
// meant to say where the field is read from.
func (t fieldTag) misspelled() bool {
	for key := range t.values {
		if !slices.Contains(ourKeys, key) && !slices.Contains(foreignKeys, key) &&
			slices.ContainsFunc(ourKeys, func(ours string) bool { return nearly(key, ours) }) {
			return true
		}
	}
	return t.broken
}

// errorOnce reports at a place only once: a field is met again for every type
// that embeds its struct.
// The result is nil when it did before.
func (b *builder) errorOnce(pos token.Pos, c string, format string, args ...any) *annotate.Diagnostic {
	if b.broken[pos] {
		return nil
	}
	b.broken[pos] = true
	return b.errorf(pos, token.NoPos, c, format, args...)
}

// unknownOption reports an option of a tag that is none of the known ones, which
// are sorted.
func (b *builder) unknownOption(w located, known []string, format string, args ...any) {
	d := b.errorOnce(w.pos, annotate.CodeUnknownOption, format, args...)
	if !b.suggest(d, w, known) && d != nil {
		d.Message += orList(known)
	}
}
