package config

import (
	"fmt"
	"reflect"
	"strings"
)

// field is a key of a struct.
type field struct {
	name  string
	index []int // through embedded structs
	typ   reflect.Type
}

// fieldsOf lists the keys of a struct, those of embedded structs among them. An
// outer key hides an inner one of the same name, as in Go.
func fieldsOf(t reflect.Type) ([]field, error) {
	var all []field
	depth := map[string]int{}
	level := []field{{typ: t}}
	for d := 0; len(level) > 0; d++ {
		if d > maxDepth {
			return nil, fmt.Errorf("config: %v embeds itself", t)
		}
		var next []field
		for _, s := range level {
			for f := range fieldsIn(s.typ) {
				f.index = append(append([]int(nil), s.index...), f.index...)
				if f.name == "" {
					next = append(next, f)
					continue
				}
				if at, ok := depth[f.name]; ok {
					if at == d {
						return nil, fmt.Errorf("config: two fields of %v have the key %s: give one another name by a tag, or embed them under names", t, f.name)
					}
					continue
				}
				depth[f.name] = d
				all = append(all, f)
			}
		}
		level = next
	}
	return all, nil
}

// fieldsIn goes over the fields of one struct; embedded structs have no name.
func fieldsIn(t reflect.Type) func(yield func(field) bool) {
	return func(yield func(field) bool) {
		for i := range t.NumField() {
			sf := t.Field(i)
			name, inline := keyOf(sf)
			if name == "-" || !sf.IsExported() && !(sf.Anonymous && sf.Type.Kind() == reflect.Struct) {
				continue
			}
			f := field{name: name, index: sf.Index, typ: sf.Type}
			if inline && sf.Type.Kind() == reflect.Pointer {
				f.typ = sf.Type.Elem()
			}
			if inline {
				f.name = ""
			}
			if !yield(f) {
				return
			}
		}
	}
}

// keyOf is the key of a field, and whether its own keys stand in its place.
func keyOf(sf reflect.StructField) (name string, inline bool) {
	tag, ok := sf.Tag.Lookup("yaml")
	if !ok {
		tag = sf.Tag.Get("json")
	}
	name, options, _ := strings.Cut(tag, ",")
	if name == "-" && options == "" {
		return "-", false
	}
	t := sf.Type
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	inline = t.Kind() == reflect.Struct && name == "" && !readsItself(t) &&
		(sf.Anonymous || strings.Contains(","+options+",", ",inline,"))
	if name == "" {
		name = sf.Name
	}
	return name, inline
}

// fieldByIndex returns the field of v, making the embedded structs on the way
// that are nil pointers.
func fieldByIndex(v reflect.Value, index []int) reflect.Value {
	for i, x := range index {
		if i > 0 && v.Kind() == reflect.Pointer {
			v.Set(clonePointer(v))
			v = v.Elem()
		}
		v = v.Field(x)
	}
	return v
}

// clonePointer returns a pointer to a copy of what v points to, or to a new
// value, so that filling it does not change the caller's.
func clonePointer(v reflect.Value) reflect.Value {
	p := reflect.New(v.Type().Elem())
	if !v.IsNil() {
		p.Elem().Set(v.Elem())
	}
	return p
}
