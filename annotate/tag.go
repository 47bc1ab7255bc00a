package annotate

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// Tag is one key:"value" pair of a struct tag.
type Tag struct {
	Key   string
	Value string // decoded
	// Pos is where the key begins, End is behind the value's closing quote.
	Pos, End token.Pos
	// ValuePos is the first byte inside the value's quotes.
	ValuePos token.Pos

	src    *tagSource
	quoted string // the value with its quotes
	offset int    // of quoted in the tag's text
}

// At returns the position of the byte at offset of Value.
func (t Tag) At(offset int) token.Pos {
	if t.src == nil {
		return t.ValuePos
	}
	return t.src.pos(t.offset + quotedOffset(t.quoted, offset))
}

// Range returns the place of the bytes of Value from offset up to end.
func (t Tag) Range(offset, end int) Span { return Span{t.At(offset), t.At(end)} }

// Span returns the place of the whole pair.
func (t Tag) Span() Span { return Span{t.Pos, t.End} }

// KeySpan returns the place of the key.
func (t Tag) KeySpan() Span { return Span{t.Pos, t.Pos + token.Pos(len(t.Key))} }

// Name returns the part of the value before the first comma, as in json tags.
func (t Tag) Name() string {
	name, _, _ := strings.Cut(t.Value, ",")
	return name
}

// TagOption is one comma-separated word of a tag's value.
type TagOption struct {
	Text   string
	Offset int // in Value
}

// Options returns the words behind the first comma of the value.
func (t Tag) Options() []TagOption {
	words := t.Words()
	if len(words) == 0 {
		return nil
	}
	return words[1:]
}

// Words returns all comma-separated words of the value, none for an empty
// one.
func (t Tag) Words() []TagOption {
	if t.Value == "" {
		return nil
	}
	var words []TagOption
	offset := 0
	for word := range strings.SplitSeq(t.Value, ",") {
		words = append(words, TagOption{Text: word, Offset: offset})
		offset += len(word) + 1
	}
	return words
}

// TagError is a mistake in the syntax of a struct tag.
type TagError struct {
	Pos, End token.Pos
	Message  string
}

// Span returns the place of the mistake.
func (e TagError) Span() Span { return Span{e.Pos, e.End} }

// ParseTag splits a struct tag into its pairs. It goes on behind a mistake
// where it can. A nil literal is an empty tag.
func ParseTag(lit *ast.BasicLit) ([]Tag, []TagError) {
	if lit == nil {
		return nil, nil
	}
	text, err := strconv.Unquote(lit.Value)
	if err != nil {
		return nil, []TagError{{lit.Pos(), lit.End(), "the struct tag is no valid string"}}
	}
	p := &tagParser{src: &tagSource{lit: lit}, text: text}
	p.src.countReturns()
	for p.skipSpace(); p.at < len(p.text); p.skipSpace() {
		p.pair()
	}
	return p.tags, p.errs
}

type tagParser struct {
	src  *tagSource
	text string
	at   int
	tags []Tag
	errs []TagError
}

func (p *tagParser) errorf(from, to int, message string) {
	p.errs = append(p.errs, TagError{p.src.pos(from), p.src.pos(to), message})
}

func (p *tagParser) skipSpace() {
	for p.at < len(p.text) && isTagSpace(p.text[p.at]) {
		p.at++
	}
}

// pair reads key:"value" at p.at, which is no space, and always moves on.
func (p *tagParser) pair() {
	start := p.at
	for p.at < len(p.text) && isTagKey(p.text[p.at]) {
		p.at++
	}
	key := p.text[start:p.at]
	switch {
	case key == "":
		p.skipWord()
		p.errorf(start, p.at, `a struct tag is a list of key:"value" pairs separated by spaces`)
		return
	case p.at == len(p.text) || p.text[p.at] != ':':
		p.skipWord()
		p.errorf(start, p.at, `the tag `+key+` has no value; write `+key+`:"…"`)
		return
	}
	p.at++
	if p.at == len(p.text) || p.text[p.at] != '"' {
		p.unquoted(key, start)
		return
	}
	p.value(key, start)
}

// unquoted reports a value that does not begin with a quote.
func (p *tagParser) unquoted(key string, start int) {
	behind := p.at
	p.skipSpace()
	if p.at > behind && p.at < len(p.text) && p.text[p.at] == '"' {
		p.errorf(behind, p.at, `remove the space between `+key+`: and its value`)
		p.value(key, start)
		return
	}
	p.at = behind
	p.skipWord()
	p.errorf(start, p.at, `the value of the tag `+key+` must stand in double quotes: `+key+`:"…"`)
}

// value reads the quoted value at p.at.
func (p *tagParser) value(key string, start int) {
	open := p.at
	n, closed := quotedLen(p.text[open:])
	p.at = open + n
	quoted := p.text[open:p.at]
	if !closed {
		p.errorf(open, p.at, `the value of the tag `+key+` has no closing quote`)
		return
	}
	value, err := strconv.Unquote(quoted)
	if err != nil {
		from, length := badEscape(quoted)
		p.errorf(open+from, open+from+length, `the value of the tag `+key+` is no valid Go string; write \\ for a backslash`)
		return
	}
	if p.duplicate(key, start) {
		return
	}
	p.tags = append(p.tags, Tag{
		Key: key, Value: value,
		Pos: p.src.pos(start), End: p.src.pos(p.at), ValuePos: p.src.pos(open + 1),
		src: p.src, quoted: quoted, offset: open,
	})
	if p.at < len(p.text) && !isTagSpace(p.text[p.at]) {
		p.errorf(p.at, p.at, `a space separates the pairs of a struct tag; write one here`)
	}
}

func (p *tagParser) duplicate(key string, start int) bool {
	for _, t := range p.tags {
		if t.Key == key {
			p.errorf(start, start+len(key), `the tag `+key+`: is given twice; keep one`)
			return true
		}
	}
	return false
}

func (p *tagParser) skipWord() {
	start := p.at
	for p.at < len(p.text) && !isTagSpace(p.text[p.at]) {
		p.at++
	}
	if p.at == start {
		p.at = min(start+1, len(p.text))
	}
}

func isTagSpace(b byte) bool { return b == ' ' || b == '\t' || b == '\n' || b == '\r' }

// isTagKey tells the bytes reflect.StructTag takes in a key.
func isTagKey(b byte) bool { return b > ' ' && b != ':' && b != '"' && b != 0x7f }

// tagSource maps offsets in a tag's decoded text to places in the source.
type tagSource struct {
	lit *ast.BasicLit
	// crlf tells that each line break of a raw literal stands as two bytes in
	// the source, of which the scanner drops the first.
	crlf bool
}

func (s *tagSource) countReturns() {
	v := s.lit.Value
	if breaks := strings.Count(v, "\n"); breaks > 0 && v[0] == '`' && s.lit.ValueEnd.IsValid() {
		s.crlf = int(s.lit.ValueEnd-s.lit.ValuePos)-len(v) == breaks
	}
}

func (s *tagSource) pos(offset int) token.Pos {
	at := quotedOffset(s.lit.Value, offset)
	if s.crlf {
		at += strings.Count(s.lit.Value[:min(at, len(s.lit.Value))], "\n")
	}
	return s.lit.ValuePos + token.Pos(at)
}
