package config

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// yamlMistakes are what the parser says, and what a person can do about it. The
// parser's own words are not passed on: some of them quote the text, and a text
// may be a secret.
var yamlMistakes = []struct {
	said string
	say  string
	// before tells that the parser numbers the line before the one it means.
	before bool
}{
	{said: "did not find expected ',' or ']'", before: true, say: "the list in brackets that begins here or before is not closed, or lacks a comma; text with a bracket or a brace, such as ${NAME}, stands in quotes there"},
	{said: "did not find expected ',' or '}'", before: true, say: "the block in braces that begins here or before is not closed, or lacks a comma; text with a bracket or a brace, such as ${NAME}, stands in quotes there"},
	{said: "did not find expected key", before: true, say: "expected a key and a colon; here, or in the block that begins here, a line is indented otherwise than its neighbours"},
	{said: "did not find expected '-' indicator", before: true, say: "expected a dash; in the list that begins here, a line is indented otherwise than its neighbours"},
	{said: "found undefined tag handle", before: true, say: "text that begins with ! stands in quotes"},
	{said: "did not find expected <document start>", before: true, say: "something follows the end of the document: remove it"},
	{said: "mapping values are not allowed", say: "there is a second colon in the line, or it is indented otherwise than its neighbours; text with a colon and a space stands in quotes"},
	{said: "cannot start any token", say: "a tab or one of @ ` % begins a value; lines are indented by spaces, and text that begins with such a character stands in quotes"},
	{said: "unexpected end of stream", say: "a quote that begins here is not closed"},
	{said: "unexpected document indicator", say: "a quote that begins here is not closed"},
	{said: "could not find expected ':'", say: "expected a colon and a space behind the key"},
	{said: "found a tab character", say: "lines are indented by spaces, not by tabs"},
	{said: "unknown escape character", say: `a backslash in double quotes begins an escape: write two, or use single quotes`},
	{said: "expected hexdecimal number", say: `a backslash in double quotes begins an escape: write two, or use single quotes`},
	{said: "directive", say: "text that begins with % stands in quotes"},
	{said: "expected alphabetic or numeric character", say: "text that begins with * or & stands in quotes"},
	{said: "unknown anchor", say: "a value is an alias, *NAME, of an anchor, &NAME, that does not come before it; text that begins with * stands in quotes"},
	{said: "control characters", say: "there is a control character in the text: remove it"},
	{said: "exceeded max depth", say: "nested too deeply: that is no configuration"},
}

// yamlLine finds the line in a message of the parser.
var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// aliasName finds the name in the one message that has no line.
var aliasName = regexp.MustCompile(`unknown anchor '(.*)' referenced`)

// yamlSyntax notes what is wrong with the text.
func (l *loader) yamlSyntax(text []byte, err error) {
	said, line := err.Error(), 0
	say := "look for a quote, a bracket, a colon or an indentation that is wrong near here"
	if m := yamlLine.FindStringSubmatch(said); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	for _, m := range yamlMistakes {
		if strings.Contains(said, m.said) {
			say = m.say
			if m.before {
				line++
			}
			break
		}
	}
	lines := yamlLines(text)
	if strings.Contains(said, "control characters") {
		line = 1 + slices.IndexFunc(lines, func(line string) bool {
			return strings.ContainsFunc(line, func(r rune) bool { return r != '\t' && unicode.IsControl(r) })
		})
	}
	if m := aliasName.FindStringSubmatch(said); m != nil {
		line = 1 + firstLine(lines, "*"+m[1])
	}
	at := place{}
	if 0 < line && line <= len(lines) {
		at = place{line: line, column: 1 + len(lines[line-1]) - len(strings.TrimLeft(lines[line-1], " \t"))}
	}
	l.addAt(at, "", "this is no YAML: %s", say)
}

// yamlLines splits a text as YAML 1.2 (section 5.4) and, for the last three, YAML
// 1.1, which the parser follows, end lines.
func yamlLines(text []byte) []string {
	breaks := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")
	return strings.Split(breaks.Replace(string(text)), "\n")
}

// firstLine returns the index of the first line that has a word and is no
// comment, or -1.
func firstLine(lines []string, word string) int {
	for i, line := range lines {
		if strings.Contains(line, word) && !strings.HasPrefix(strings.TrimSpace(line), "#") {
			return i
		}
	}
	return -1
}
