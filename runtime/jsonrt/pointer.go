package jsonrt

import (
	"strconv"
	"unicode/utf8"
)

// maxPointer bounds, in bytes, the pointer of an issue.
const maxPointer = 256

// pointer returns the JSON pointer (RFC 6901) of the current value.
func (d *Decoder) pointer() string { return cutPointer(d.appendPointer(nil)) }

// memberPointer returns the pointer of a member of the current value.
func (d *Decoder) memberPointer(name string) string {
	b := append(d.appendPointer(nil), '/')
	for i := range len(name) {
		b = appendPointerByte(b, name[i])
	}
	return cutPointer(b)
}

// appendPointer stops soon after the pointer has become too long.
func (d *Decoder) appendPointer(b []byte) []byte {
	for i := range d.frames {
		f := &d.frames[i]
		switch {
		case len(b) > maxPointer:
			return b
		case f.name >= 0:
			b = d.appendToken(append(b, '/'), f.name+1)
		case f.index >= 0:
			b = strconv.AppendInt(append(b, '/'), int64(f.index), 10)
		}
	}
	return b
}

// appendToken appends the name whose string starts behind the quote at i. It
// was read before and is known to be valid.
func (d *Decoder) appendToken(b []byte, i int) []byte {
	for len(b) <= maxPointer {
		switch c := d.text[i]; c {
		case '"':
			return b
		case '\\':
			r, n := unescape(d.text[i:])
			i += n
			if r < utf8.RuneSelf {
				b = appendPointerByte(b, byte(r))
			} else {
				b = utf8.AppendRune(b, r)
			}
		default:
			b = appendPointerByte(b, c)
			i++
		}
	}
	return b
}

// appendPointerByte escapes as RFC 6901 section 3 has it.
func appendPointerByte(b []byte, c byte) []byte {
	switch c {
	case '~':
		return append(b, "~0"...)
	case '/':
		return append(b, "~1"...)
	}
	return append(b, c)
}

// cutPointer shortens b to maxPointer bytes, between runes and not within an
// escape.
func cutPointer(b []byte) string {
	if len(b) <= maxPointer { //check:pointer-cut
		return string(b)
	}
	n := maxPointer
	for !utf8.RuneStart(b[n]) {
		n--
	}
	if b[n-1] == '~' {
		n--
	}
	return string(b[:n])
}
