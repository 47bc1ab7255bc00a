package jsonrt

import (
	"bytes"
	"unicode/utf8"
)

// unescape decodes the valid escape sequence that b starts with and returns its
// length.
func unescape(b []byte) (r rune, n int) {
	switch c := b[1]; c {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		if r, ok := surrogatePair(b); ok {
			return r, 12
		}
		r, _ := hex4(b, 2)
		return r, 6
	default:
		return rune(c), 2
	}
}

// appendUnescaped appends what the inside of a valid string stands for.
func appendUnescaped(dst, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '\\')
		if i < 0 {
			return append(dst, b...)
		}
		dst = append(dst, b[:i]...)
		r, n := unescape(b[i:])
		dst = utf8.AppendRune(dst, r)
		b = b[i+n:]
	}
}

// unquoted returns what the inside of a string, from start to end, stands for.
// It is valid until the next call.
func (d *Decoder) unquoted(start, end int, escaped bool) []byte {
	if !escaped {
		return d.text[start:end:end]
	}
	d.scratch = appendUnescaped(d.scratch[:0], d.text[start:end])
	return d.scratch
}

func isSurrogate(r rune) bool { return 0xD800 <= r && r < 0xE000 }

// surrogatePair decodes a pair of \u escapes (RFC 8259 section 7).
func surrogatePair(b []byte) (rune, bool) {
	high, ok := hex4(b, 2)
	if !ok || high < 0xD800 || high >= 0xDC00 || len(b) < 12 || b[6] != '\\' || b[7] != 'u' {
		return 0, false
	}
	low, ok := hex4(b, 8)
	if !ok || low < 0xDC00 || low >= 0xE000 {
		return 0, false
	}
	return 0x10000 + (high-0xD800)<<10 + (low - 0xDC00), true
}

// hex4 reads four hexadecimal digits at i.
func hex4(b []byte, i int) (r rune, ok bool) {
	if len(b) < i+4 {
		return 0, false
	}
	for _, c := range b[i : i+4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			c = c | 0x20 - 'a' + 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
