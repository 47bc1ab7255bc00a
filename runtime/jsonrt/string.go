package jsonrt

import "unicode/utf8"

// scanString passes over a string and checks it. It notes in d.escaped whether
// the string must be unquoted.
func (d *Decoder) scanString() bool {
	d.escaped = false
	i := d.pos + 1
	for i < len(d.buf) {
		c := d.buf[i]
		if plain[c] {
			i++
			continue
		}
		switch {
		case c == '"':
			d.pos = i + 1
			return true
		case c == '\\':
			n, reason := d.escape(i)
			if reason != "" {
				return d.fail(i, reason)
			}
			d.escaped = true
			i += n
		case c < 0x20: //check:control
			return d.fail(i, "control character in a string")
		default:
			r, n := utf8.DecodeRune(d.buf[i:])
			if r == utf8.RuneError && n == 1 { //check:utf8
				return d.fail(i, "invalid UTF-8")
			}
			i += n
		}
	}
	return d.fail(len(d.buf), "unexpected end")
}

// plain tells the bytes that stand for themselves in a string.
var plain = func() (t [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

// escape returns the length of the escape sequence at i.
func (d *Decoder) escape(i int) (int, string) {
	if i+1 >= len(d.buf) {
		return 0, "unexpected end"
	}
	switch d.buf[i+1] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return 2, ""
	case 'u':
		r, ok := hex4(d.buf, i+2)
		if !ok {
			return 0, "invalid escape sequence"
		}
		if r < 0xD800 || r > 0xDFFF {
			return 6, ""
		}
		if r < 0xDC00 && i+7 < len(d.buf) && d.buf[i+6] == '\\' && d.buf[i+7] == 'u' {
			if low, ok := hex4(d.buf, i+8); ok && low >= 0xDC00 && low <= 0xDFFF {
				return 12, ""
			}
		}
		return 0, "lone surrogate"
	}
	return 0, "invalid escape sequence"
}

func hex4(b []byte, i int) (rune, bool) {
	if i+4 > len(b) {
		return 0, false
	}
	var r rune
	for _, c := range b[i : i+4] {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}

// unquote returns the meaning of a checked string that holds escapes; start
// and end enclose its quotes.
func (d *Decoder) unquote(start, end int) []byte {
	raw := d.buf[start+1 : end-1]
	b := d.scratch[:0]
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			b = append(b, raw[i])
			continue
		}
		i++
		switch raw[i] {
		case 'b':
			b = append(b, '\b')
		case 'f':
			b = append(b, '\f')
		case 'n':
			b = append(b, '\n')
		case 'r':
			b = append(b, '\r')
		case 't':
			b = append(b, '\t')
		case 'u':
			r, _ := hex4(raw, i+1)
			i += 4
			if 0xD800 <= r && r <= 0xDBFF {
				low, _ := hex4(raw, i+3)
				r = 0x10000 + (r-0xD800)<<10 + (low - 0xDC00)
				i += 6
			}
			b = utf8.AppendRune(b, r)
		default:
			b = append(b, raw[i])
		}
	}
	d.scratch = b
	return b
}
