package jsonrt

import (
	"strconv"
	"unicode/utf8"
)

// Issue is a value that was read and does not fit.
type Issue struct {
	Pointer string // RFC 6901, cut at 256 bytes
	Code    string
	Detail  string
}

// SyntaxError says why a text is not JSON. Reason is fixed text.
type SyntaxError struct {
	Offset int64
	Reason string
}

// Error returns the reason and the offset.
func (e *SyntaxError) Error() string {
	return e.Reason + " at byte " + strconv.FormatInt(e.Offset, 10)
}

const (
	maxIssues  = 64
	maxPointer = 256
	maxDepth   = 10000
)

// frame is a step from a value to one inside it. Positions, not pointers: the
// stack is written on every member.
type frame struct {
	start, end int // the name in the text, quotes included; -1 for an element
	index      int
	escaped    bool // the name holds escapes
}

// pointer renders the way to the current value.
func (d *Decoder) pointer(name string, named bool) string {
	var b []byte
	for _, f := range d.frames {
		b = append(b, '/')
		if f.start < 0 {
			b = strconv.AppendInt(b, int64(f.index), 10)
		} else {
			b = appendEscaped(b, string(d.nameOf(f)))
		}
		if len(b) > maxPointer {
			break
		}
	}
	if named {
		b = appendEscaped(append(b, '/'), name)
	}
	return cutPointer(b)
}

func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		switch s[i] {
		case '~':
			b = append(b, "~0"...)
		case '/':
			b = append(b, "~1"...)
		default:
			b = append(b, s[i])
		}
	}
	return b
}

func cutPointer(b []byte) string {
	if len(b) <= maxPointer {
		return string(b)
	}
	n := maxPointer
	for n > 0 && !utf8.RuneStart(b[n]) {
		n--
	}
	return string(b[:n])
}
