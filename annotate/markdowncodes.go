package annotate

import (
	"fmt"
	"strings"
)

// MarkdownCodes returns the documentation of all diagnostics, as
// docs/diagnostics.md holds it. The anchor of a code is its name in small
// letters.
func MarkdownCodes() string {
	var b strings.Builder
	b.WriteString(`<!-- Generated from annotate/codes by go test ./annotate -update. Do not edit. -->

# Diagnostics

Every diagnostic ends with a code, whose number never changes its meaning. ` + "`apigen explain AG103`" + ` prints what stands here.

| code | meaning |
|---|---|
`)
	for _, c := range Codes {
		fmt.Fprintf(&b, "| [%s](#%s) | %s |\n", c.Code, strings.ToLower(c.Code), cell(c.Title))
	}
	for _, c := range Codes {
		fmt.Fprintf(&b, "\n<a id=%q></a>\n\n## %s: %s\n\n%s\n", strings.ToLower(c.Code), c.Code, c.Title, c.Text)
		if c.Wrong != "" {
			fmt.Fprintf(&b, "\nWrong:\n\n```go\n%s```\n\n```text\n%s```\n\nRight:\n\n```go\n%s```\n", c.Wrong, c.Says, c.Right)
		}
	}
	return b.String()
}
