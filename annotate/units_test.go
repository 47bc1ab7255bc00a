package annotate

import (
	"strings"
	"testing"
	"time"
)

func TestParseBytes(t *testing.T) {
	for s, want := range map[string]int64{
		"1": 1, "4096": 4096, "10B": 10, "1kB": 1000, "1KB": 1000, "2MB": 2e6, "3GB": 3e9,
		"64KiB": 64 << 10, "1MiB": 1 << 20, "8GiB": 8 << 30, "9223372036854775807": 1<<63 - 1,
	} {
		if got, err := ParseBytes(s); got != want || err != nil {
			t.Errorf("ParseBytes(%q) = %d, %v", s, got, err)
		}
	}
	for s, want := range map[string]string{
		"": "number of bytes", "KiB": "number of bytes", "-1": "number of bytes", "0": "at least 1", "0MiB": "at least 1",
		"1.5MiB": "whole number", "1XB": "unknown unit XB", "1mib": "did you mean MiB?", "1 MiB": "unknown unit",
		"9223372036854775808": "64 bits", "9007199254740993GiB": "64 bits", "99999999999999999999": "64 bits",
	} {
		if _, err := ParseBytes(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseBytes(%q): %v, want %s", s, err, want)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for s, want := range map[string]time.Duration{"3s": 3 * time.Second, "0": 0, "0s": 0, "1m30s": 90 * time.Second, "1.5ms": 1500 * time.Microsecond} {
		if got, err := ParseDuration(s); got != want || err != nil {
			t.Errorf("ParseDuration(%q) = %d, %v", s, got, err)
		}
	}
	for s, want := range map[string]string{"3": "write 3s", "1.5": "write 1.5s", "-1s": "negative", "x": "such as", "": "such as", "3sec": "such as", "9999999h": "such as"} {
		if _, err := ParseDuration(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("ParseDuration(%q): %v, want %s", s, err, want)
		}
	}
}

func TestSuggest(t *testing.T) {
	known := []string{"timeout", "maxBytes", "prefix", "jwt", "id", "tags", "not_found"}
	for word, want := range map[string]string{
		"timeut": "timeout", "tiemout": "timeout", "TIMEOUT": "timeout", "max_bytes": "maxBytes", "maxByte": "maxBytes", "prefx": "prefix",
		"jwr": "jwt", "jtw": "jwt", "notFound": "not_found", "id": "", "xy": "", "": "", "middleware": "", "di": "id", "ID": "id", "x": "", "tag": "tags",
	} {
		if got := Suggest(word, known); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestSimilar(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"Auth", "auth"}: true, {"Auth", "Auths"}: true, {"Auth", "Atuh"}: true, {"Auth", "Auht"}: true, {"Auth", "Admin"}: false, {"A", "B"}: true, {"Auth", "Authen"}: false,
	} {
		if got := Similar(pair[0], pair[1]); got != want {
			t.Errorf("Similar(%v) = %v", pair, got)
		}
	}
}

func FuzzUnits(f *testing.F) {
	for _, s := range []string{"64KiB", "1MB", "0", "-1", "9223372036854775807GiB", "1.5MiB", "3s", "1h30m", "-3s", "3", "1e3s", "\u00b5s", "9223372036854775807ns", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := ParseBytes(s); (err == nil) != (n > 0) {
			t.Fatalf("ParseBytes(%q) = %d, %v", s, n, err)
		}
		d, err := ParseDuration(s)
		if d < 0 || err != nil && d != 0 {
			t.Fatalf("ParseDuration(%q) = %d, %v", s, d, err)
		}
		if again, err2 := ParseDuration(d.String()); err == nil && (err2 != nil || again != d) {
			t.Fatalf("ParseDuration(%q) = %d, and %q is %d, %v", s, d, d, again, err2)
		}
	})
}
