package jsonrt

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks the high bit of the bytes of w that do not stand for themselves
// in a JSON string or need a closer look: quotes, backslashes, control
// characters and all that is not ASCII. Only the lowest mark is reliable: a
// subtraction may borrow from the byte above a marked one.
func special(w uint64) uint64 {
	return (w | (w - ones*' ') | (w ^ ones*'"' - ones) | (w ^ ones*'\\' - ones)) & highs
}

// scanString checks a string (RFC 8259 section 7) from the byte behind its
// opening quote and returns the position of the closing one. With a reason, end
// is where the string is wrong.
func scanString(b []byte, i int) (end int, escaped bool, reason string) {
	for {
		for i+8 <= len(b) {
			m := special(binary.LittleEndian.Uint64(b[i:]))
			if m != 0 {
				i += bits.TrailingZeros64(m) / 8
				break
			}
			i += 8
		}
		if i >= len(b) {
			return len(b), escaped, "unexpected end"
		}
		switch c := b[i]; {
		case c == '"':
			return i, escaped, ""
		case c == '\\':
			if i+1 == len(b) {
				return len(b), escaped, "unexpected end"
			}
			n, reason := scanEscape(b[i:])
			if reason != "" {
				return i, escaped, reason
			}
			escaped = true
			i += n
		case c < ' ': //check:control-character
			return i, escaped, "control character in a string"
		case c < utf8.RuneSelf:
			i++
		default:
			n := scanRunes(b[i:])
			if n == 0 { //check:utf8
				return i, escaped, "invalid UTF-8"
			}
			i += n
		}
	}
}

// scanRunes returns the length of the characters beyond ASCII that b starts
// with, up to the first invalid one.
func scanRunes(b []byte) (n int) {
	for n < len(b) && b[n] >= utf8.RuneSelf {
		r, size := utf8.DecodeRune(b[n:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		n += size
	}
	return n
}

// scanEscape checks the escape sequence that b, of two bytes at least, starts
// with and returns its length; a surrogate pair counts as one.
func scanEscape(b []byte) (n int, reason string) {
	switch b[1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, ""
	case 'u':
		r, ok := hex4(b, 2)
		if !ok { //check:hex
			return 0, "invalid escape sequence"
		}
		if !isSurrogate(r) {
			return 6, ""
		}
		if _, ok := surrogatePair(b); !ok { //check:surrogate
			return 0, "lone surrogate"
		}
		return 12, ""
	}
	return 0, "invalid escape sequence"
}

// scanNumber checks the number that starts at i (RFC 8259 section 6) and
// returns where it ends, and whether it has neither fraction nor exponent.
func scanNumber(b []byte, i int) (end int, integer bool, reason string) {
	if b[i] == '-' {
		i++
	}
	switch {
	case i < len(b) && b[i] == '0':
		i++
	default:
		n := i
		if i = scanDigits(b, i); i == n {
			return numberError(b, i)
		}
	}
	integer = true
	if i < len(b) && b[i] == '.' {
		integer = false
		n := i + 1
		if i = scanDigits(b, n); i == n { //check:fraction
			return numberError(b, i)
		}
	}
	if i < len(b) && b[i]|0x20 == 'e' {
		integer = false
		n := i + 1
		if n < len(b) && (b[n] == '+' || b[n] == '-') {
			n++
		}
		if i = scanDigits(b, n); i == n { //check:exponent
			return numberError(b, i)
		}
	}
	return i, integer, ""
}

func scanDigits(b []byte, i int) int {
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i
}

func numberError(b []byte, i int) (int, bool, string) {
	if i == len(b) {
		return i, false, "unexpected end"
	}
	return i, false, "invalid number"
}

// literal reads one of true, false and null.
func (d *Decoder) literal(word string) bool {
	if len(d.text)-d.pos >= len(word) && string(d.text[d.pos:d.pos+len(word)]) == word {
		d.pos += len(word)
		return true
	}
	for i := 0; d.pos < len(d.text) && d.text[d.pos] == word[i]; i++ {
		d.pos++
	}
	return d.unexpected("invalid literal")
}
