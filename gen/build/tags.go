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

// located is a word with its place.
type located struct {
	text string
	pos  token.Pos
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
		out = append(out, located{w, v.at(offset)})
		offset += len(w) + 1
	}
	return out
}

// apiOptions reads the api tag of a field.
func (b *builder) apiOptions(f rawField) (optional bool) {
	v, ok := f.tag.values["api"]
	if !ok {
		return false
	}
	for _, w := range splitWords(v) {
		switch w.text {
		case "optional":
			optional = true
			if f.tag.has("path") {
				b.errorOnce(w.pos, annotate.CodePathPresence, "%s is a path value, which is always present; remove optional", f.at.what)
			}
		case "hidden", "readonly", "writeonly", "secret":
			b.errorOnce(w.pos, annotate.CodeLaterOption, "api:%q is not supported yet; remove it", w.text)
		default:
			b.errorOnce(w.pos, annotate.CodeUnknownOption, "unknown api option %q%s", w.text, didYouMean(w.text, []string{"optional", "hidden", "readonly", "writeonly", "secret"}))
		}
	}
	return optional
}

// laterTags reports tags whose meaning is not built yet: passing them over
// would change what the user asked for.
func (b *builder) laterTags(f rawField) {
	for _, key := range []string{"pattern", "format"} {
		if v, ok := f.tag.values[key]; ok {
			b.errorOnce(v.pos, annotate.CodeLaterTag, "the tag %s: is not supported yet; remove it", key)
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
			// A swap in a long word counts as one edit; short words are near
			// to too much else.
			if len(key) > 3 && annotate.Similar(key, ours) {
				b.errorOnce(f.tag.values[key].pos, annotate.CodeUnknownTag, "unknown tag %s:; did you mean %s:?", key, ours)
			}
		}
	}
}

// errorOnce reports at a place only once: a field is met again for every type
// that embeds its struct.
func (b *builder) errorOnce(pos token.Pos, c string, format string, args ...any) {
	if b.broken[pos] {
		return
	}
	b.broken[pos] = true
	b.errorf(pos, token.NoPos, c, format, args...)
}

func didYouMean(word string, known []string) string {
	if s := annotate.Suggest(word, known); s != "" {
		return "; did you mean " + s + "?"
	}
	known = slices.Sorted(slices.Values(known))
	return "; known are " + strings.Join(known, ", ")
}
