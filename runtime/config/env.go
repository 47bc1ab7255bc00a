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
		if i < 0 {
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

// variables lists what can be overridden in a struct: what its fields hold in
// the end, not the structs on the way.
func variables(prefix string, t reflect.Type, path []string) ([]variable, error) {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || readsItself(t) {
		return []variable{{prefix, path, t}}, nil
	}
	const deep = 8 // a type that holds itself has no end
	if len(path) == deep {
		return nil, nil
	}
	fields, err := fieldsOf(t)
	if err != nil {
		return nil, err
	}
	var all []variable
	for _, f := range fields {
		inner, err := variables(prefix+"_"+upperSnake(f.name), f.typ, append(slices.Clone(path), f.name))
		if err != nil {
			return nil, err
		}
		for _, v := range inner {
			if i := slices.IndexFunc(all, func(w variable) bool { return w.name == v.name }); i >= 0 {
				return nil, fmt.Errorf("config: %s would override both %s and %s: give one another name by a tag",
					v.name, strings.Join(all[i].path, "."), strings.Join(v.path, "."))
			}
			all = append(all, v)
		}
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
	switch v.typ.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map, reflect.Interface:
		if readsItself(v.typ) {
			return
		}
		inner := &loader{file: l.file}
		if parsed := inner.parseJSON([]byte(value)); parsed != nil && len(inner.problems) == 0 {
			parsed.from(at)
			*n = *parsed
			return
		}
		if v.typ.Kind() != reflect.Interface {
			l.addAt(at, strings.Join(v.path, "."), `expected JSON, such as ["a","b"] for a list`)
			n.wrong = true
		}
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
