package gogen

import (
	"strings"
	"unicode"
)

// commentWidth is the column behind which comments wrap.
const commentWidth = 100

// commentLines turns any text into lines that are comments: each starts with
// "// " and none is a directive of the go command, of cgo or of the compiler,
// all of which (but the old build constraint) want no space there. Characters
// that end a line or reorder text for the reader are taken out.
func commentLines(text string) []string {
	var out []string
	for line := range strings.SplitSeq(cleanText(text), "\n") {
		out = append(out, wrapComment(strings.TrimRight(line, " \t"))...)
	}
	for len(out) > 0 && out[len(out)-1] == "//" {
		out = out[:len(out)-1]
	}
	return out
}

// wrapComment breaks a line of text at spaces. Indented lines are kept, as
// they are code.
func wrapComment(line string) []string {
	if line == "" {
		return []string{"//"}
	}
	if strings.TrimLeft(line, " \t") != line {
		return []string{comment(line)}
	}
	var out []string
	for len(line) > commentWidth {
		cut := strings.LastIndexByte(line[:commentWidth], ' ')
		if cut <= 0 {
			cut = strings.IndexByte(line, ' ')
		}
		if cut <= 0 {
			break
		}
		out = append(out, comment(line[:cut]))
		line = strings.TrimLeft(line[cut:], " ")
	}
	return append(out, comment(line))
}

// comment makes a comment of one line. A build constraint of the old form
// stands behind a space, so that it is quoted.
func comment(line string) string {
	if trimmed := strings.TrimSpace(line); strings.HasPrefix(trimmed, "+build") {
		return "// '" + trimmed + "'"
	}
	return "// " + line
}

// cleanText keeps line feeds and tabs of the control characters, makes line
// feeds of the other line ends, and drops what has no form of its own:
// direction marks and overrides, zero width characters, byte order marks.
func cleanText(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u0085' || r == '\u2028' || r == '\u2029' || r == '\v' || r == '\f':
			return '\n'
		case unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}
