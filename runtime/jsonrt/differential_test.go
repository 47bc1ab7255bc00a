package jsonrt

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// TestTimesLikeV2 covers what the time package lets pass and RFC 3339 does not.
func TestTimesLikeV2(t *testing.T) {
	for _, s := range []string{
		"2026-01-02T03:04:05Z", "2026-01-02T3:04:05Z", "2026-01-02T03:04:05,5Z", "2026-01-02T03:04:05.5Z",
		"2026-01-02T03:04:05+23:59", "2026-01-02T03:04:05+24:00", "2026-01-02T03:04:05-99:00", "2026-01-02T03:04:05+00:60",
		"2026-01-02T03:04:05.123456789-07:30", "2026-01-02t03:04:05z", "2026-01-02T03:04:60Z", "2026-02-29T00:00:00Z",
		"0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "10000-01-01T00:00:00Z", "2026-01-02", "", " 2026-01-02T03:04:05Z",
	} {
		agree(t, []byte(`"`+s+`"`), (*Decoder).Time)
		var key, want time.Time
		d := read(`{"`+s+`":0}`, func(d *Decoder) {
			d.Object()
			d.Next()
			d.KeyText(&key)
			d.Skip()
			d.Next()
		})
		err := want.UnmarshalJSON([]byte(`"` + s + `"`))
		var keys map[time.Time]int
		v2 := json.Unmarshal([]byte(`{"`+s+`":0}`), &keys)
		if d.Err() != nil || (len(d.Issues()) == 0) != (v2 == nil) || v2 == nil && (err != nil || !key.Equal(want)) {
			t.Errorf("name %q: %v %v, json/v2 %v", s, key, d.Issues(), v2)
		}
	}
}

func TestEncodedTimesLikeV2(t *testing.T) {
	for _, at := range []time.Time{
		{},
		time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 23*3600+59*60)), time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 24*3600)),
		time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", -24*3600)), time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 100*3600)),
		time.Date(2026, 1, 2, 3, 4, 5, 500, time.FixedZone("", -7*3600)),
	} {
		same(t, at, func(e *Encoder) { e.Time(at) })
	}
}

// TestDurations: encoding/json/v2 has no default form, so the string form of
// the time package is compared with, also inside of other values.
func TestDurations(t *testing.T) {
	type timeout struct {
		For time.Duration            `json:"for"`
		Map map[string]time.Duration `json:"map"`
	}
	for _, v := range []time.Duration{0, 1, -1, 90 * time.Second, 1<<63 - 1, -1 << 63} {
		var e Encoder
		e.Duration(v)
		var got time.Duration
		if d := read(string(e.Bytes()), func(d *Decoder) { d.Duration(&got) }); d.Err() != nil || len(d.Issues()) > 0 || got != v {
			t.Errorf("%v: wrote %s, read %v", v, e.Bytes(), got)
		}
		e.Reset(nil)
		e.Value(timeout{v, map[string]time.Duration{"a": v}})
		if want := `{"for":"` + v.String() + `","map":{"a":"` + v.String() + `"}}`; e.Err() != nil || string(e.Bytes()) != want {
			t.Errorf("wrote %s %v, want %s", e.Bytes(), e.Err(), want)
		}
		var back timeout
		if d := read(string(e.Bytes()), func(d *Decoder) { d.Value(&back) }); len(d.Issues()) > 0 || back.For != v || back.Map["a"] != v {
			t.Errorf("read %v %v", back, d.Issues())
		}
	}
	if d := read(`{"for":90}`, func(d *Decoder) { d.Value(new(timeout)) }); len(d.Issues()) != 1 {
		t.Error("a number was taken for a duration")
	}
}

// FuzzOffset: what stands before a syntax error is valid as far as it goes, and
// a text that ends too early is wrong at its end.
func FuzzOffset(f *testing.F) {
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
		e := d.Err()
		if e == nil {
			return
		}
		if (e.Offset == int64(len(b))) != (e.Reason == "unexpected end") {
			t.Fatalf("%q of %d: %v", b, len(b), e)
		}
		var x any
		err := json.Unmarshal(b[:e.Offset], &x)
		if errors.Is(err, jsontext.ErrDuplicateName) && strings.HasSuffix(string(bytes.TrimRight(b[:e.Offset], " \t\r\n")), `"`) {
			return // jsontext looks for duplicates before the colon
		}
		var number *json.SemanticError // beyond what float64 holds
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) && !errors.As(err, &number) {
			t.Fatalf("%q: %v, but json/v2: %v", b, e, err)
		}
	})
}

// FuzzPieces puts names and texts into one object, so that duplicates, escapes
// and nesting are found more often than in arbitrary bytes.
func FuzzPieces(f *testing.F) {
	f.Add("a", `\u0061`, "b", uint8(3), uint8(20))
	f.Add("é", `\u00e9`, `\ud83d\ude00`, uint8(0), uint8(9))
	f.Add("x", "y", "0", uint8(9), uint8(8))
	f.Fuzz(func(t *testing.T, a, b, c string, at, n uint8) {
		var text strings.Builder
		text.WriteString(`{"` + a + `":[{`)
		for i := range n {
			name := string(rune('A'+i/26)) + string(rune('a'+i%26))
			switch i {
			case at:
				name = b
			case at * 2:
				name = c
			}
			if i > 0 {
				text.WriteByte(',')
			}
			text.WriteString(`"` + name + `":{"` + name + `":0}`)
		}
		text.WriteString(`}],"` + b + `":1,"` + c + `":"` + a + `"}`)
		s := text.String()
		d := read(s, func(d *Decoder) { d.Skip() })
		if valid := jsontext.Value(s).IsValid(); valid != (d.Err() == nil) {
			t.Fatalf("%s: %v, but valid is %v", s, d.Err(), valid)
		}
		agree(t, []byte(s), (*Decoder).Any)
	})
}

// FuzzTime: times and the names of members that are times.
func FuzzTime(f *testing.F) {
	f.Add("2026-01-02T03:04:05Z")
	f.Add("2026-01-02T3:04:05,5+24:60")
	f.Fuzz(func(t *testing.T, s string) { agree(t, []byte(`"`+s+`"`), (*Decoder).Time) })
}

func TestValuesLikeV2(t *testing.T) {
	type inner struct {
		N int            `json:"n,omitempty"`
		T time.Time      `json:"t"`
		M map[int]string `json:"m,omitempty"`
	}
	loop := []any{nil}
	loop[0] = loop
	var e Encoder
	e.Value(loop)
	if !errors.Is(e.Err(), errTooDeep) {
		t.Errorf("a cycle: %v", e.Err())
	}
	for _, v := range []any{
		nil, true, "a\xe2\x80\xa8", "\xff", 1.5, 7, uint8(3),
		[]any{},
		[]any(nil),
		map[string]any{},
		map[string]any(nil), []byte("x"),
		map[string]any{"b": []any{1.0, nil, "x"}, "a": map[string]any{"z": 1e300, "\x01": false}},
		map[string]any{"\xff": 1},
		inner{},
		&inner{N: 1, M: map[int]string{10: "a", 9: "b"}},
		[]inner{{}},
		map[string]inner{"x": {}},
		jsontext.Value(` [1, "\u0061"] `), jsontext.Value(`{`),
	} {
		same(t, v, func(e *Encoder) { e.Value(v) })
	}
	for _, text := range []string{` [ 1 , "\u0061\/" ] `, `{"a":1,"a":2}`, `"\ud800"`, `1 2`, ``, `[1`} {
		same(t, jsontext.Value(text), func(e *Encoder) { e.Raw([]byte(text)) })
	}
}
