package config

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// validator is what types say of their own values.
type validator interface{ Validate() error }

// validation calls the Validate methods of a value and of what is in it.
type validation struct {
	*loader
	root *node
	open map[pointer]bool // pointers around the current value, which may lead back
}

type pointer struct {
	to  uintptr
	typ reflect.Type
}

// validate notes what the Validate methods in v find, unless it follows from
// mistakes that are noted already.
func (l *loader) validate(v reflect.Value, root *node) {
	known := len(l.problems)
	c := &validation{loader: l, root: root, open: map[pointer]bool{}}
	c.value(v, "")
	found := slices.Clone(l.problems[known:])
	l.problems = l.problems[:known]
	l.problems = append(l.problems, l.withoutConsequences(found, root)...)
}

// value calls the methods inside v before that of v. Those of embedded structs
// are called twice, as their own and promoted, and say the same.
func (c *validation) value(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		p := pointer{v.Pointer(), v.Type()}
		if !v.IsNil() && !c.open[p] {
			c.open[p] = true
			c.value(v.Elem(), path)
			delete(c.open, p)
		}
		return
	case reflect.Struct:
		c.fields(v, path)
	case reflect.Slice, reflect.Array:
		if plain(v.Type().Elem()) {
			break
		}
		for i := range v.Len() {
			c.value(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			e := reflect.New(it.Value().Type()).Elem() // a method may need an address
			e.Set(it.Value())
			c.value(e, join(path, fmt.Sprint(it.Key())))
		}
	}
	if !v.CanAddr() {
		return
	}
	// An embedded struct of an unexported type has exported fields, and a method
	// that is worth as much as theirs: a new value of its address may be used.
	if check, ok := reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Interface().(validator); ok {
		c.found(check.Validate(), path)
	}
}

// plain reports whether values of t hold nothing that could have a method.
func plain(t reflect.Type) bool {
	return t.PkgPath() == "" && t.Kind() <= reflect.Complex128
}

func (c *validation) fields(v reflect.Value, path string) {
	for i := range v.NumField() {
		sf := v.Type().Field(i)
		name, inline := keyOf(sf)
		switch {
		case name == "-":
		case inline && (sf.IsExported() || sf.Anonymous && sf.Type.Kind() == reflect.Struct):
			c.value(v.Field(i), path)
		case sf.IsExported():
			c.value(v.Field(i), join(path, name))
		}
	}
}

// keyed splits the key off a message of a Validate method.
var keyed = regexp.MustCompile(`^([A-Za-z_]\w*(?:\[\d+\])?(?:\.[A-Za-z_]\w*(?:\[\d+\])?)*): `)

// found notes what a Validate method returned, each joined error by itself, at
// the key that it begins with.
func (c *validation) found(err error, path string) {
	if err == nil {
		return
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			c.found(e, path)
		}
		return
	}
	message := err.Error()
	if m := keyed.FindStringSubmatch(message); m != nil {
		path, message = join(path, m[1]), message[len(m[0]):]
	}
	at, _ := placeOf(c.root, path)
	c.addAt(at, path, "%s", strings.ReplaceAll(message, "\n", "; "))
}

// withoutConsequences drops from found what a person who mends the mistakes so
// far may have mended, too: what is said of a key with such a mistake, of one
// around or in it, and of a key that is missing where one is misspelt.
func (l *loader) withoutConsequences(found Errors, root *node) Errors {
	if len(l.problems) == 0 {
		return found
	}
	told, around := map[string]bool{}, map[string]bool{}
	for _, p := range l.problems {
		told[p.Path] = true
		for path := p.Path; path != ""; {
			path = parent(path)
			around[path] = true
		}
	}
	return slices.DeleteFunc(found, func(e *Error) bool {
		if around[e.Path] {
			return true
		}
		for path := e.Path; ; path = parent(path) {
			_, there := placeOf(root, path)
			if told[path] || !there && (l.misspelt[parent(path)] || l.misspelt[anywhere]) {
				return true
			}
			if path == "" {
				return false
			}
		}
	})
}

// anywhere stands for all blocks.
const anywhere = "*"

// parent cuts the last step off a path.
func parent(path string) string {
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}

// placeOf is where the value of a path stands, or where it is not there, the
// last key on the way.
func placeOf(root *node, path string) (_ place, there bool) {
	at, n := place{}, root
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if n.kind == list {
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(n.items) {
				return at, false
			}
			n = n.items[i]
			at = n.place
			continue
		}
		p := n.find(step)
		if p == nil {
			return at, false
		}
		at, n = p.place, p.value
	}
	if n == root {
		return at, true
	}
	return n.place, true
}
