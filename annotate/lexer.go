package annotate

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one argument of a directive as written. Offsets count from the
// beginning of the argument text.
type word struct {
	key    string // "" for a positional argument
	values []rawValue
	start  int
	end    int
}

// rawValue is one value of a word.
type rawValue struct {
	text   string // decoded
	quoted bool
	suffix string // Name of "import/path".Name
	start  int
	end    int
	lit    string // as written, without the suffix
}

// lexError is a mistake in the argument text.
type lexError struct {
	code    string
	start   int
	end     int
	message string
	remove  bool // taking the text away repairs it
}

// argLexer splits the arguments of a directive:
//
//	arg = flag | positional | key=value[,value]
//
// It goes on behind a mistake, so that one line can hold several.
type argLexer struct {
	text   string
	at     int
	isFlag func(string) bool
	words  []word
	errs   []lexError
}

// lexArgs splits text. isFlag tells the words that are flags.
func lexArgs(text string, isFlag func(string) bool) ([]word, []lexError) {
	l := &argLexer{text: text, isFlag: isFlag}
	for l.skipSpace(); l.at < len(l.text); l.skipSpace() {
		l.word()
	}
	return l.words, l.errs
}

func (l *argLexer) errorf(code string, start, end int, message string) {
	l.errs = append(l.errs, lexError{code: code, start: start, end: end, message: message})
}

func (l *argLexer) skipSpace() {
	l.at += spaceLen(l.text[l.at:])
}

// word reads one argument; l.at is at no space and always moves on.
func (l *argLexer) word() {
	start := l.at
	if strings.HasPrefix(l.text[start:], "//") {
		l.errorf(CodeCommentInDirective, start, len(l.text), "a directive line takes no comment; put it on a line of its own")
		l.at = len(l.text)
		return
	}
	if n := keyLen(l.text[start:]); n > 0 {
		if equals := start + n + spaceLen(l.text[start+n:]); strings.HasPrefix(l.text[equals:], "=") {
			l.keyed(start, start+n, equals)
			return
		}
	}
	switch l.text[start] {
	case '=':
		for l.at < len(l.text) && spaceLen(l.text[l.at:]) == 0 {
			l.at++
		}
		l.errorf(CodeUnexpectedArgument, start, l.at, "= without a key before it")
	case '"', '`':
		l.words = append(l.words, word{values: []rawValue{l.quoted()}, start: start, end: l.at})
	default:
		v := l.bare(false)
		l.words = append(l.words, word{values: []rawValue{v}, start: start, end: l.at})
	}
}

// keyed reads key=value[,value].
func (l *argLexer) keyed(start, keyEnd, equals int) {
	w := word{key: l.text[start:keyEnd], start: start}
	if keyEnd != equals {
		l.errs = append(l.errs, lexError{CodeSpacing, keyEnd, equals, "remove the space before the = of " + w.key, true})
	}
	l.at = equals + 1
	for sep := "="; ; sep = "," {
		if !l.separator(&w, sep) {
			break
		}
		switch c := l.text[l.at]; c {
		case ',':
			l.errorf(CodeEmptyValue, l.at, l.at+1, "an empty value of "+w.key+" before the comma")
		case '"', '`':
			w.values = append(w.values, l.quoted())
		default:
			w.values = append(w.values, l.bare(true))
		}
		if !strings.HasPrefix(l.text[l.at:], ",") {
			break
		}
		l.at++
	}
	w.end = l.at
	l.words = append(l.words, w)
}

// separator looks at what stands behind the separator just read. It skips and
// reports space before a further value, reports a missing one, and returns
// whether there is one.
func (l *argLexer) separator(w *word, sep string) bool {
	gap := spaceLen(l.text[l.at:])
	next := l.text[l.at+gap:]
	switch {
	case next != "" && gap == 0:
		return true
	case next == "" || l.startsArg(next):
		what, start := w.key+" has no value; write one right behind the =, or leave the key out", w.start
		if sep == "," {
			what, start = "no value of "+w.key+" stands behind the comma", l.at-1
		}
		l.errorf(CodeEmptyValue, start, l.at, what)
		return false
	default:
		l.errs = append(l.errs, lexError{CodeSpacing, l.at, l.at + gap, "remove the space behind the " + sep + " of " + w.key, true})
		l.at += gap
		return true
	}
}

// startsArg tells whether text begins with another argument rather than with
// a value that slipped away from its separator.
func (l *argLexer) startsArg(text string) bool {
	n := keyLen(text)
	if n == 0 {
		return false
	}
	behind := text[n:]
	if strings.HasPrefix(behind, "=") {
		return true
	}
	return (behind == "" || spaceLen(behind) > 0) && l.isFlag(text[:n])
}

// bare reads a value without quotes up to a space or, in a list, a comma.
func (l *argLexer) bare(list bool) rawValue {
	start := l.at
	if l.text[start] == '\'' && strings.Contains(l.text[start+1:], "'") {
		n := strings.IndexByte(l.text[start+1:], '\'') + 2
		l.at += n
		l.errorf(CodeBadQuote, start, l.at, `values are quoted with " or with back quotes`)
		return rawValue{text: l.text[start+1 : l.at-1], start: start, end: l.at, quoted: true, lit: l.text[start:l.at]}
	}
	for l.at < len(l.text) {
		r, size := utf8.DecodeRuneInString(l.text[l.at:])
		if unicode.IsSpace(r) || list && r == ',' {
			break
		}
		if r == '"' || r == '`' {
			n, _ := quotedLen(l.text[l.at:])
			l.errorf(CodeBadQuote, l.at, l.at+1, "a quote inside a value; quote the whole value")
			size = n
		}
		l.at += size
	}
	text := l.text[start:l.at]
	return rawValue{text: text, start: start, end: l.at, lit: text}
}

// quoted reads a "…" or back-quoted value and the .Name behind it.
func (l *argLexer) quoted() rawValue {
	start := l.at
	n, closed := quotedLen(l.text[start:])
	l.at += n
	v := rawValue{quoted: true, start: start, end: l.at, lit: l.text[start:l.at]}
	if !closed {
		l.errorf(CodeBadQuote, start, start+1, "this quote has no closing one on its line; add it behind the value")
		return v
	}
	text, err := strconv.Unquote(v.lit)
	if err != nil {
		from, length := badEscape(v.lit)
		l.errorf(CodeBadQuote, start+from, start+from+length, `no valid Go string; write \\ for a backslash, or use back quotes`)
		return v
	}
	v.text = text
	if strings.HasPrefix(l.text[l.at:], ".") {
		if n := keyLen(l.text[l.at+1:]); n > 0 {
			v.suffix = l.text[l.at+1 : l.at+1+n]
			l.at += 1 + n
			v.end = l.at
		}
	}
	if behind := l.text[l.at:]; behind != "" && behind[0] != ',' && spaceLen(behind) == 0 {
		from := l.at
		for l.at < len(l.text) && l.text[l.at] != ',' && spaceLen(l.text[l.at:]) == 0 {
			l.at++
		}
		l.errorf(CodeBadQuote, from, l.at, "text right behind a quoted value; separate it with a space, or quote it too")
	}
	return v
}

// keyLen returns the length of the key that s begins with: a letter, then
// letters, digits, '_' and '-'. Keys of the schema are ASCII; other letters
// count so that a mistyped key is reported as a whole.
func keyLen(s string) int {
	for i, r := range s {
		if r == '_' || unicode.IsLetter(r) || i > 0 && (r == '-' || unicode.IsDigit(r)) {
			continue
		}
		return i
	}
	return len(s)
}

// spaceLen returns the length of the white space that s begins with.
func spaceLen(s string) int {
	return len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
}
