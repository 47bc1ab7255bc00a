package config

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

var (
	textType     = reflect.TypeFor[encoding.TextUnmarshaler]()
	jsonType     = reflect.TypeFor[json.Unmarshaler]()
	durationType = reflect.TypeFor[time.Duration]()
)

// readsText and readsJSON report whether a *t reads itself.
func readsText(t reflect.Type) bool { return reflect.PointerTo(t).Implements(textType) }
func readsJSON(t reflect.Type) bool { return reflect.PointerTo(t).Implements(jsonType) }

func readsItself(t reflect.Type) bool { return readsText(t) || readsJSON(t) }

// fill sets v to what n says. What is wrong is noted.
func (l *loader) fill(v reflect.Value, n *node, path string) {
	switch t := v.Type(); {
	case n.wrong:
	case n.kind == null:
		l.fillNull(v, n, path)
	case t.Kind() == reflect.Pointer:
		p := clonePointer(v)
		l.fill(p.Elem(), n, path)
		v.Set(p)
	case t == durationType:
		l.fillDuration(v, n, path)
	case readsText(t):
		l.fillText(v, n, path)
	case readsJSON(t):
		l.fillJSON(v, n, path)
	default:
		l.fillKind(v, n, path)
	}
}

// fillNull is for keys without a value.
func (l *loader) fillNull(v reflect.Value, n *node, path string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		v.SetZero()
	case reflect.Struct: // a block of which everything is commented out
		if readsItself(v.Type()) {
			l.add(n, path, "has no value: write one, or remove the key")
		}
	default:
		l.add(n, path, "has no value: write one, or remove the key")
	}
}

// fillKind is for the types of Go itself.
func (l *loader) fillKind(v reflect.Value, n *node, path string) {
	switch v.Kind() {
	case reflect.Struct:
		if l.is(n, path, object) {
			l.fillStruct(v, n, path)
		}
	case reflect.Slice, reflect.Array:
		if l.is(n, path, list) {
			l.fillList(v, n, path)
		}
	case reflect.Map:
		l.fillMap(v, n, path)
	case reflect.Interface:
		if v.NumMethod() > 0 {
			l.add(n, path, "the field is a %v, which no file can hold: tag it yaml:\"-\"", v.Type())
			return
		}
		v.Set(reflect.ValueOf(n.any()))
	case reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		l.add(n, path, "the field is a %v, which no file can hold: tag it yaml:\"-\"", v.Type())
	default:
		l.fillScalar(v, n, path)
	}
}

// is notes when n is not of the kind that its field wants.
func (l *loader) is(n *node, path string, want kind) bool {
	if n.kind == want {
		return true
	}
	hint := ""
	switch {
	case want == list:
		hint = ": write it in brackets, or each item in a line that begins with a dash"
		if n.variable != "" {
			hint = `: write it as JSON, such as ["a","b"]`
		}
	case want == object && n.isScalar() && n.variable != "":
		hint = `: write them as JSON, such as {"a":"b"}`
	case want == object && n.isScalar() && path == "":
		hint = ": a colon and a space stand behind a key"
	case want == object && n.isScalar():
		hint = ": write them in the lines below, indented"
	}
	l.add(n, path, "expected %v, got %v%s", want, n.kind, hint)
	return false
}

func (l *loader) fillStruct(v reflect.Value, n *node, path string) {
	fields, err := fieldsOf(v.Type())
	if err != nil {
		l.add(n, path, "%s", strings.TrimPrefix(err.Error(), "config: "))
		return
	}
	for _, p := range n.pairs {
		at := join(path, p.key)
		i := slices.IndexFunc(fields, func(f field) bool { return f.name == p.key })
		switch {
		case i >= 0:
			l.fill(fieldByIndex(v, fields[i].index), p.value, at)
		case !l.ignored[at]:
			l.misspelt[path] = true
			l.addAt(p.place, at, "%s", unknown(v.Type(), path, p.key, fields))
		}
	}
}

func (l *loader) fillList(v reflect.Value, n *node, path string) {
	if v.Kind() == reflect.Array {
		if len(n.items) != v.Len() {
			l.add(n, path, "expected %d items, got %d", v.Len(), len(n.items))
			return
		}
	} else {
		v.Set(reflect.MakeSlice(v.Type(), len(n.items), len(n.items)))
	}
	for i, item := range n.items {
		l.fill(v.Index(i), item, fmt.Sprintf("%s[%d]", path, i))
	}
}

func (l *loader) fillMap(v reflect.Value, n *node, path string) {
	if !l.is(n, path, object) {
		return
	}
	t := v.Type()
	if t.Key().Kind() != reflect.String || readsItself(t.Key()) {
		l.add(n, path, "the field is a %v, and only maps with keys of text can be read", t)
		return
	}
	m := reflect.MakeMapWithSize(t, len(n.pairs))
	for _, p := range n.pairs {
		e := reflect.New(t.Elem()).Elem()
		l.fill(e, p.value, join(path, p.key))
		m.SetMapIndex(reflect.ValueOf(p.key).Convert(t.Key()), e)
	}
	v.Set(m)
}
