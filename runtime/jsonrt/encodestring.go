package jsonrt

import (
	"encoding"
	"encoding/base64"
	"errors"
	"math/bits"
	"time"
	"unicode/utf8"
)

var (
	errInvalidUTF8 = errors.New("a string is not valid UTF-8")
	errTimeRange   = errors.New("a time has no form in RFC 3339: its year must be from 0 to 9999 and its offset below 24 hours")
	errAppendText  = errors.New("a method AppendText does not append")
)

// String writes a string, escaping no more than RFC 8259 section 7 demands. One
// that is not valid UTF-8 is an error.
func (e *Encoder) String(s string) {
	e.buf = append(e.buf, '"')
	i, ok := plain(s, 0)
	for done := 0; ; i, ok = plain(s, i) {
		if !ok { //check:encode-utf8
			e.fail(errInvalidUTF8)
			return
		}
		e.buf = append(e.buf, s[done:i]...)
		if i == len(s) {
			break
		}
		e.buf = appendEscape(e.buf, s[i])
		i++
		done = i
	}
	e.buf = append(e.buf, '"')
}

// plain returns the position, from i on, of the first byte to be escaped, or
// the end. It returns false when s is not valid UTF-8.
func plain(s string, i int) (int, bool) {
	for {
		for i+8 <= len(s) {
			b := s[i : i+8]
			m := special(uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
				uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56)
			if m != 0 {
				i += bits.TrailingZeros64(m) / 8
				break
			}
			i += 8
		}
		if i >= len(s) {
			return len(s), true
		}
		switch c := s[i]; {
		case c == '"' || c == '\\' || c < ' ':
			return i, true
		case c < utf8.RuneSelf:
			i++
		default:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				return i, false
			}
			i += n
		}
	}
}

func appendEscape(b []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, `\b`...)
	case '\f':
		return append(b, `\f`...)
	case '\n':
		return append(b, `\n`...)
	case '\r':
		return append(b, `\r`...)
	case '\t':
		return append(b, `\t`...)
	}
	return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// Base64 writes a string of base64 (RFC 4648 section 4) with padding.
func (e *Encoder) Base64(v []byte) {
	e.buf = append(e.buf, '"')
	e.buf = base64.StdEncoding.AppendEncode(e.buf, v)
	e.buf = append(e.buf, '"')
}

// Time writes a time by RFC 3339 section 5.6, with as many digits of the second
// as it has.
func (e *Encoder) Time(v time.Time) {
	e.buf = append(e.buf, '"')
	start := len(e.buf)
	e.buf = v.AppendFormat(e.buf, time.RFC3339Nano)
	if !isRFC3339(e.buf[start:]) { //check:encode-time
		e.fail(errTimeRange)
	}
	e.buf = append(e.buf, '"')
}

// isRFC3339 tells the times that the time package writes with more digits than
// RFC 3339 has room for.
func isRFC3339(b []byte) bool {
	if b[len("2006")] != '-' {
		return false
	}
	n := len(b)
	if b[n-1] == 'Z' {
		return true
	}
	zone := b[n-len("+07:00"):]
	return (zone[0] == '+' || zone[0] == '-') && string(zone[1:3]) < "24"
}

// Duration writes a duration as its String method has it, such as "1m30s".
func (e *Encoder) Duration(v time.Duration) { e.String(v.String()) }

// Text writes the text form of v as a string.
func (e *Encoder) Text(v encoding.TextMarshaler) {
	if a, ok := v.(encoding.TextAppender); ok {
		e.textAppender(a)
		return
	}
	b, err := v.MarshalText()
	if err != nil {
		e.fail(err)
		return
	}
	e.String(string(b))
}

// textAppender has the text appended in place, and moves it only when it must
// be escaped.
func (e *Encoder) textAppender(v encoding.TextAppender) {
	start := len(e.buf)
	b, err := v.AppendText(append(e.buf, '"'))
	switch {
	case err != nil:
		e.fail(err)
		return
	case len(b) <= start:
		e.fail(errAppendText)
		return
	}
	text := string(b[start+1:])
	if i, ok := plain(text, 0); ok && i == len(text) {
		e.buf = append(b, '"')
		return
	}
	e.buf = b[:start]
	e.String(text)
}
