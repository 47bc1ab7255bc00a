package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/term"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/report"
)

// generator runs gen over the packages of the command line and reports what
// it finds. Without ok there is nothing more to do.
func (a *app) generator(ctx context.Context, mode gen.Mode) (res *gen.Result, code int, ok bool) {
	res, err := a.run(ctx, mode)
	if err != nil {
		return nil, a.fail(err), false
	}
	code = a.outcome(mode, res)
	return res, code, code == exitOK
}

// run runs gen and prints what took how long, where that was asked for.
func (a *app) run(ctx context.Context, mode gen.Mode) (*gen.Result, error) {
	res, err := gen.Run(ctx, gen.Config{Dir: a.wd, Patterns: a.words, Tags: a.tags, Mode: mode})
	if err == nil && a.verbose {
		for _, p := range res.Phases {
			fmt.Fprintf(a.err, "%-10s %s\n", p.Name, p.Took.Round(100*time.Microsecond))
		}
	}
	return res, err
}

// outcome reports what is wrong and returns the exit code that goes with it.
func (a *app) outcome(mode gen.Mode, res *gen.Result) int {
	if err := a.report(mode, res.Diagnostics); err != nil {
		return a.fail(err)
	}
	if len(res.Diagnostics) == 0 {
		return exitOK
	}
	if slices.ContainsFunc(res.Diagnostics, func(d annotate.Diagnostic) bool { return d.Code == annotate.CodeInternal }) {
		return exitUsage
	}
	return exitFailed
}

// noteEmpty says that there was nothing to do.
func (a *app) noteEmpty(res *gen.Result) {
	if len(res.Packages) == 0 {
		fmt.Fprintf(a.err, "apigen: no directives in %s\n", a.patterns())
	}
}

// printDiff shows what would change. The source may hold escapes, which a patch
// needs as they are and a terminal does not.
func (a *app) printDiff(w io.Writer, changes []emit.Change) {
	text := emit.Diff(a.wd, changes)
	if isTerminal(w) {
		text = report.Printable(strings.ReplaceAll(text, "\r\n", "\n"))
	}
	fmt.Fprint(w, text)
}

// report writes what is wrong: to the output where a program asked for it, and
// otherwise for people, apart from the output.
func (a *app) report(mode gen.Mode, diags []annotate.Diagnostic) error {
	switch {
	case a.sarif:
		return report.SARIF(a.out, a.wd, version(), diags)
	case a.json && mode != gen.Describe:
		return report.JSON(a.out, a.wd, diags)
	}
	color := a.color == "always" || a.color != "never" && isTerminal(a.err) && os.Getenv("NO_COLOR") == ""
	frames := a.color == "always" || a.color != "never" && isTerminal(a.err)
	err := report.Printer{Dir: a.wd, Frames: frames, Color: color, Max: a.max}.Print(a.err, diags)
	if err == nil && frames && len(diags) > 0 {
		_, err = fmt.Fprintln(a.err, a.hint(diags))
	}
	return err
}

// hint says what can be done about mistakes, for those who look at a terminal.
func (a *app) hint(diags []annotate.Diagnostic) string {
	text := plural(len(diags), "mistake") + "; apigen explain " + diags[0].Code + " tells more"
	fixable := 0
	for _, d := range diags {
		if len(d.Fixes) == 1 {
			fixable++
		}
	}
	if fixable > 0 && a.command.name != "fix" {
		text += ", and apigen fix repairs " + strconv.Itoa(fixable)
	}
	return text
}

// isTerminal reports whether a person reads what is written to w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// messages is where lines for people go, so that they do not mix with what a
// program reads.
func (a *app) messages() io.Writer {
	if a.json || a.sarif {
		return a.err
	}
	return a.out
}

// plural renders a count.
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
