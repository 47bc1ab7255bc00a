package jsonrt

import (
	"strings"
	"testing"
)

// keeper keeps what its methods are given, which they must not.
type keeper struct{ got []byte }

func (k *keeper) UnmarshalJSON(b []byte) error { k.got = b; return nil }

func (k *keeper) UnmarshalText(b []byte) error { k.got = b; return nil }

// TestNothingAliasesTheText has all readers keep what they can, and then
// overwrites the text, as the next request does.
func TestNothingAliasesTheText(t *testing.T) {
	for _, text := range []string{`{"plain":"value"}`, `{"\u0070lain":"\u0076alue"}`} {
		for name, read := range map[string]func(d *Decoder, k *keeper) string{
			"Unmarshaler": func(d *Decoder, k *keeper) string { d.Unmarshaler(k); return "value" },
			"Value":       func(d *Decoder, k *keeper) string { d.Value(k); return "value" },
			"Text":        func(d *Decoder, k *keeper) string { d.Text(k); return "value" },
			"KeyText":     func(d *Decoder, k *keeper) string { d.KeyText(k); return "plain" },
		} {
			var d Decoder
			buf := []byte(text)
			d.Reset(buf)
			if !d.Object() || !d.Next() {
				t.Fatal(d.Err())
			}
			k := new(keeper)
			want := read(&d, k)
			had := string(k.got)
			if !strings.Contains(had, want[1:]) {
				t.Errorf("%s of %s was given %s", name, text, had)
			}
			clear(buf)
			d.Reset([]byte(`"\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041\u0041"`))
			var s string
			d.String(&s) // writes over the scratch buffer
			if string(k.got) != had {
				t.Errorf("%s of %s: %q became %q", name, text, had, k.got)
			}
		}
	}
}
