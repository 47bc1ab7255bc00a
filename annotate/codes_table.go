package annotate

import (
	"embed"
	"fmt"
	"strings"
)

// CodeInfo is what a code stands for. The files in the folder codes hold it,
// one a code:
//
//	# AG101: unknown directive
//
//	What it means, why it is a mistake and what to do about it.
//
//	## Wrong
//
//	Source that gives the diagnostic, and below it what apigen says.
//
//	## Right
//
//	The source as it should be.
type CodeInfo struct {
	// Code is its number, such as "AG101".
	Code string
	// Title says in a few words what the code stands for.
	Title string
	// Text explains it in Markdown.
	Text string
	// Wrong is source with the mistake; "" where source alone cannot show it.
	Wrong string
	// Says is what apigen reports of Wrong.
	Says string
	// Right is the source without the mistake.
	Right string
}

//go:embed codes/*.md
var codeFiles embed.FS

// Codes lists all codes with what they stand for, by number.
var Codes = readCodes()

func readCodes() []CodeInfo {
	entries, err := codeFiles.ReadDir("codes")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	codes := make([]CodeInfo, 0, len(entries)) // sorted by name, which is the code
	for _, e := range entries {
		text, err := codeFiles.ReadFile("codes/" + e.Name())
		if err != nil {
			panic(err)
		}
		info, err := parseCode(strings.ReplaceAll(string(text), "\r\n", "\n"))
		if err != nil {
			panic(fmt.Sprintf("codes/%s: %v", e.Name(), err))
		}
		codes = append(codes, info)
	}
	return codes
}

// parseCode reads one file of the folder codes.
func parseCode(text string) (c CodeInfo, err error) {
	head, rest, _ := strings.Cut(text, "\n")
	var ok bool
	c.Code, c.Title, ok = strings.Cut(strings.TrimPrefix(head, "# "), ": ")
	if !ok || !strings.HasPrefix(head, "# AG") {
		return c, fmt.Errorf("the first line is %q, not # AGnnn: title", head)
	}
	rest, right, _ := strings.Cut(rest, "\n## Right\n")
	rest, wrong, _ := strings.Cut(rest, "\n## Wrong\n")
	c.Text = strings.TrimSpace(rest)
	c.Wrong, c.Says = fenced(wrong, "go"), fenced(wrong, "text")
	c.Right = fenced(right, "go")
	return c, nil
}

// fenced returns the first code block of a language, "" without one.
func fenced(text, language string) string {
	_, block, ok := strings.Cut(text, "\n```"+language+"\n")
	if !ok {
		return ""
	}
	block, _, _ = strings.Cut(block, "\n```")
	return strings.TrimRight(block, "\n") + "\n"
}

// LookupCode returns what a code stands for. It takes "AG101", "ag101" and
// "101".
func LookupCode(code string) (CodeInfo, bool) {
	code = strings.ToUpper(code)
	if !strings.HasPrefix(code, "AG") {
		code = "AG" + code
	}
	for _, c := range Codes {
		if c.Code == code {
			return c, true
		}
	}
	return CodeInfo{}, false
}

// CodeTitle returns what code stands for, "" for an unknown one.
func CodeTitle(code string) string {
	c, _ := LookupCode(code)
	return c.Title
}
