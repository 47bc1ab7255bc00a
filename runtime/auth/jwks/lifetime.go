package jwks

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	minLifetime     = 5 * time.Minute
	maxLifetime     = 24 * time.Hour
	defaultLifetime = 15 * time.Minute
)

// lifetimeOf returns how long an answer received at now is fresh (RFC 9111 section
// 4.2): by max-age of Cache-Control, else by Expires, less its Age. It is bounded
// both ways: keys that are asked for with every request, or never again, are a
// mistake of the publisher.
func lifetimeOf(h http.Header, now time.Time) time.Duration {
	d, said := statedLifetime(h, now)
	if !said {
		return defaultLifetime
	}
	if age, ok := deltaSeconds(strings.TrimSpace(h.Get("Age"))); ok {
		d -= age
	}
	return min(max(d, minLifetime), maxLifetime)
}

// statedLifetime returns what the headers say. What cannot be read says that the
// answer is stale already (RFC 9111 sections 4.2.1 and 5.3).
func statedLifetime(h http.Header, now time.Time) (d time.Duration, said bool) {
	if d, said = cacheControl(h.Values("Cache-Control")); said {
		return d, true
	}
	expires := h.Get("Expires")
	if expires == "" {
		return 0, false
	}
	end, err := http.ParseTime(expires)
	if err != nil {
		return 0, true
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date // the clock that Expires was made with
	}
	return end.Sub(now), true
}

// cacheControl returns the first max-age in the values of Cache-Control. An answer
// that is not to be stored or used unasked, and says nothing else, is stale at once.
func cacheControl(values []string) (d time.Duration, said bool) {
	for directive := range directives(strings.Join(values, ",")) {
		name, value, _ := strings.Cut(directive, "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "max-age":
			d, _ = deltaSeconds(strings.Trim(strings.TrimSpace(value), `"`))
			return d, true
		case "no-store", "no-cache":
			said = true
		}
	}
	return 0, said
}

// directives yields the elements of a list whose values may be quoted strings (RFC
// 9110 sections 5.6.1 and 5.6.4).
func directives(list string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		start, quoted := 0, false
		for i := 0; i < len(list); i++ {
			switch c := list[i]; {
			case quoted && c == '\\':
				i++
			case c == '"':
				quoted = !quoted
			case c == ',' && !quoted:
				if !yield(list[start:i]) {
					return
				}
				start = i + 1
			}
		}
		yield(list[start:])
	}
}

// deltaSeconds reads a number of seconds (RFC 9111 section 1.2.2). Any that is
// larger than what is of use here comes back as a large one.
func deltaSeconds(s string) (time.Duration, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n > 1<<31 {
		n = 1 << 31
	}
	return time.Duration(n) * time.Second, true
}
