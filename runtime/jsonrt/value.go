package jsonrt

import (
	"bytes"
	"encoding"
	"encoding/base64"
	"time"
)

// Null passes over a null if that is the next value, and reports whether it is.
func (d *Decoder) Null() bool { return d.peek() == 'n' && d.literal("null") }

// AbsentNull passes over a null that stands for an absent member, and reports
// whether there was one.
func (d *Decoder) AbsentNull() bool { return d.NullsAbsent && d.Null() }

// Bool reads a boolean.
func (d *Decoder) Bool(v *bool) bool {
	switch d.peek() {
	case 't':
		if d.literal("true") {
			*v = true
			return true
		}
		return false
	case 'f':
		if d.literal("false") {
			*v = false
			return true
		}
		return false
	}
	return d.mismatch("must be a boolean")
}

// chars reads a string; it is valid until the next call.
func (d *Decoder) chars(want string) (b []byte, ok bool) {
	if d.peek() != '"' {
		return nil, d.mismatch(want)
	}
	start := d.pos + 1
	end, escaped, reason := scanString(d.text, start)
	if reason != "" {
		return nil, d.fail(end, reason)
	}
	d.pos = end + 1
	return d.unquoted(start, end, escaped), true
}

// String reads a string.
func (d *Decoder) String(v *string) bool {
	b, ok := d.chars("must be a string")
	if ok {
		*v = string(b)
	}
	return ok
}

// Bytes reads a string of base64 (RFC 4648 section 4) with padding and without
// line breaks.
func (d *Decoder) Bytes(v *[]byte) bool {
	b, ok := d.chars("must be a string")
	if !ok {
		return false
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(b)))
	n, err := base64.StdEncoding.Decode(out, b)
	if err != nil || bytes.ContainsAny(b, "\r\n") { //check:base64
		return d.issue("type", "must be base64")
	}
	*v = out[:n]
	return true
}

// Time reads a string that is a time by RFC 3339 section 5.6.
func (d *Decoder) Time(v *time.Time) bool {
	b, ok := d.chars("must be a string")
	if !ok {
		return false
	}
	t, ok := parseTime(b)
	if !ok {
		return d.issue("type", "must be a time as in RFC 3339")
	}
	*v = t
	return true
}

// parseTime demands of RFC 3339 also what the time package lets pass: two
// digits for the hour, a period before the fraction, an offset below 24:00.
func parseTime(b []byte) (t time.Time, ok bool) {
	if t.UnmarshalText(b) != nil {
		return t, false
	}
	switch n := len(b); {
	case b[len("2006-01-02T1")] == ':' || b[len("2006-01-02T15:04:05")] == ',': //check:time-form
		return t, false
	case b[n-1] == 'Z':
		return t, true
	default:
		hour, minute := b[n-len("07:00"):], b[n-len("00"):]
		return t, string(hour[:2]) < "24" && string(minute) < "60"
	}
}

// Duration reads a string as time.ParseDuration takes it, such as "1m30s".
func (d *Decoder) Duration(v *time.Duration) bool {
	b, ok := d.chars("must be a string")
	if !ok {
		return false
	}
	t, err := time.ParseDuration(string(b))
	if err != nil {
		return d.issue("type", "must be a duration such as 1m30s")
	}
	*v = t
	return true
}

// Text reads a string into a type with a text form, whose method gets a copy.
// What it returns is not shown to anyone.
func (d *Decoder) Text(v encoding.TextUnmarshaler) bool {
	b, ok := d.chars("must be a string")
	return ok && (v.UnmarshalText(bytes.Clone(b)) == nil || d.badForm())
}

// badForm reports a value that its own type refuses.
func (d *Decoder) badForm() bool { return d.issue("type", "has not the form expected") }
