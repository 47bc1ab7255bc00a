package genrt

import "reflect"

// IsZero reports whether *v is the zero value of its type, for json:",omitzero"
// on types that generated code cannot compare and that have no IsZero method.
func IsZero[T any](v *T) bool { return reflect.ValueOf(v).Elem().IsZero() }

// IsEmpty reports whether *v is what json:",omitempty" of encoding/json leaves
// out: false, 0, nil, and strings, slices, maps and arrays without elements. It
// is asked of types whose own methods hide what they are made of.
func IsEmpty[T any](v *T) bool {
	e := reflect.ValueOf(v).Elem()
	switch e.Kind() {
	case reflect.String, reflect.Slice, reflect.Map, reflect.Array:
		return e.Len() == 0
	case reflect.Struct, reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return false
	}
	return e.IsZero()
}
