// Package snippets ties the code in the documentation to code that is compiled
// and tested. A fenced block with code says in a comment before it where it comes
// from:
//
//	<!-- snippet: example/user/api/login.go#login -->
//
// is the region of the file between the lines //snippet:login and //snippet:end,
// without the indentation all of it has; without #login it is the whole file. In a
// file that is no Go the lines begin with # instead.
//
//	<!-- snippet: example/user/api lines -->
//
// is for blocks that leave out: each line stands, in this order or another, in a
// Go file of the package, as far as an ellipsis cuts it short.
package snippets

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// Block is a fenced block of a Markdown text.
type Block struct {
	Line   int    // of its first line, counted from 1
	Lang   string // the first word behind the opening fence, in lower case
	Source string // what stands in the comment before it, or nothing
	Text   string // with an end of line
}

var (
	source = regexp.MustCompile(`^<!-- snippet: (.*) -->$`)
	fence  = regexp.MustCompile("^\\s*(`{3,}|~{3,})([^`]*)$")
)

// Blocks returns the fenced blocks of a Markdown text. One without an end goes on
// to the end of the text, as it does for those who read it.
func Blocks(text string) []Block {
	var blocks []Block
	var open *Block
	var begin, before string
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		m := fence.FindStringSubmatch(line)
		switch {
		case m != nil && open == nil:
			lang, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(m[2])), " ")
			begin, open = m[1], &Block{Line: i + 2, Lang: lang, Source: before}
		case m != nil && strings.HasPrefix(m[1], begin) && strings.TrimSpace(m[2]) == "":
			blocks = append(blocks, *open)
			open = nil
		case open != nil:
			open.Text += line + "\n"
		}
		before = ""
		if s := source.FindStringSubmatch(line); s != nil && open == nil {
			before = s[1]
		}
	}
	if open != nil {
		blocks = append(blocks, *open)
	}
	return blocks
}

// Replace returns the text with other blocks in the place of those it has.
func Replace(text string, block func(Block) string) string {
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	var out []string
	at := 0
	for _, b := range Blocks(text) {
		end := b.Line - 1 + strings.Count(b.Text, "\n")
		out = append(out, lines[at:b.Line-1]...)
		if t := strings.TrimSuffix(block(b), "\n"); t != "" {
			out = append(out, t)
		}
		at = end
	}
	return strings.Join(append(out, lines[at:]...), "\n")
}

// Region returns what a source names in the tree of the repository.
func Region(tree fs.FS, src string) (string, error) {
	file, name, ok := strings.Cut(src, "#")
	data, err := fs.ReadFile(tree, file)
	if err != nil {
		return "", err
	}
	text := strings.ReplaceAll(string(data), "\r\n", "\n")
	if !ok {
		return text, nil
	}
	mark := "//"
	if path.Ext(file) != ".go" {
		mark = "#"
	}
	var lines []string
	inside, found := false, false
	for line := range strings.SplitSeq(text, "\n") {
		other, marker := strings.CutPrefix(strings.TrimSpace(line), mark+"snippet:")
		switch {
		case marker && other == "end":
			inside = false
		case marker && inside:
			return "", fmt.Errorf("%s: the region %s begins inside the region %s: end one before the other", file, other, name)
		case marker && other == name && found:
			return "", fmt.Errorf("%s has two regions %s", file, name)
		case marker && other == name:
			inside, found = true, true
		case inside:
			lines = append(lines, line)
		}
	}
	if !found || inside {
		return "", fmt.Errorf("%s has no region between the lines %ssnippet:%s and %ssnippet:end", file, mark, name, mark)
	}
	return dedent(lines), nil
}

// dedent takes away the tabs that all lines begin with, and empty lines around
// them.
func dedent(lines []string) string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	shared := -1
	for _, line := range lines {
		if tabs := len(line) - len(strings.TrimLeft(line, "\t")); line != "" && (shared < 0 || tabs < shared) {
			shared = tabs
		}
	}
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(line[min(max(shared, 0), len(line)):] + "\n")
	}
	return b.String()
}

// Missing returns the first line of a shortened block that no Go file of the
// package in dir has, or nothing.
func Missing(tree fs.FS, dir, text string) (string, error) {
	files, err := fs.Glob(tree, dir+"/*.go")
	if err != nil || len(files) == 0 {
		return "", fmt.Errorf("there are no Go files in %s", dir)
	}
	var lines []string
	for _, file := range files {
		data, err := fs.ReadFile(tree, file)
		if err != nil {
			return "", err
		}
		for line := range strings.SplitSeq(string(data), "\n") {
			lines = append(lines, squeeze(line))
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		want, cut := squeeze(line), false
		for _, end := range []string{"{ … }", "…"} {
			if w, ok := strings.CutSuffix(want, end); ok {
				want, cut = strings.TrimSpace(w), true
				break
			}
		}
		if want != "" && !has(lines, want, cut) {
			return line, nil
		}
	}
	return "", nil
}

func has(lines []string, want string, cut bool) bool {
	for _, line := range lines {
		if line == want || strings.TrimSuffix(line, " {") == want || cut && strings.HasPrefix(line, want) {
			return true
		}
	}
	return false
}

// squeeze makes lines equal that gofmt aligned in other company.
func squeeze(line string) string { return strings.Join(strings.Fields(line), " ") }
