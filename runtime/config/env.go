package config

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var prefixForm = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// variable is a key and the environment variable that overrides it.
type variable struct {
	name string
	path []string
	typ  reflect.Type
}

// override writes the variables under the prefix into the tree. Its error is a
// mistake of the program.
func (l *loader) override(root *node, t reflect.Type) error {
	if !prefixForm.MatchString(l.prefix) {
		return fmt.Errorf("config: Env(%q): expected a prefix of upper case letters, digits and underscores, such as USERAPI", l.prefix)
	}
	known, err := variables(strings.TrimSuffix(l.prefix, "_"), t, nil)
	if err != nil {
		return err
	}
	prefix := strings.TrimSuffix(l.prefix, "_") + "_"
	var names []string
	for _, line := range l.environ {
		name, _, _ := strings.Cut(line, "=")
		if strings.HasPrefix(name, prefix) && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names) // messages come in the same order each time
	for _, name := range names {
		i := slices.IndexFunc(known, func(v variable) bool { return v.name == name })
		if i < 0 && l.used[name] {
			continue
		}
		if i < 0 {
			l.misspelt[anywhere] = true
			l.addAt(place{variable: name}, "", "%s", l.noSuchVariable(name, known))
			continue
		}
		value, _ := l.variable(name)
		l.set(root, known[i], value)
	}
	return nil
}

func (l *loader) noSuchVariable(name string, known []variable) string {
	prefix := strings.TrimSuffix(l.prefix, "_") + "_"
	var names []string
	for _, v := range known {
		names = append(names, strings.TrimPrefix(v.name, prefix))
	}
	if s := suggest(strings.TrimPrefix(name, prefix), names); s != "" {
		return "overrides no key; did you mean " + prefix + s + "?"
	}
	return fmt.Sprintf("overrides no key, and every variable that begins with %s should: unset it", prefix)
}

// variables lists what can be overridden in a value of type t: each key of a
// struct, and those of structs in it. A type inside itself has no end, and is
// overridden as a whole there. Around are the types around t.
func variables(prefix string, t reflect.Type, path []string, around ...reflect.Type) ([]variable, error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var all []variable
	if len(path) > 0 {
		all = append(all, variable{prefix, path, t})
	}
	if t.Kind() != reflect.Struct || readsItself(t) || slices.Contains(around, t) {
		return all, nil
	}
	fields, err := fieldsOf(t)
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		inner, err := variables(prefix+"_"+upperSnake(f.name), f.typ, append(slices.Clone(path), f.name), append(slices.Clone(around), t)...)
		if err != nil {
			return nil, err
		}
		all = append(all, inner...)
	}
	if len(path) > 0 {
		return all, nil
	}
	paths := map[string][]string{}
	for _, v := range all {
		if other, ok := paths[v.name]; ok {
			return nil, fmt.Errorf("config: %s would override both %s and %s: give one another name by a tag",
				v.name, strings.Join(other, "."), strings.Join(v.path, "."))
		}
		paths[v.name] = v.path
	}
	return all, nil
}

// upperSnake turns AccessSecret into ACCESS_SECRET and HTTPPort into HTTP_PORT.
func upperSnake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if i > 0 && unicode.IsUpper(r) {
			afterLower := unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1])
			beforeLower := unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if afterLower || beforeLower {
				b.WriteByte('_')
			}
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(unicode.ToUpper(r))
		} else {
			b.WriteByte('_')
		}
	}
	return b.String()
}

// set puts a value into the tree, with the keys on the way.
func (l *loader) set(n *node, v variable, value string) {
	at := place{variable: v.name}
	for _, key := range v.path {
		if n.kind == null {
			n.kind = object
		}
		p := n.find(key)
		if p == nil {
			p = &pair{place: at, key: key, value: &node{place: at}}
			n.pairs = append(n.pairs, p)
		}
		n = p.value
	}
	*n = node{place: at, kind: text, text: value, expanded: true}
	form := "" // for a value that may be text
	switch kind := v.typ.Kind(); {
	case readsText(v.typ):
		return
	case readsJSON(v.typ) || kind == reflect.Interface:
	case kind == reflect.Slice || kind == reflect.Array:
		form = `["a","b"]`
	case kind == reflect.Map || kind == reflect.Struct:
		form = `{"a":"b"}`
	default:
		return
	}
	inner := newLoader(l.file, nil)
	if parsed := inner.parseJSON([]byte(value)); parsed != nil && len(inner.problems) == 0 {
		parsed.from(at)
		*n = *parsed
	} else if form != "" {
		l.addAt(at, strings.Join(v.path, "."), "expected JSON, such as %s", form)
		n.wrong = true
	}
}

// from moves n and all below it to where it was found.
func (n *node) from(at place) {
	n.place = at
	for _, item := range n.items {
		item.from(at)
	}
	for _, p := range n.pairs {
		p.place = at
		p.value.from(at)
	}
}
