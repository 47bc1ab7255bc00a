package config

import (
	"fmt"
	"regexp"
	"strings"
)

// confidential are keys of values that nobody else may know.
var confidential = regexp.MustCompile(`(?i)secret|password|token|credential`)

var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// expand replaces the variables in all scalars below n, once.
func (l *loader) expand(n *node, path string) {
	for i, item := range n.items {
		l.expand(item, fmt.Sprintf("%s[%d]", path, i))
	}
	for _, p := range n.pairs {
		if at := join(path, p.key); !l.ignored[at] { // whose variables another program sets
			l.expand(p.value, at)
		}
	}
	if n.kind == text && strings.Contains(n.text, "$") {
		n.text, n.expanded = l.expandText(n, path)
	}
}

// expandText returns the text of n with its variables replaced, and whether
// there were any.
func (l *loader) expandText(n *node, path string) (_ string, expanded bool) {
	var b strings.Builder
	rest := n.text
	for {
		before, after, ok := strings.Cut(rest, "$")
		b.WriteString(before)
		switch {
		case !ok:
			return b.String(), expanded
		case strings.HasPrefix(after, "$"):
			b.WriteByte('$')
			rest = after[1:]
		case strings.HasPrefix(after, "{"):
			inner, tail, closed := strings.Cut(after[1:], "}")
			if !closed {
				n.wrong = true
				l.add(n, path, "${ is not closed: write ${NAME}, or $${ for the characters themselves")
				return "", true
			}
			b.WriteString(l.lookup(n, path, inner))
			rest, expanded = tail, true
		default:
			b.WriteByte('$')
			rest = after
		}
	}
}

// lookup returns what stands for ${inner}.
func (l *loader) lookup(n *node, path, inner string) string {
	name, fallback, hasFallback := strings.Cut(inner, ":-")
	if !variableName.MatchString(name) {
		n.wrong = true
		l.add(n, path, "expected the name of an environment variable in ${…}, of letters, digits and underscores, or ${NAME:-default}")
		return ""
	}
	l.used[name] = true
	value, ok := l.variable(name)
	switch {
	case hasFallback && value == "":
		return fallback
	case !ok:
		n.wrong = true
		hint := ""
		if !confidential.MatchString(path) { // which has no default
			hint = fmt.Sprintf(", or write ${%s:-default}", name)
		}
		l.add(n, path, "the environment variable %s is not set: set it%s", name, hint)
	}
	return value
}
