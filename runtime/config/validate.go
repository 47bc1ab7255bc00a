package config

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// validator is what types say of their own values.
type validator interface{ Validate() error }

// validate calls the Validate methods of v and of what is in it, inner ones
// first. Those of embedded structs are called twice, as their own and promoted,
// and tell the same.
func (l *loader) validate(v reflect.Value, root *node, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			l.validate(v.Elem(), root, path)
		}
		return
	case reflect.Struct:
		l.validateFields(v, root, path)
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			l.validate(v.Index(i), root, fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			e := reflect.New(it.Value().Type()).Elem() // a method may need an address
			e.Set(it.Value())
			l.validate(e, root, join(path, it.Key().String()))
		}
	}
	if v.CanAddr() && v.Addr().CanInterface() {
		if check, ok := v.Addr().Interface().(validator); ok {
			l.found(check.Validate(), root, path)
		}
	}
}

func (l *loader) validateFields(v reflect.Value, root *node, path string) {
	for i := range v.NumField() {
		sf := v.Type().Field(i)
		if !sf.IsExported() && !sf.Anonymous {
			continue
		}
		name, inline := keyOf(sf)
		switch {
		case inline:
			l.validate(v.Field(i), root, path)
		case name != "-" && sf.IsExported():
			l.validate(v.Field(i), root, join(path, name))
		}
	}
}

// keyed splits the key off a message of a Validate method.
var keyed = regexp.MustCompile(`^([A-Za-z_]\w*(?:\[\d+\])?(?:\.[A-Za-z_]\w*(?:\[\d+\])?)*): `)

// found notes what a Validate method returned, each joined error by itself, at
// the key that it begins with.
func (l *loader) found(err error, root *node, path string) {
	if err == nil {
		return
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			l.found(e, root, path)
		}
		return
	}
	message := err.Error()
	if m := keyed.FindStringSubmatch(message); m != nil {
		path, message = join(path, m[1]), message[len(m[0]):]
	}
	l.addAt(placeOf(root, path), path, "%s", message)
}

// placeOf is where the value of a path stands, or where it is not there, the
// last key on the way.
func placeOf(root *node, path string) place {
	at, n := place{}, root
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if n.kind == list {
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(n.items) {
				return at
			}
			n = n.items[i]
			at = n.place
			continue
		}
		p := n.find(step)
		if p == nil {
			return at
		}
		at, n = p.place, p.value
	}
	if n == root {
		return at
	}
	return n.place
}
