package genrt

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestPlacesAreCheap: a request that nests deeply, or has one giant name, and
// breaks a rule many times inside must not cost the product of both.
func TestPlacesAreCheap(t *testing.T) {
	s, _ := newServer(t)
	for name, enter := range map[string]func(*Validation){
		"deep": func(x *Validation) {
			for range 10_000 {
				x.Enter("member")
			}
		},
		"long": func(x *Validation) { x.Enter(strings.Repeat("~é", 100_000)) },
	} {
		c := s.Begin(httptest.NewRecorder(), httptest.NewRequest("POST", "/", nil))
		x := c.Validation()
		enter(x)
		if n := len(x.pointer()); n <= maxPointer || n > 4*maxPointer {
			t.Errorf("%s: a pointer of %d bytes was built", name, n)
		}
	}
}

// TestPointersAreCutWhole: neither characters nor escapes are cut in two.
func TestPointersAreCutWhole(t *testing.T) {
	s, _ := newServer(t)
	for _, unit := range []string{"~", "/", "é", "😀", "a~"} {
		for shift := range 4 {
			c := s.Begin(httptest.NewRecorder(), httptest.NewRequest("POST", "/", nil))
			x := c.Validation()
			x.Enter(strings.Repeat("x", shift) + strings.Repeat(unit, 300))
			x.Check(errors.New("bad"))
			p := c.issues[0].Pointer
			if len(p) > maxPointer || len(p) < maxPointer-3 || !utf8.ValidString(p) || strings.HasSuffix(p, "~") {
				t.Errorf("%q after %d: %d bytes, ending in %q", unit, shift, len(p), p[len(p)-4:])
			}
		}
	}
}
