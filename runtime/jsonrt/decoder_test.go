package jsonrt

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

func read(text string, f func(*Decoder)) *Decoder {
	d := new(Decoder)
	d.Reset([]byte(text))
	f(d)
	d.End()
	return d
}

// upper is a type with a text form that takes capitals only.
type upper string

func (u *upper) UnmarshalText(b []byte) error {
	if s := string(b); s == strings.ToUpper(s) {
		*u = upper(s)
		return nil
	}
	return errors.New("the text is secret")
}

func (u *upper) UnmarshalJSON(b []byte) error {
	if string(b) == `"no"` {
		return errors.New("the text is secret")
	}
	*u = upper(b)
	return nil
}

func TestIssues(t *testing.T) {
	for _, c := range []struct {
		name, text   string
		code, detail string
		read         func(*Decoder) bool
	}{
		{"string", `1`, "type", "must be a string", func(d *Decoder) bool { return d.String(new(string)) }},
		{"string null", `null`, "null", "must not be null", func(d *Decoder) bool { return d.String(new(string)) }},
		{"bool", `"true"`, "type", "must be a boolean", func(d *Decoder) bool { return d.Bool(new(bool)) }},
		{"bool null", `null`, "null", "must not be null", func(d *Decoder) bool { return d.Bool(new(bool)) }},
		{"int", `"1"`, "type", "must be an integer", func(d *Decoder) bool { return d.Int(new(int)) }},
		{"int 1.0", `1.0`, "type", "must be an integer", func(d *Decoder) bool { return d.Int(new(int)) }},
		{"int 1e2", `1e2`, "type", "must be an integer", func(d *Decoder) bool { return d.Int(new(int)) }},
		{"int null", `null`, "null", "must not be null", func(d *Decoder) bool { return d.Int(new(int)) }},
		{"int8", `128`, "range", "must be an integer between -128 and 127", func(d *Decoder) bool { return d.Int8(new(int8)) }},
		{"int64", `9223372036854775808`, "range", "must be an integer between -9223372036854775808 and 9223372036854775807", func(d *Decoder) bool { return d.Int64(new(int64)) }},
		{"uint8", `-1`, "range", "must be an integer between 0 and 255", func(d *Decoder) bool { return d.Uint8(new(uint8)) }},
		{"uint64", `18446744073709551616`, "range", "must be an integer between 0 and 18446744073709551615", func(d *Decoder) bool { return d.Uint64(new(uint64)) }},
		{"float", `"1"`, "type", "must be a number", func(d *Decoder) bool { return d.Float64(new(float64)) }},
		{"float range", `1e400`, "range", "must be a number that fits 64 bits", func(d *Decoder) bool { return d.Float64(new(float64)) }},
		{"float32 range", `1e39`, "range", "must be a number that fits 32 bits", func(d *Decoder) bool { return d.Float32(new(float32)) }},
		{"object", `[{}]`, "type", "must be an object", func(d *Decoder) bool { return d.Object() }},
		{"object null", `null`, "null", "must not be null", func(d *Decoder) bool { return d.Object() }},
		{"array", `{"a":[]}`, "type", "must be an array", func(d *Decoder) bool { return d.Array() }},
		{"bytes", `"a"`, "type", "must be base64", func(d *Decoder) bool { return d.Bytes(new([]byte)) }},
		{"time", `"yesterday"`, "type", "must be a time as in RFC 3339", func(d *Decoder) bool { return d.Time(new(time.Time)) }},
		{"duration", `"soon"`, "type", "must be a duration such as 1m30s", func(d *Decoder) bool { return d.Duration(new(time.Duration)) }},
		{"duration number", `90`, "type", "must be a string", func(d *Decoder) bool { return d.Duration(new(time.Duration)) }},
		{"text", `"low"`, "type", "has not the form expected", func(d *Decoder) bool { return d.Text(new(upper)) }},
		{"text null", `null`, "null", "must not be null", func(d *Decoder) bool { return d.Text(new(upper)) }},
		{"unmarshaler", `"no"`, "type", "has not the form expected", func(d *Decoder) bool { return d.Unmarshaler(new(upper)) }},
		{"value", `"x"`, "type", "has not the form expected", func(d *Decoder) bool { return d.Value(new([]int)) }},
		{"quoted", `1`, "type", "must be an integer in a string", func(d *Decoder) bool { d.Quote(); return d.Int(new(int)) }},
		{"quoted text", `" 1"`, "type", "must be an integer in a string", func(d *Decoder) bool { d.Quote(); return d.Int(new(int)) }},
		{"quoted zero", `"01"`, "type", "must be an integer in a string", func(d *Decoder) bool { d.Quote(); return d.Int(new(int)) }},
		{"quoted range", `"300"`, "range", "must be an integer between 0 and 255", func(d *Decoder) bool { d.Quote(); return d.Uint8(new(uint8)) }},
		{"quoted float", `"x"`, "type", "must be a number in a string", func(d *Decoder) bool { d.Quote(); return d.Float64(new(float64)) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			ok := false
			d := read(c.text, func(d *Decoder) { ok = c.read(d) })
			if ok || d.Err() != nil || !slices.Equal(d.Issues(), []Issue{{"", c.code, c.detail}}) {
				t.Errorf("read %v, error %v, issues %q", ok, d.Err(), d.Issues())
			}
		})
	}
}

func TestGoodValues(t *testing.T) {
	var (
		n  int16
		f  float32
		s  string
		dd time.Duration
		u  upper
	)
	d := read(`["-7",2.5,"\u0061\ud83d\ude00","1m30s","ABC"]`, func(d *Decoder) {
		ok := d.Array() && d.Elem()
		d.Quote()
		ok = ok && d.Int16(&n) && d.Elem() && d.Float32(&f) && d.Elem() && d.String(&s) && d.Elem() && d.Duration(&dd) && d.Elem() && d.Text(&u) && !d.Elem()
		if !ok {
			t.Error("a value was refused")
		}
	})
	if d.Err() != nil || len(d.Issues()) > 0 || n != -7 || f != 2.5 || s != "a😀" || dd != 90*time.Second || u != "ABC" {
		t.Error(d.Err(), d.Issues(), n, f, s, dd, u)
	}
}

// TestObject reads an object as generated code does.
func TestObject(t *testing.T) {
	type got struct {
		issues []Issue
		syntax string
	}
	decode := func(text string, set func(*Decoder)) got {
		d := new(Decoder)
		d.Reset([]byte(text))
		set(d)
		var name string
		var page int
		if d.Object() {
			var seen uint64
			for d.Next() {
				switch string(d.Name()) {
				case "name":
					seen = d.Mark(seen, 1<<0)
					if d.String(&name) && name == "" {
						d.Fail("min", "must have at least 1 character")
					}
				case "page":
					seen = d.Mark(seen, 1<<1)
					if !d.AbsentNull() {
						d.Int(&page)
					}
				case "list":
					if d.Array() {
						for d.Elem() {
							d.Int(new(int))
						}
					}
				default:
					d.Unknown()
				}
			}
			if seen&1 != 1 {
				d.MissingMembers(seen, "name")
			}
		}
		d.End()
		g := got{issues: slices.Clone(d.Issues())}
		if d.Err() != nil {
			g.syntax = d.Err().Error()
		}
		return g
	}
	plain := func(*Decoder) {}
	for _, c := range []struct {
		text   string
		set    func(*Decoder)
		issues []Issue
		syntax string
	}{
		{`{"name":"a"}`, plain, nil, ""},
		{`{}`, plain, []Issue{{"/name", "missing", "is required"}}, ""},
		{`{"name":""}`, plain, []Issue{{"/name", "min", "must have at least 1 character"}}, ""},
		{`{"name":"a","name":"b"}`, plain, nil, "duplicate member at byte 12"},
		{`{"name":"a","n\u0061me":"b"}`, plain, nil, "duplicate member at byte 12"},
		{`{"name":"a","x":1,"x":2}`, plain, nil, "duplicate member at byte 18"},
		{`{"name":"a","x":{"y":1,"y":2}}`, plain, nil, "duplicate member at byte 23"},
		{`{"name":"a","x":{"y":1},"z":{"y":2}}`, plain, nil, ""},
		{`{"name":"a","page":null}`, plain, []Issue{{"/page", "null", "must not be null"}}, ""},
		{`{"name":"a","page":null}`, func(d *Decoder) { d.NullsAbsent = true }, nil, ""},
		{`{"name":"a","x/~y":1}`, func(d *Decoder) { d.RejectUnknown = true }, []Issue{{"/x~1~0y", "unknown", "is not known"}}, ""},
		{`{"name":"a","\u0078":1}`, func(d *Decoder) { d.RejectUnknown = true }, []Issue{{"/x", "unknown", "is not known"}}, ""},
		{`{"name":"a","list":[1,"2",3,null]}`, plain, []Issue{{"/list/1", "type", "must be an integer"}, {"/list/3", "null", "must not be null"}}, ""},
		{`{"name":1,"page":"x"}`, plain, []Issue{{"/name", "type", "must be a string"}, {"/page", "type", "must be an integer"}}, ""},
		{`{"name":1} x`, plain, []Issue{{"/name", "type", "must be a string"}}, "data after the value at byte 11"},
		{`{"name":"a","list":[1,}`, plain, nil, "invalid value at byte 22"},
		{`[]`, plain, []Issue{{"", "type", "must be an object"}}, ""},
	} {
		g := decode(c.text, c.set)
		if !slices.Equal(g.issues, c.issues) || g.syntax != c.syntax {
			t.Errorf("%s: issues %q, syntax %q; want %q, %q", c.text, g.issues, g.syntax, c.issues, c.syntax)
		}
	}
}

func TestIssuesAreBounded(t *testing.T) {
	d := read("["+strings.Repeat("1,", 99)+"1]", func(d *Decoder) {
		for ok := d.Array(); ok && d.Elem(); {
			d.String(new(string))
		}
	})
	if len(d.Issues()) != 64 || !d.Truncated() || d.Err() != nil {
		t.Error(len(d.Issues()), d.Truncated(), d.Err())
	}
	d = read("["+strings.Repeat("1,", 63)+"1]", func(d *Decoder) {
		for ok := d.Array(); ok && d.Elem(); {
			d.String(new(string))
		}
	})
	if len(d.Issues()) != 64 || d.Truncated() {
		t.Error(len(d.Issues()), d.Truncated())
	}
}

func TestPointerIsCut(t *testing.T) {
	name := strings.Repeat("é", 200)
	d := read(`{"`+name+`":1}`, func(d *Decoder) {
		d.RejectUnknown = true
		for ok := d.Object(); ok && d.Next(); {
			d.Unknown()
		}
	})
	if p := d.Issues()[0].Pointer; len(p) != 255 || p != "/"+name[:254] {
		t.Errorf("%d bytes: %q", len(p), p)
	}
}

func TestNesting(t *testing.T) {
	for _, n := range []int{9999, 10000, 10001, 100000} {
		for _, unit := range [][2]string{{"[", "]"}, {`{"a":`, "}"}} {
			text := strings.Repeat(unit[0], n) + "1" + strings.Repeat(unit[1], n)
			d := read(text, func(d *Decoder) { d.Skip() })
			if got, want := d.Err() == nil, jsontext.Value(text).IsValid(); got != want {
				t.Errorf("%d of %s: accepted %v, jsontext %v (%v)", n, unit[0], got, want, d.Err())
			}
		}
	}
}

// TestManyUnknownNames: memory for names that nothing reads grows with the
// text and not faster.
func TestManyUnknownNames(t *testing.T) {
	text := func(n int) []byte {
		b := []byte(`{"a":0`)
		for i := range n {
			b = append(append(append(b, `,"`...), strconv.Itoa(i)...), `":0`...)
		}
		return append(b, '}')
	}
	allocs := func(n int) float64 {
		b := text(n)
		d := new(Decoder)
		return testing.AllocsPerRun(1, func() {
			d.Reset(b)
			d.Skip()
			d.End()
			if d.Err() != nil {
				t.Fatal(d.Err())
			}
		})
	}
	if few, many := allocs(10_000), allocs(100_000); many > 15*few {
		t.Errorf("10 000 names cost %v allocations, 100 000 cost %v", few, many)
	}
}

func TestAllocations(t *testing.T) {
	text := []byte(`{"username":"alice","password":"wonderland","age":42}`)
	d := new(Decoder)
	var name, pass string
	var age int
	n := testing.AllocsPerRun(100, func() {
		d.Reset(text)
		for ok := d.Object(); ok && d.Next(); {
			switch string(d.Name()) {
			case "username":
				d.String(&name)
			case "password":
				d.String(&pass)
			case "age":
				d.Int(&age)
			}
		}
		d.End()
	})
	if n > 2 {
		t.Errorf("%v allocations for two strings", n)
	}
}

func TestKeys(t *testing.T) {
	for _, c := range []struct {
		name string
		ok   bool
	}{{"1", true}, {"-1", true}, {"01", false}, {"+1", false}, {"1.0", false}, {"128", false}, {"", false}} {
		d := read(`{"`+c.name+`":0}`, func(d *Decoder) {
			for ok := d.Object(); ok && d.Next(); {
				if _, got := d.KeyInt(8); got != c.ok {
					t.Errorf("%q: %v", c.name, got)
				}
				d.Skip()
			}
		})
		if (len(d.Issues()) == 0) != c.ok {
			t.Errorf("%q: issues %q", c.name, d.Issues())
		}
	}
	read(`{"-1":0,"255":0,"low":0}`, func(d *Decoder) {
		d.Object()
		d.Next()
		_, a := d.KeyUint(8)
		d.Skip()
		d.Next()
		v, b := d.KeyUint(8)
		d.Skip()
		d.Next()
		c := d.KeyText(new(upper))
		d.Skip()
		if a || !b || v != 255 || c {
			t.Error(a, b, v, c)
		}
		d.Next()
	})
}
