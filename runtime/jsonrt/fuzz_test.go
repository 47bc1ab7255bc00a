package jsonrt

import (
	"bytes"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	jsonv1 "github.com/go-json-experiment/json/v1"
)

// texts seed the fuzzers: every production of the grammar, and what is next to
// it and outside.
var texts = []string{
	``, ` `, `null`, `true`, `false`, `nul`, `tru e`, `nullx`, `[]`, `{}`, `[1,2]`, `[1,]`, `[,1]`, `[1 2]`, `{"a":1}`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `{"a":1 "b":2}`,
	`{"a":1,"a":2}`, `{"a":1,"\u0061":2}`, `{"x":{"a":1,"a":2}}`, `[{"a":[{"b":1,"b":1}]}]`, `{"a":{"a":{"a":1}}}`,
	`"a"`, `"\u0041"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00\ud83d"`, `"\ud83dx"`, `"\ud83d\u0041"`, `"\x"`, `"\u12"`, `"\u12G4"`, "\"\x1f\"", "\"\x7f\"", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"é\"", `"unterminated`, `"\`, `"\"\\\/\b\f\n\r\t"`, "\"\u2028<>&\"",
	`0`, `-0`, `01`, `-`, `-01`, `1.`, `.5`, `1.5`, `1e5`, `1E+5`, `1e-`, `1e400`, `-1e-400`, `9223372036854775807`, `9223372036854775808`, `-9223372036854775808`, `18446744073709551615`, `18446744073709551616`, `1.0`, `100e-2`, `0x1`, `NaN`, `Infinity`, `+1`, `127`, `128`, `-129`, `256`, `9007199254740993`,
	`{} {}`, `1 1`, `[] x`, "\ufeff{}", "{}\n", "\t[ 1 , 2 ]\r\n", "{}\x00", "//x\n{}", `'a'`, `[1,2`, `{"a"`, `{"a":`, `{`, `[`, `]`, `}`, `[}`, `{]`, `"1m30s"`, `"2026-01-02T03:04:05Z"`, `"2026-01-02T03:04:05.123456789+01:00"`, `"2026-1-2T3:4:5Z"`, `"2026-01-02 03:04:05Z"`, `"YWJj"`, `"YWJ"`, `"YW\nJj"`, `"YWK="`, `"YWJ="`,
}

// depthDiffers tells texts on whose nesting the two may judge differently by
// one level.
func depthDiffers(b []byte) bool {
	return bytes.Count(b, []byte("["))+bytes.Count(b, []byte("{")) > 9000
}

// FuzzAccept: the decoder takes exactly the texts that jsontext takes.
func FuzzAccept(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if depthDiffers(b) {
			t.Skip("nesting")
		}
		var d Decoder
		d.Reset(bytes.Clone(b))
		d.Skip()
		d.End()
		want := jsontext.Value(b).IsValid()
		if got := d.Err() == nil; got != want {
			t.Fatalf("%q: accepted %v, jsontext %v (%v)", b, got, want, d.Err())
		}
		if e := d.Err(); e != nil && (e.Offset < 0 || e.Offset > int64(len(b))) {
			t.Fatalf("%q: offset %d outside", b, e.Offset)
		}
		if len(d.Issues()) > 0 {
			t.Fatalf("%q: skipping reported %v", b, d.Issues())
		}
	})
}

// FuzzValues: each method takes what json/v2 takes for its type, with the same
// value. What null means differs on purpose.
func FuzzValues(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if depthDiffers(b) || strings.TrimSpace(string(b)) == "null" {
			t.Skip()
		}
		agree(t, b, (*Decoder).Bool)
		agree(t, b, (*Decoder).String)
		agree(t, b, (*Decoder).Bytes)
		agree(t, b, (*Decoder).Int)
		agree(t, b, (*Decoder).Int8)
		agree(t, b, (*Decoder).Int16)
		agree(t, b, (*Decoder).Int32)
		agree(t, b, (*Decoder).Int64)
		agree(t, b, (*Decoder).Uint)
		agree(t, b, (*Decoder).Uint8)
		agree(t, b, (*Decoder).Uint16)
		agree(t, b, (*Decoder).Uint32)
		agree(t, b, (*Decoder).Uint64)
		agree(t, b, (*Decoder).Float32)
		agree(t, b, (*Decoder).Float64)
		agree(t, b, (*Decoder).Time)
		agree(t, b, (*Decoder).Any)
	})
}

func agree[T any](t *testing.T, b []byte, read func(*Decoder, *T) bool) {
	t.Helper()
	var got, want T
	var d Decoder
	d.Reset(bytes.Clone(b))
	ok := read(&d, &got)
	d.End()
	err := json.Unmarshal(b, &want)
	accepted := ok && d.Err() == nil && len(d.Issues()) == 0
	if accepted != (err == nil) {
		t.Fatalf("%T from %q: accepted %v %v %v, json/v2 says %v", want, b, accepted, d.Err(), d.Issues(), err)
	}
	if accepted && !reflect.DeepEqual(got, want) {
		t.Fatalf("%T from %q: got %#v, json/v2 %#v", want, b, got, want)
	}
	if d.Err() == nil && !ok && len(d.Issues()) != 1 {
		t.Fatalf("%T from %q: refused with the issues %v", want, b, d.Issues())
	}
	if valid := jsontext.Value(b).IsValid(); valid != (d.Err() == nil) {
		t.Fatalf("%T from %q: syntax error %v, but valid is %v", want, b, d.Err(), valid)
	}
}

// FuzzEncode: what the encoder writes is what json/v2 writes.
func FuzzEncode(f *testing.F) {
	f.Add("", 0.0, float32(0), int64(0), uint64(0), []byte(nil))
	f.Add("a\"\\/\b\f\n\r\t\x00\x1f\u007f<>&\u2028é😀", 1e21, float32(1e21), int64(math.MinInt64), uint64(math.MaxUint64), []byte("abc"))
	f.Add("\xff", math.NaN(), float32(math.Inf(1)), int64(1), uint64(1), []byte{0})
	f.Add("x", 1e-7, float32(1e-7), int64(-1), uint64(10), []byte{255, 0})
	f.Add("x", 123456789.125, float32(0.1), int64(-1), uint64(10), []byte{255, 0})
	f.Fuzz(func(t *testing.T, s string, f64 float64, f32 float32, i int64, u uint64, raw []byte) {
		if raw == nil {
			raw = []byte{}
		}
		same(t, s, func(e *Encoder) { e.String(s) })
		same(t, f64, func(e *Encoder) { e.Float64(f64) })
		same(t, f32, func(e *Encoder) { e.Float32(f32) })
		same(t, i, func(e *Encoder) { e.Int64(i) })
		same(t, u, func(e *Encoder) { e.Uint64(u) })
		same(t, raw, func(e *Encoder) { e.Base64(raw) })
		same(t, i%2 == 0, func(e *Encoder) { e.Bool(i%2 == 0) })
		at := time.Unix(i, int64(u%1e9)).UTC()
		same(t, at, func(e *Encoder) { e.Time(at) })
		same(t, map[string]any{s: f64, "b": i, "a": nil}, func(e *Encoder) { e.Value(map[string]any{s: f64, "b": i, "a": nil}) })
	})
}

func same(t *testing.T, v any, write func(*Encoder)) {
	t.Helper()
	want, err := json.Marshal(v, json.Deterministic(true), jsonv1.OmitEmptyWithLegacySemantics(true))
	var e Encoder
	e.Reset(nil)
	write(&e)
	if (e.Err() == nil) != (err == nil) {
		t.Fatalf("%#v: error %v, json/v2 %v", v, e.Err(), err)
	}
	if err == nil && string(e.Bytes()) != string(want) {
		t.Fatalf("%#v: wrote %s, json/v2 %s", v, e.Bytes(), want)
	}
}
