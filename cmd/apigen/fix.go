package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/fix"
	"github.com/apigen-go/apigen/gen/report"
)

// maxRounds bounds how often the source is read anew: a repair may show
// mistakes that were not seen before, and some wait until others are done.
const maxRounds = 10

// runFix repairs what can be repaired without a choice and reports the rest.
func runFix(ctx context.Context, a *app) int {
	for round := 1; ; round++ {
		res, err := a.run(ctx, gen.Inspect)
		if err != nil {
			return a.fail(err)
		}
		files, err := fix.Apply(res.Diagnostics, os.ReadFile)
		if err != nil {
			return a.fail(err)
		}
		if len(files) == 0 || round == maxRounds {
			code := a.outcome(gen.Inspect, res)
			if code == exitOK {
				a.noteEmpty(res)
			}
			return code
		}
		changes, err := fixes(files)
		if err != nil {
			return a.fail(err)
		}
		if a.dryRun {
			a.printDiff(a.out, changes)
			return exitFailed
		}
		if err := emit.Write(ctx, changes); err != nil {
			return a.fail(err)
		}
		for _, f := range files {
			for _, d := range f.Fixed {
				line := fmt.Sprintf("%s:%d: %s (%s)", a.relative(d.Pos.Filename), d.Pos.Line, d.Fixes[0].Message, d.Code)
				fmt.Fprintln(a.out, report.Printable(line)) // it may quote the source
			}
		}
	}
}

// fixes are the changes of source files. What a symbolic link points to is
// changed, not the link, and once: the next round sees what is left.
func fixes(files []fix.File) ([]emit.Change, error) {
	var changes []emit.Change
	seen := map[string]bool{}
	for _, f := range files {
		path, err := filepath.EvalSymlinks(f.Name)
		if err != nil {
			return nil, err
		}
		if seen[path] {
			continue
		}
		seen[path] = true
		changes = append(changes, emit.Change{Path: path, Action: emit.Update, Old: f.Old, New: f.New})
	}
	return changes, nil
}
