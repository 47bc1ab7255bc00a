package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/apigen-go/apigen/annotate"
)

// runExplain prints what a code stands for, or lists the codes.
func runExplain(_ context.Context, a *app) int {
	if len(a.words) == 0 {
		w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		for _, c := range annotate.Codes {
			fmt.Fprintf(w, "%s\t%s\n", c.Code, c.Title)
		}
		_ = w.Flush()
		return exitOK
	}
	if len(a.words) > 1 {
		return a.usageError("explain takes one code")
	}
	c, ok := annotate.LookupCode(a.words[0])
	if !ok {
		return a.usageError("there is no code %s; apigen explain lists them", a.words[0])
	}
	fmt.Fprintf(a.out, "%s: %s\n\n%s\n", c.Code, c.Title, annotate.Plain(c.Text))
	if c.Wrong != "" {
		fmt.Fprintf(a.out, "\nWrong:\n\n%s\napigen says:\n\n%s\nRight:\n\n%s", indented(c.Wrong), indented(c.Says), indented(c.Right))
	}
	return exitOK
}

// indented sets a block of lines off.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
