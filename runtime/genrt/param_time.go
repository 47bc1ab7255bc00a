package genrt

import (
	"strings"
	"time"
)

// Time reads a time as RFC 3339 writes it.
func (p *Param) Time(v *time.Time) bool {
	s, ok := p.value()
	if !ok {
		return false
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || !isRFC3339(s) {
		return p.mistyped("must be a time as in RFC 3339")
	}
	*v = t
	return true
}

// isRFC3339 refuses what package time lets through though RFC 3339 section 5.6
// does not: an hour of one digit, a comma before the fraction, and offsets that
// are no time of day.
func isRFC3339(s string) bool {
	const seconds = len("2006-01-02T15:04:05")
	if len(s) <= seconds || s[len("2006-01-02T15")] != ':' { //check:time-hour
		return false
	}
	if s[seconds] == ',' { //check:time-comma
		return false
	}
	if strings.HasSuffix(s, "Z") {
		return true
	}
	offset := s[len(s)-len("07:00"):] // time.Parse has seen that it is one
	return offset[:2] < "24" && offset[3:] < "60"
}
