package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// jsonReader turns JSON into nodes.
type jsonReader struct {
	l     *loader
	text  []byte
	dec   *jsontext.Decoder
	count int
	// reached is the place of the offset that was asked for last: the next one
	// lies behind it.
	reached place
	offset  int
}

// parseJSON reads the one value of a JSON text (RFC 8259). It returns nil after a
// mistake that hides the rest.
func (l *loader) parseJSON(text []byte) *node {
	// Duplicate names are found here, where both places are known.
	r := &jsonReader{l: l, text: text, dec: jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true))}
	n, err := r.value("", 0)
	if err == nil {
		at := r.next()
		if _, err = r.dec.ReadToken(); errors.Is(err, io.EOF) {
			return n
		}
		if err == nil {
			l.addAt(at, "", "something follows the JSON value: remove it")
			return n
		}
	}
	l.syntax(r, err)
	return nil
}

// syntax notes what is wrong with the text. The messages of the decoder quote a
// few characters, so they are not passed on.
func (l *loader) syntax(r *jsonReader, err error) {
	var problem *Error
	if errors.As(err, &problem) {
		l.problems = append(l.problems, problem)
		return
	}
	at := r.position(int(r.dec.InputOffset()))
	var syntactic *jsontext.SyntacticError
	if errors.As(err, &syntactic) {
		at = r.position(int(syntactic.ByteOffset))
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		l.addAt(at, "", "the JSON ends too early: a quote or a bracket is not closed")
		return
	}
	l.addAt(at, "", "this is no JSON: %s", r.expectation(at))
}

// expectation says what usually is wrong at a place.
func (r *jsonReader) expectation(at place) string {
	rest := r.rest(at)
	switch {
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "#") || strings.HasPrefix(rest, "/*"):
		return "it has no comments; remove them, or write the file as YAML"
	case strings.HasPrefix(rest, "'"):
		return "text stands in double quotes"
	case strings.HasPrefix(rest, "}") || strings.HasPrefix(rest, "]"):
		return "expected a value, or no comma before the bracket"
	default:
		return "expected a value, or a comma or bracket between values"
	}
}

// rest returns the text from a place on.
func (r *jsonReader) rest(at place) string {
	lines := strings.SplitAfter(string(r.text), "\n")
	if at.line > len(lines) {
		return ""
	}
	runes := []rune(lines[at.line-1])
	return strings.TrimLeft(string(runes[min(at.column-1, len(runes)):]), " \t,:")
}

// value reads the next value, which path names.
func (r *jsonReader) value(path string, depth int) (*node, error) {
	at := r.next()
	if r.count++; r.count > maxNodes {
		return nil, r.mistake(at, "", tooMany, maxNodes)
	}
	if depth > maxDepth {
		return nil, r.mistake(at, "", tooDeep, maxDepth)
	}
	token, err := r.dec.ReadToken()
	if err != nil {
		return nil, err
	}
	n := &node{place: at}
	switch token.Kind() {
	case 'n':
	case 't', 'f':
		n.kind, n.text = boolean, token.String()
	case '"':
		n.kind, n.text = text, token.String()
	case '0':
		n.kind, n.text = number, token.String()
	case '[':
		n.kind = list
		for i := 0; r.dec.PeekKind() != ']'; i++ {
			item, err := r.value(fmt.Sprintf("%s[%d]", path, i), depth+1)
			if err != nil {
				return nil, err
			}
			n.items = append(n.items, item)
		}
		_, err = r.dec.ReadToken()
	case '{':
		n.kind = object
		for r.dec.PeekKind() != '}' {
			if err := r.member(n, path, depth); err != nil {
				return nil, err
			}
		}
		_, err = r.dec.ReadToken()
	}
	return n, err
}

// member reads a name and its value into n.
func (r *jsonReader) member(n *node, path string, depth int) error {
	at := r.next()
	token, err := r.dec.ReadToken()
	if err != nil {
		return err
	}
	p := &pair{place: at, key: token.String()}
	if p.value, err = r.value(join(path, p.key), depth+1); err != nil {
		return err
	}
	if old := n.find(p.key); old != nil {
		r.l.addAt(at, join(path, p.key), "is given twice, first at %d:%d: remove one", old.line, old.column)
		return nil
	}
	n.pairs = append(n.pairs, p)
	return nil
}

func (r *jsonReader) mistake(at place, path, format string, args ...any) error {
	return &Error{File: r.l.file, Line: at.line, Column: at.column, Path: path, Message: fmt.Sprintf(format, args...)}
}

// next is where the next token begins.
func (r *jsonReader) next() place {
	i := int(r.dec.InputOffset())
	for i < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[i]) >= 0 {
		i++
	}
	return r.position(i)
}

// position turns an offset into a line and a column.
func (r *jsonReader) position(offset int) place {
	offset = min(offset, len(r.text))
	if offset < r.offset || r.offset == 0 {
		r.offset, r.reached = 0, place{line: 1, column: 1}
	}
	between := r.text[r.offset:offset]
	if end := bytes.LastIndexByte(between, '\n'); end >= 0 {
		r.reached = place{line: r.reached.line + bytes.Count(between, []byte("\n")), column: 1}
		between = between[end+1:]
	}
	r.reached.column += utf8.RuneCount(between)
	r.offset = offset
	return r.reached
}
