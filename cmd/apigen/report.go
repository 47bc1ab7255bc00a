package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen"
)

// generator runs gen over the packages of the command line and reports what
// it finds. Without ok there is nothing more to do.
func (a *app) generator(ctx context.Context, mode gen.Mode) (res *gen.Result, code int, ok bool) {
	res, err := gen.Run(ctx, gen.Config{Dir: a.wd, Patterns: a.words, Tags: a.tags, Mode: mode})
	if err != nil {
		return nil, a.fail(err), false
	}
	if a.verbose {
		for _, p := range res.Phases {
			fmt.Fprintf(a.err, "%-10s %s\n", p.Name, p.Took.Round(100*time.Microsecond))
		}
	}
	if len(res.Diagnostics) == 0 {
		return res, exitOK, true
	}
	code = exitFailed
	for _, d := range res.Diagnostics {
		if d.Code == annotate.CodeInternal {
			code = exitUsage
		}
		fmt.Fprintln(a.err, a.diagnostic(d))
	}
	return res, code, false
}

// diagnostic renders d, its places relative to the working directory.
func (a *app) diagnostic(d annotate.Diagnostic) string {
	text := d.Relative(a.wd).String()
	if d.Pos.Filename == "" {
		return "apigen" + strings.TrimPrefix(text, "-")
	}
	return text
}

// plural renders a count.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
