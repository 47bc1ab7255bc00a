package jsonrt

import (
	"testing"
	"unsafe"
)

// TestStringIn: strings are parts of the copy, but for those that had to be
// unescaped, and names tell where they stand.
func TestStringIn(t *testing.T) {
	const whole = ` { "plain" : "value" , "\u0061" : "\u0062c" , "" : "" , "n" : 1 , "\\" : "\\" } `
	inside := func(s string) bool {
		at := uintptr(unsafe.Pointer(unsafe.StringData(s)))
		first := uintptr(unsafe.Pointer(unsafe.StringData(whole)))
		return first <= at && at < first+uintptr(len(whole))
	}
	var d Decoder
	d.Reset([]byte(whole))
	if !d.Object() {
		t.Fatal(d.Err())
	}
	for _, want := range []struct {
		name, value string
		plain, read bool
		shared      bool
	}{
		{"plain", "value", true, true, true},
		{"a", "bc", false, true, false},
		{"", "", true, true, false},
		{"n", "", true, false, false},
		{`\`, `\`, false, true, false},
	} {
		if !d.Next() {
			t.Fatal(d.Err())
		}
		start, end, plain := d.NameAt()
		if plain != want.plain || plain && whole[start:end] != want.name {
			t.Errorf("%q stands from %d to %d, plain %v", want.name, start, end, plain)
		}
		var s string
		read := d.StringIn(&s, whole)
		if read != want.read || s != want.value || len(s) > 0 && inside(s) != want.shared {
			t.Errorf("%q: got %q, %v, shared %v", want.name, s, read, inside(s))
		}
		if whole[d.Offset()] != ' ' {
			t.Errorf("%q: offset %d is not behind the value", want.name, d.Offset())
		}
	}
	if d.Next() || d.Err() != nil {
		t.Error(d.Err())
	}
	d.Reset([]byte(`{`))
	_ = d.Object() && d.Next()
	if _, _, plain := d.NameAt(); plain {
		t.Error("a text that is not JSON has names")
	}
}
