package annotate

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// lookalike is a comment line that resembles a directive.
type lookalike struct {
	tool string // as written
	sep  string // ":" also for characters that look like it; "" for none
	name string // as written
	args string
	spec *Spec // what was meant, nil if unknown
	mark string
	// spaced tells of white space before the tool, gap of white space
	// between the separator and the name.
	spaced, gap bool
}

// invisible are characters that show nothing: byte order mark, zero width
// space, joiners.
const invisible = "\ufeff\u200b\u200c\u200d\u2060"

// colons are characters that look like a colon: full-width, ratio, modifier
// letter and small form.
var colons = []string{":", "：", "∶", "꞉", "﹕"}

// slips are misspellings of the tool.
var slips = []string{"aip", "pai", "apii", "aapi", "appi"}

// lookAlike takes a comment line, without its comment mark, apart. It returns
// nil for one that does not resemble a directive at all. Indented lines of a
// line comment are code in Go doc comments and count as examples.
func lookAlike(text string, block bool) *lookalike {
	trimmed := strings.TrimLeft(text, " \t"+invisible)
	m := &lookalike{spaced: strings.HasPrefix(text, " ") || strings.HasPrefix(text, "\t")}
	if indent := text[:len(text)-len(trimmed)]; !block && (strings.Contains(indent, "\t") || strings.Contains(indent, "    ")) {
		return nil
	}
	rest := trimmed
	if rest != "" && strings.ContainsRune("@+!#/", rune(rest[0])) {
		m.mark, rest = rest[:1], rest[1:]
	}
	n := wordLen(rest)
	m.tool, rest = rest[:n], rest[n:]
	if !m.splitTool(&rest) {
		return nil
	}
	rest = m.separator(rest)
	m.takeName(rest)
	if !m.resembles() {
		return nil
	}
	return m
}

// splitTool checks the tool, and splits one that has swallowed the name, as
// in apiroute.
func (m *lookalike) splitTool(rest *string) bool {
	lower := strings.ToLower(m.tool)
	if lower == tool || lower == "apigen" || slices.Contains(slips, m.tool) {
		return true
	}
	name, ok := strings.CutPrefix(lower, tool)
	if !ok || m.mark != "@" && Lookup(name) == nil {
		return false
	}
	*rest = m.tool[len(tool):] + *rest
	m.tool = m.tool[:len(tool)]
	return true
}

// separator takes the separator off rest.
func (m *lookalike) separator(rest string) string {
	trimmed := strings.TrimLeft(rest, " \t")
	for _, c := range colons {
		if after, ok := strings.CutPrefix(trimmed, c); ok {
			m.sep = ":"
			name := strings.TrimLeft(after, " \t"+invisible)
			m.gap = len(name) != len(after)
			return name
		}
	}
	if rest != "" && strings.ContainsRune(".-_/;=", rune(rest[0])) {
		m.sep = rest[:1]
		return rest[1:]
	}
	m.gap = trimmed != rest
	return trimmed
}

func (m *lookalike) takeName(rest string) {
	n := wordLen(rest)
	m.name = rest[:n]
	m.args = strings.TrimSpace(strings.TrimLeft(rest[n:], ":"))
	m.spec = Lookup(strings.ToLower(m.name))
	if m.spec == nil && m.sep == ":" && m.name != "" {
		m.spec = Lookup(suggestDirective(m.name))
	}
	// A name runs up to a space; route.go is none.
	if n < len(rest) && !strings.ContainsRune(" \t:", rune(rest[n])) {
		m.spec, m.args = nil, rest[n:]
	}
}

// resembles tells whether the line is worth a closer look.
func (m *lookalike) resembles() bool {
	known := m.spec != nil
	exact := known && strings.EqualFold(m.name, m.spec.Name)
	switch {
	case m.mark == "@":
		method := m.name
		if method == "" {
			method, _, _ = strings.Cut(m.args, " ")
		}
		return m.sep == ":" || exact || m.name == "" && m.args == "" ||
			!m.gap && m.sep == "" && m.name != "" ||
			slices.Contains(methods, strings.ToUpper(strings.Trim(method, "{}")))
	case m.sep == ":" && !m.spaced && !m.gap && m.mark == "" && (m.tool == tool || strings.EqualFold(m.tool, "apigen")):
		return m.name != ""
	case m.sep == ":" && m.spaced && m.gap:
		return exact && m.tool == tool
	case m.sep == ":":
		return known
	default:
		return exact && m.args != "" && (!m.spaced || m.unlikelyProse())
	}
}

// unlikelyProse tells, of api.route or apiroute behind a space, which is where
// gofmt puts them, that no sentence reads like that.
func (m *lookalike) unlikelyProse() bool {
	if m.tool != tool || m.gap {
		return false // an api route
	}
	if m.sep == "" {
		return m.spec.Name == "route"
	}
	return len(m.spec.Positional) > 0 || strings.Contains(m.args, "=")
}

// needsProof tells that the look of the line alone does not say enough.
func (m *lookalike) needsProof() bool {
	if m.mark == "@" {
		return false
	}
	glued := m.sep == ":" && !m.spaced && !m.gap && m.mark == ""
	return !glued || slices.Contains(slips, m.tool) || m.spec == nil && !strings.EqualFold(m.tool, "apigen") && m.tool != tool
}

// proven tells whether the arguments read like those of the directive.
func (m *lookalike) proven() bool {
	if m.spec == nil || strings.HasSuffix(m.args, ".") || strings.HasSuffix(m.args, ",") || strings.HasSuffix(m.args, ";") {
		return false
	}
	words, errs := lexArgs(m.args, m.spec.isFlag)
	positional := 0
	for i := range words {
		w := &words[i]
		switch {
		case w.key != "":
			if m.spec.Key(w.key) == nil && Suggest(w.key, m.spec.KeyNames()) == "" {
				return false
			}
		case m.spec.Key(w.values[0].text) != nil:
			if m.spec.Key(w.values[0].text).Type != Flag {
				return false
			}
		case positional < len(m.spec.Positional) && couldBe(&m.spec.Positional[positional], &w.values[0]):
			positional++
		default:
			return false
		}
	}
	if positional < len(m.spec.Positional) && !m.spec.Positional[positional].Optional {
		return false
	}
	return len(errs) == 0 || len(words) > 0
}

// couldBe tells whether a word reads like a value of the positional key.
func couldBe(key *Key, v *rawValue) bool {
	switch key.Type {
	case Method:
		return slices.Contains(methods, strings.ToUpper(v.text))
	case Path:
		return strings.HasPrefix(v.text, "/")
	case Status:
		return len(v.text) == 3 && strings.Trim(v.text, "0123456789") == ""
	case Enum:
		return slices.Contains(key.Values, v.text)
	case ErrorRef:
		return v.quoted || strings.Contains(v.text, ".") || strings.HasPrefix(v.text, "err") || beginsUpper(v.text)
	default:
		return beginsUpper(v.text)
	}
}

func beginsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && upperFirst(s) == s && keyLen(string(r)) > 0 && r != '_'
}

// wordLen returns the length of the ASCII letters and digits s begins with.
func wordLen(s string) int {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (s[i] < '0' || s[i] > '9') {
			return i
		}
	}
	return len(s)
}
