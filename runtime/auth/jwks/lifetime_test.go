package jwks

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestLifetime(t *testing.T) {
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	for _, c := range []struct {
		headers string // Name: value, one a line
		want    time.Duration
	}{
		{"", defaultLifetime},
		{"Cache-Control: public", defaultLifetime},
		{"Cache-Control: max-age=3600", time.Hour},
		{"Cache-Control: public, max-age=19845, must-revalidate, no-transform", 19845 * time.Second},
		{"Cache-Control: public , MAX-AGE = 3600", time.Hour},
		{`Cache-Control: max-age="3600"`, time.Hour},
		{"Cache-Control: public\nCache-Control: max-age=3600", time.Hour},
		{"Cache-Control: max-age=3600, max-age=7200", time.Hour},
		{"Cache-Control: s-maxage=7200, max-age=3600", time.Hour},
		{"Cache-Control: s-maxage=7200", defaultLifetime},
		{`Cache-Control: ext="max-age=7200", max-age=3600`, time.Hour},
		{`Cache-Control: ext="a, max-age=7200, b", max-age=3600`, time.Hour},
		{`Cache-Control: ext="a\", max-age=7200, b", max-age=3600`, time.Hour},
		{`Cache-Control: ext="a, max-age=7200`, defaultLifetime},
		{"Cache-Control: max-age=3600\nAge: 600", 50 * time.Minute},
		{"Cache-Control: max-age=3600\nAge: x", time.Hour},
		{"Cache-Control: max-age=3600\nAge: -5", time.Hour},
		{"Cache-Control: max-age=3600\nAge: 99999999999999999999", minLifetime},
		{"Age: 600", defaultLifetime},
		{"Cache-Control: max-age=299", minLifetime},
		{"Cache-Control: max-age=301", 301 * time.Second},
		{"Cache-Control: max-age=86399", maxLifetime - time.Second},
		{"Cache-Control: max-age=86401", maxLifetime},
		{"Cache-Control: max-age=99999999999999999999", maxLifetime},
		{"Cache-Control: max-age=9223372036854775807", maxLifetime},
		{"Cache-Control: max-age=0", minLifetime},
		{"Cache-Control: max-age=-1", minLifetime},
		{"Cache-Control: max-age=+3600", minLifetime},
		{"Cache-Control: max-age=", minLifetime},
		{"Cache-Control: max-age", minLifetime},
		{"Cache-Control: max-age=1h", minLifetime},
		{"Cache-Control: no-store", minLifetime},
		{"Cache-Control: no-cache, no-store, must-revalidate", minLifetime},
		{"Cache-Control: no-cache, max-age=3600", time.Hour},
		{"Expires: " + at(time.Hour), time.Hour},
		{"Expires: " + at(time.Hour) + "\nAge: 600", 50 * time.Minute},
		{"Expires: " + at(3*time.Hour) + "\nDate: " + at(time.Hour), 2 * time.Hour},
		{"Expires: " + at(-time.Hour), minLifetime},
		{"Expires: 0", minLifetime},
		{"Expires: " + at(9999*time.Hour), maxLifetime},
		{"Expires: " + at(time.Hour) + "\nCache-Control: max-age=7200", 2 * time.Hour},
		{"Expires: " + at(time.Hour) + "\nCache-Control: public", time.Hour},
		{"Expires: " + at(time.Hour) + "\nCache-Control: no-cache", minLifetime},
	} {
		h := http.Header{}
		for line := range strings.Lines(c.headers) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			h.Add(name, value)
		}
		if got := lifetimeOf(h, now); got != c.want {
			t.Errorf("%q: got %v, expected %v", c.headers, got, c.want)
		}
	}
}

// FuzzLifetime looks for a lifetime out of bounds, and for a max-age that is read
// otherwise than written.
func FuzzLifetime(f *testing.F) {
	for _, s := range []string{"", "public", `a="\",`, `a="b", max-age=1`, "max-age=1;", "no-store", ",,,"} {
		f.Add(s, "5", "Fri, 27 Nov 2026 12:00:00 GMT", uint32(3600))
	}
	now := time.Date(2026, 11, 27, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, control, age, expires string, seconds uint32) {
		h := http.Header{"Cache-Control": {control}, "Age": {age}, "Expires": {expires}}
		if d := lifetimeOf(h, now); d < minLifetime || d > maxLifetime {
			t.Errorf("%q: out of bounds: %v", h, d)
		}
		stated := time.Duration(min(seconds, 1<<31)) * time.Second
		h = http.Header{"Cache-Control": {"max-age=" + strconv.FormatUint(uint64(seconds), 10), control}}
		if d := lifetimeOf(h, now); d != min(max(stated, minLifetime), maxLifetime) {
			t.Errorf("%q: got %v", h, d)
		}
	})
}
