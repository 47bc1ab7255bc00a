package jsonrt

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

// allocated returns the bytes that f allocates.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// hostile texts of about 1 MiB.
func hostile() map[string]string {
	const size = 1 << 20
	var names, nested, siblings strings.Builder
	names.WriteString(`{"":0`)
	for i := 0; names.Len() < size; i++ {
		fmt.Fprintf(&names, `,"%x":0`, i)
	}
	names.WriteByte('}')
	for range 999 { // each object has more names than are compared one by one
		nested.WriteString(`{`)
		for i := range 12 {
			fmt.Fprintf(&nested, `"%d":0,`, i)
		}
		nested.WriteString(`"x":`)
	}
	nested.WriteString("0" + strings.Repeat("}", 999))
	siblings.WriteString(`[0`)
	for siblings.Len() < size {
		siblings.WriteString(`,{"a":0,"b":{"a":0}}`)
	}
	siblings.WriteByte(']')
	return map[string]string{
		"names":     names.String(),
		"nested":    nested.String(),
		"siblings":  siblings.String(),
		"number":    "[" + strings.Repeat("9", size) + "]",
		"fraction":  "[0." + strings.Repeat("9", size) + "e-1]",
		"long name": `{"` + strings.Repeat("n", size) + `":0}`,
		"escapes":   `{"` + strings.Repeat(`\u0061`, size/6) + `":0,"b":0}`,
		"arrays":    strings.Repeat("[", 10000) + strings.Repeat("]", 10000),
	}
}

// TestMemoryOfHostileTexts: what skipping allocates is bounded by the text.
func TestMemoryOfHostileTexts(t *testing.T) {
	for name, s := range hostile() {
		text := []byte(s)
		var d Decoder
		used := allocated(func() {
			d.Reset(text)
			if !d.Object() {
				return // an array: skipped as a mismatch
			}
			for d.Next() {
				d.Unknown()
			}
		})
		if d.Err() != nil || used > 16*uint64(len(text))+1<<20 {
			t.Errorf("%s of %d bytes: %d allocated, %v", name, len(text), used, d.Err())
		}
		d.Reset(nil)
		if kept := cap(d.frames)*24 + cap(d.scratch) + cap(d.names.list)*32 + 4*len(d.names.slots); kept > 128<<10 {
			t.Errorf("%s: %d bytes are kept for the next text", name, kept)
		}
	}
}

// TestWorkOfNames: however many names there are, each is compared with few
// others: those of one hash, and those on the way to its slot.
func TestWorkOfNames(t *testing.T) {
	for name, s := range hostile() {
		if !strings.HasPrefix(s, "{") {
			continue
		}
		var d Decoder
		d.Reset([]byte(s))
		longest, run := 0, 0
		for ok := d.Object(); ok && d.Next(); {
			if !d.remember() {
				break
			}
			d.Skip()
			if len(d.names.slots) > 0 && d.names.used > len(d.names.slots)/2+1 {
				t.Fatalf("%s: %d of %d slots are used", name, d.names.used, len(d.names.slots))
			}
			if len(d.names.list)%10000 == 9999 {
				for _, slot := range d.names.slots {
					if run++; slot == 0 {
						run = 0
					}
					longest = max(longest, run)
				}
			}
		}
		if d.Err() != nil || longest > 300 {
			t.Errorf("%s: runs of %d slots, %v", name, longest, d.Err())
		}
	}
}

// TestNamesLeaveNothing: all slots are free once everything was left.
func TestNamesLeaveNothing(t *testing.T) {
	for name, s := range hostile() {
		d := read(s, func(d *Decoder) { d.Skip() })
		if d.Err() != nil {
			t.Errorf("%s: %v", name, d.Err())
		}
		for i, slot := range d.names.slots {
			if slot != 0 {
				t.Fatalf("%s: slot %d holds %d", name, i, slot)
			}
		}
		if d.names.used != 0 || d.names.size() != 0 || len(d.frames) != 0 {
			t.Errorf("%s: %d slots, %d names, %d frames", name, d.names.used, d.names.size(), len(d.frames))
		}
	}
}

// TestResetAfterError: names of a text that broke off are not in the next one.
func TestResetAfterError(t *testing.T) {
	var d Decoder
	for range 3 {
		d.Reset([]byte(`{"a":{"0":0,"1":0,"2":0,"3":0,"4":0,"5":0,"6":0,"7":0,"8":0,"9":0,"10":0,x`))
		d.RejectUnknown, d.NullsAbsent = true, true
		d.Quote()
		if d.Skip() || d.Err() == nil {
			t.Fatal("no error")
		}
		d.Reset([]byte(`{"a":1,"0":1,"1":1,"2":1,"3":1,"4":1,"5":1,"6":1,"7":1,"8":1,"9":1,"10":1}`))
		if d.RejectUnknown || d.NullsAbsent || !d.Skip() || d.Err() != nil || d.quoted {
			t.Fatal(d.Err(), d.RejectUnknown, d.NullsAbsent, d.quoted)
		}
	}
}

// TestDuplicatesAmongMany: at every place, by every spelling, also in objects
// within each other that have the same names.
func TestDuplicatesAmongMany(t *testing.T) {
	for _, n := range []int{2, 7, 8, 9, 10, 33, 200} {
		for again := range n {
			var b strings.Builder
			b.WriteByte('{')
			for i := range n {
				fmt.Fprintf(&b, `"n%d":{"n%d":0,"n%d":[{"n0":0}]},`, i, i, i+1)
			}
			good := strings.TrimSuffix(b.String(), ",") + "}"
			offset := int64(b.Len())
			fmt.Fprintf(&b, `"\u006e%d":0}`, again)
			if d := read(good, func(d *Decoder) { d.Skip() }); d.Err() != nil {
				t.Fatalf("%d names: %v", n, d.Err())
			}
			d := read(b.String(), func(d *Decoder) { d.Skip() })
			if d.Err() == nil || *d.Err() != (SyntaxError{offset, "duplicate member"}) {
				t.Fatalf("name %d of %d again: %v", again, n, d.Err())
			}
		}
	}
}

// TestNothingFollowsAnError: no method goes on, and none panics.
func TestNothingFollowsAnError(t *testing.T) {
	var d Decoder
	d.Reset([]byte(`{"a":1,"a":2}`))
	d.Object()
	var seen uint64
	for d.Next() {
		seen = d.Mark(seen, 1)
		d.Int(new(int))
	}
	want := SyntaxError{7, "duplicate member"}
	var v any
	n := int64(5)
	d.Duplicate()
	d.Unknown()
	d.End()
	d.Fail("x", "y")
	d.MissingMembers(0, "a", "b")
	if d.Object() || d.Array() || d.Next() || d.Elem() || d.Skip() || d.Null() || d.Any(&v) || d.Value(&v) || d.Int64(&n) || d.Raw() != nil || d.Kind() != 0 || n != 5 {
		t.Error("a method goes on")
	}
	if *d.Err() != want || len(d.Issues()) != 0 {
		t.Errorf("%v, issues %v", d.Err(), d.Issues())
	}
	if got := d.Err().Error(); got != "duplicate member at byte 7" {
		t.Error(got)
	}
}

// TestLongPointerIsCheap: a name of 1 MiB is not copied for each of the issues.
func TestLongPointerIsCheap(t *testing.T) {
	text := []byte(`{"` + strings.Repeat("n", 1<<20) + `":[` + strings.Repeat(`"x",`, 100) + `0]}`)
	var d Decoder
	used := allocated(func() {
		d.Reset(text)
		for ok := d.Object(); ok && d.Next(); {
			for ok := d.Array(); ok && d.Elem(); {
				d.Int(new(int))
			}
		}
	})
	if len(d.Issues()) != 64 || used > 256<<10 {
		t.Errorf("%d issues, %d bytes", len(d.Issues()), used)
	}
}

func TestPointers(t *testing.T) {
	d := read(`{"a~b/c":[0,{"\u007e\/\n😀":"x","":{"":[]}}]}`, func(d *Decoder) {
		d.Object()
		d.Next()
		d.Array()
		d.Fail("whole", "")
		d.Elem()
		d.Skip()
		d.Elem()
		d.Object()
		d.Next()
		d.Int(new(int))
		d.Next()
		d.Object()
		d.Next()
		d.Fail("inner", "")
		d.Skip()
		d.Next()
		d.Next()
		d.MissingMembers(0b10, "x/y", "z", "~")
		d.Elem()
		d.Next()
	})
	var got []string
	for _, i := range d.Issues() {
		got = append(got, i.Pointer)
	}
	want := []string{"/a~0b~1c", "/a~0b~1c/1/~0~1\n😀", "/a~0b~1c/1//", "/a~0b~1c/1/x~1y", "/a~0b~1c/1/~0"}
	if d.Err() != nil || strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %q, want %q (%v)", got, want, d.Err())
	}
	// Not within an escape of the pointer.
	for _, name := range []string{strings.Repeat("x", 254) + "~~", strings.Repeat("é", 127) + "~x", strings.Repeat("/", 300)} {
		d := read(`{"`+name+`":1}`, func(d *Decoder) {
			d.Object()
			d.Next()
			d.Bool(new(bool))
			d.Next()
		})
		p := d.Issues()[0].Pointer
		if len(p) > 256 || !jsontext.Pointer(p).IsValid() {
			t.Errorf("%d bytes, %q", len(p), p)
		}
	}
}

// TestFractionsAreNoIntegers, whatever the sign of the type.
func TestFractionsAreNoIntegers(t *testing.T) {
	for _, text := range []string{"1.0", "1e2", "0.5", "-0.0"} {
		for _, quoted := range []bool{false, true} {
			s := text
			if quoted {
				s = `"` + text + `"`
			}
			d := read("["+s+","+s+"]", func(d *Decoder) {
				d.Array()
				d.Elem()
				d.quoted = quoted
				d.Uint16(new(uint16))
				d.Elem()
				d.quoted = quoted
				d.Int16(new(int16))
				d.Elem()
			})
			for _, i := range d.Issues() {
				if i.Code != "type" || i.Detail != "must be an integer" {
					t.Errorf("%s: %v", s, i)
				}
			}
			if len(d.Issues()) != 2 || d.Err() != nil {
				t.Errorf("%s: %v %v", s, d.Issues(), d.Err())
			}
		}
	}
}
