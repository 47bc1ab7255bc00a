package jsonrt

import (
	"errors"
	"math"
	"strings"
	"testing"
)

type failing struct{}

func (failing) MarshalText() ([]byte, error) { return nil, errors.New("no text") }
func (failing) MarshalJSON() ([]byte, error) { return nil, errors.New("no json") }

type raw string

func (r raw) MarshalJSON() ([]byte, error) { return []byte(r), nil }

func TestEncoder(t *testing.T) {
	var e Encoder
	e.Reset([]byte("before "))
	e.Object()
	e.Name(`"a":`)
	e.Array()
	e.Elem()
	e.Int64(-1)
	e.Elem()
	e.Object()
	e.EndObject()
	e.Elem()
	e.Array()
	e.EndArray()
	e.EndArray()
	e.NameString("q\"<")
	e.Quote()
	e.Uint64(7)
	e.Name(`"n":`)
	e.Null()
	e.Name(`"m":`)
	e.Marshaler(raw("{ \"x\" : [1, 2] }"))
	e.EndObject()
	const want = `before {"a":[-1,{},[]],"q\"<":"7","n":null,"m":{"x":[1,2]}}`
	if e.Err() != nil || string(e.Bytes()) != want {
		t.Errorf("%s, %v; want %s", e.Bytes(), e.Err(), want)
	}
}

func TestEncoderErrors(t *testing.T) {
	for name, write := range map[string]func(*Encoder){
		"NaN":                    func(e *Encoder) { e.Float64(math.NaN()) },
		"infinity":               func(e *Encoder) { e.Float32(float32(math.Inf(-1))) },
		"invalid UTF-8":          func(e *Encoder) { e.String("\xff") },
		"name":                   func(e *Encoder) { e.NameString("\xff") },
		"text":                   func(e *Encoder) { e.Text(failing{}) },
		"marshaler":              func(e *Encoder) { e.Marshaler(failing{}) },
		"marshaler, broken JSON": func(e *Encoder) { e.Marshaler(raw(`{"a":1,"a":2}`)) },
		"marshaler, nothing":     func(e *Encoder) { e.Marshaler(raw(``)) },
		"value":                  func(e *Encoder) { e.Value(make(chan int)) },
		"cycle": func(e *Encoder) {
			for e.Array() {
				e.Elem()
			}
		},
	} {
		var e Encoder
		e.Reset(nil)
		write(&e)
		if e.Err() == nil {
			t.Errorf("%s: no error", name)
		}
		if e.Object() {
			t.Errorf("%s: goes on behind an error", name)
		}
	}
}

// TestWhatWasReadCanBeWritten: no request makes a service fail that gives back
// what it was sent.
func TestWhatWasReadCanBeWritten(t *testing.T) {
	for _, n := range []int{1001, maxDepth, maxDepth + 1} {
		text := strings.Repeat(`{"a":[`, n/2) + strings.Repeat("[", n%2) + strings.Repeat("]", n%2) + strings.Repeat("]}", n/2)
		var v any
		d := read(text, func(d *Decoder) { d.Any(&v) })
		var e Encoder
		if d.Err() == nil {
			e.Value(v)
		}
		if (d.Err() == nil) != (n <= maxDepth) || e.Err() != nil || d.Err() == nil && string(e.Bytes()) != text {
			t.Errorf("%d levels: read with %v, written with %v", n, d.Err(), e.Err())
		}
	}
}

func TestEncoderAllocatesNothing(t *testing.T) {
	var e Encoder
	buf := make([]byte, 0, 256)
	n := testing.AllocsPerRun(100, func() {
		e.Reset(buf)
		e.Object()
		e.Name(`"a":`)
		e.String("text with \"quotes\"")
		e.Name(`"b":`)
		e.Float64(1.5)
		e.Name(`"c":`)
		e.Int64(-5)
		e.EndObject()
	})
	if n > 0 {
		t.Errorf("%v allocations", n)
	}
}
