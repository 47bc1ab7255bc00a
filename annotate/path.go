package annotate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// SegmentKind tells the segments of a path apart.
type SegmentKind int

// The kinds of segments.
const (
	SegmentLiteral SegmentKind = iota
	SegmentVar                 // {name}
	SegmentRest                // {name...}
)

// Segment is the part of a path between two slashes.
type Segment struct {
	Kind SegmentKind
	// Text is the literal, or the variable's name.
	Text string
	// Offset and End enclose the segment in the path, braces included.
	Offset, End int
}

// Pattern is a path split into its segments.
type Pattern struct {
	Segments []Segment
	// TrailingSlash tells that the path ends with a slash behind its last
	// segment; "/" alone has neither segments nor a trailing slash.
	TrailingSlash bool
}

// Vars returns the names of the variables in order.
func (p Pattern) Vars() []string {
	var vars []string
	for _, s := range p.Segments {
		if s.Kind != SegmentLiteral {
			vars = append(vars, s.Text)
		}
	}
	return vars
}

// String renders the path as it is written in directives.
func (p Pattern) String() string {
	var b strings.Builder
	for _, s := range p.Segments {
		b.WriteByte('/')
		switch s.Kind {
		case SegmentVar:
			b.WriteString("{" + s.Text + "}")
		case SegmentRest:
			b.WriteString("{" + s.Text + "...}")
		default:
			b.WriteString(s.Text)
		}
	}
	if p.TrailingSlash || len(p.Segments) == 0 {
		b.WriteByte('/')
	}
	return b.String()
}

// PathError is a mistake in a path; Offset and End enclose it.
type PathError struct {
	Offset, End int
	Message     string
	// Instead is what the enclosed text should be, if Fixable.
	Instead string
	Fixable bool
}

// Error returns the message.
func (e PathError) Error() string { return e.Message }

// ParsePath splits the path of a route. The segments are usable only when
// there are no errors.
func ParsePath(s string) (Pattern, []PathError) {
	p := &pathParser{text: s}
	p.parse()
	return p.pattern, p.errs
}

// ParsePrefix splits a prefix of paths: a path that does not end with a slash
// or a {rest...} variable.
func ParsePrefix(s string) (Pattern, []PathError) {
	p := &pathParser{text: s}
	p.parse()
	switch n := len(p.pattern.Segments); {
	case s == "/":
		// Without it the key would have no value, so there is nothing to replace it by.
		p.errorf(0, 1, "a prefix of / says nothing; leave it out")
	case p.pattern.TrailingSlash:
		p.fix(len(s)-1, len(s), "", "a prefix must not end with /, because paths begin with one")
	case n > 0 && p.pattern.Segments[n-1].Kind == SegmentRest:
		last := p.pattern.Segments[n-1]
		p.errorf(last.Offset, last.End, "a prefix cannot hold {%s...}, which takes the rest of the path", last.Text)
	}
	return p.pattern, p.errs
}

type pathParser struct {
	text    string
	pattern Pattern
	errs    []PathError
	names   []string
}

func (p *pathParser) errorf(offset, end int, format string, args ...any) {
	p.errs = append(p.errs, PathError{Offset: offset, End: end, Message: fmt.Sprintf(format, args...)})
}

func (p *pathParser) fix(offset, end int, instead, message string) {
	p.errs = append(p.errs, PathError{Offset: offset, End: end, Message: message, Instead: instead, Fixable: true})
}

func (p *pathParser) parse() {
	s := p.text
	if s == "/" {
		return
	}
	if !strings.HasPrefix(s, "/") {
		p.noSlash()
		return
	}
	if end := strings.IndexAny(s, "?#"); end >= 0 {
		p.errorf(end, len(s), "a path has no %s; query parameters are fields tagged query:", map[byte]string{'?': "query", '#': "fragment"}[s[end]])
		s = s[:end]
	}
	for start := 1; start <= len(s); {
		end := len(s)
		if n := strings.IndexByte(s[start:], '/'); n >= 0 {
			end = start + n
		}
		switch {
		case start < end:
			p.segment(s[start:end], start, end == len(s))
		case end == len(s) && len(p.pattern.Segments) > 0:
			p.pattern.TrailingSlash = true
		case end < len(s):
			p.fix(end, end+1, "", "an empty segment; write a single slash")
		}
		start = end + 1
	}
}

// noSlash reports a text that does not begin with a slash.
func (p *pathParser) noSlash() {
	s := p.text
	host, rest, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://"), "/")
	switch {
	case s == "":
		p.errorf(0, 0, "the path is empty; write / for the root")
	case rest != "" && (strings.Contains(host, ".") || strings.Contains(host, ":") || strings.Contains(s, "://")):
		p.errorf(0, strings.LastIndex(s, rest)-1, "a path has no host; write /%s", rest)
	default:
		p.fix(0, 0, "/", "a path begins with /; write /"+s)
	}
}

// segment takes one segment that is not empty.
func (p *pathParser) segment(text string, at int, last bool) {
	end := at + len(text)
	if open := strings.IndexAny(text, "{}"); open >= 0 {
		p.wildcard(text, at, last)
		return
	}
	switch {
	case text == "." || text == "..":
		p.errorf(at, end, "a segment %s never reaches a handler, because clients resolve it", text)
	case foreignVariable(text) != "":
		p.fix(at, end, foreignVariable(text), fmt.Sprintf("%s is no variable here; write %s", text, foreignVariable(text)))
	default:
		p.literal(text, at)
		p.pattern.Segments = append(p.pattern.Segments, Segment{SegmentLiteral, text, at, end})
	}
}

// literal reports the bytes that must not stand in a literal segment.
func (p *pathParser) literal(text string, at int) {
	for i, r := range text {
		_, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			p.errorf(at+i, at+i+1, "the path is not valid UTF-8")
			return
		case r == '%':
			p.errorf(at+i, at+i+1, "a path is written decoded; write the character instead of its %%-code")
		case r == '\\' || unicode.IsSpace(r) || unicode.IsControl(r):
			p.errorf(at+i, at+i+size, "a path must not hold %q", r)
		}
	}
}

// wildcard takes a segment with a brace in it.
func (p *pathParser) wildcard(text string, at int, last bool) {
	end := at + len(text)
	name, isRest := strings.CutSuffix(strings.TrimSuffix(strings.TrimPrefix(text, "{"), "}"), "...")
	switch {
	case text[0] != '{' || text[len(text)-1] != '}' || strings.ContainsAny(name, "{}"):
		p.braces(text, at)
	case name == "$" && last:
		p.fix(at, end, "", "leave {$} out: a path that ends with / matches exactly that path")
	case name == "":
		p.errorf(at, end, "a variable needs a name, such as {id}")
	case !isPathName(name):
		p.errorf(at+1, at+1+len(name), "%s", badPathName(name))
	case p.taken(name, at):
		// reported
	case isRest && !last:
		p.errorf(at, end, "{%s...} takes the rest of the path and can only stand at its end", name)
	case isRest:
		p.pattern.Segments = append(p.pattern.Segments, Segment{SegmentRest, name, at, end})
	default:
		p.pattern.Segments = append(p.pattern.Segments, Segment{SegmentVar, name, at, end})
	}
}

// braces reports braces that do not enclose the whole segment.
func (p *pathParser) braces(text string, at int) {
	open, closing := strings.IndexByte(text, '{'), strings.IndexByte(text, '}')
	switch {
	case closing < 0 || open < 0 || closing < open:
		brace := max(min(open, closing), 0)
		if open < 0 || closing < 0 {
			brace = max(open, closing)
		}
		p.errorf(at+brace, at+brace+1, "a brace without its counterpart")
	default:
		p.errorf(at, at+len(text), "a variable must be a whole segment, such as /{id}/; %s is not", text)
	}
}

func (p *pathParser) taken(name string, at int) bool {
	for _, n := range p.names {
		if n == name {
			p.errorf(at+1, at+1+len(name), "the variable %s stands in the path twice", name)
			return true
		}
	}
	p.names = append(p.names, name)
	return false
}

// foreignVariable rewrites the variables of other routers, "" for other text.
func foreignVariable(text string) string {
	name := text[1:]
	switch {
	case text[0] == ':' && isPathName(name):
		return "{" + name + "}"
	case text[0] == '*' && isPathName(name):
		return "{" + name + "...}"
	case text == "*" || text == "**":
		return "{rest...}"
	case text[0] == '<' && strings.HasSuffix(name, ">") && isPathName(strings.TrimSuffix(name, ">")):
		return "{" + strings.TrimSuffix(name, ">") + "}"
	}
	return ""
}

func badPathName(name string) string {
	if before, _, ok := strings.Cut(name, ":"); ok && isPathName(before) {
		return fmt.Sprintf("a variable has no pattern in the path; write {%s} and check the field with validate:", before)
	}
	return fmt.Sprintf("the name of a variable is made of letters, digits and _; %s is not", name)
}

// isPathName tells the names net/http.ServeMux takes for variables.
func isPathName(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}
