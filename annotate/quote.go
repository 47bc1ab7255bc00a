package annotate

import (
	"strconv"
	"unicode/utf8"
)

// quotedLen returns the length of the quoted string that s begins with, both
// quotes included, and whether it is closed.
func quotedLen(s string) (int, bool) {
	quote := s[0]
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == quote:
			return i + 1, true
		case s[i] == '\\' && quote == '"':
			i++
		}
	}
	return len(s), false
}

// badEscape returns where the first escape that Go does not know stands in a
// closed "…" literal, and its length; 0, 0 when there is none.
func badEscape(lit string) (int, int) {
	rest := lit[1 : len(lit)-1]
	for rest != "" {
		at := len(lit) - 1 - len(rest)
		_, _, tail, err := strconv.UnquoteChar(rest, '"')
		if err != nil {
			return at, min(2, len(rest))
		}
		rest = tail
	}
	return 0, 0
}

// quotedOffset returns where in the literal lit the byte stands that the
// decoded text has at offset off. A byte in the middle of an escape counts as
// its beginning.
func quotedOffset(lit string, off int) int {
	if lit == "" || lit[0] != '"' {
		return 1 + off
	}
	rest, decoded := lit[1:max(1, len(lit)-1)], 0
	for rest != "" {
		r, multibyte, tail, err := strconv.UnquoteChar(rest, '"')
		if err != nil {
			break
		}
		n := 1
		if multibyte {
			n = utf8.RuneLen(r)
		}
		if off < decoded+n {
			break
		}
		decoded, rest = decoded+n, tail
	}
	return len(lit) - 1 - len(rest)
}
