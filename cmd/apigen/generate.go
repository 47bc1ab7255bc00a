package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/model"
)

// runGenerate writes what changed and prints a line a package.
func runGenerate(ctx context.Context, a *app) int {
	if a.model {
		return a.dumpModel(ctx)
	}
	mode := gen.Write
	if a.dryRun {
		mode = gen.Compare
	}
	res, code, ok := a.generator(ctx, mode)
	if !ok {
		return code
	}
	a.noteEmpty(res)
	for _, p := range res.Packages {
		if a.dryRun {
			a.printPlan(p.Changes)
		}
		fmt.Fprintln(a.messages(), summary(p, a.dryRun))
	}
	return exitOK
}

// patterns is what the command line names, for messages.
func (a *app) patterns() string {
	if len(a.words) == 0 {
		return "."
	}
	return strings.Join(a.words, " ")
}

// printPlan lists what would be written.
func (a *app) printPlan(changes []emit.Change) {
	for _, c := range changes {
		if c.Action == emit.Unchanged {
			continue
		}
		fmt.Fprintf(a.messages(), "%s %s\n", c.Action, a.relative(c.Path))
	}
}

func (a *app) relative(path string) string {
	if rel, err := filepath.Rel(a.wd, path); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return path
}

// summary is the line of a package.
func summary(p *gen.Package, dryRun bool) string {
	written, removed := 0, 0
	for _, c := range p.Changes {
		switch c.Action {
		case emit.Create, emit.Update:
			written++
		case emit.Remove:
			removed++
		}
	}
	var parts []string
	if p.Model != nil {
		parts = append(parts, plural(routesOf(p.Model), "route"))
	}
	to := ""
	if dryRun {
		to = "to be "
	}
	if written > 0 {
		parts = append(parts, plural(written, "file")+" "+to+"written")
	}
	if removed > 0 {
		parts = append(parts, plural(removed, "file")+" "+to+"removed")
	}
	if written+removed == 0 {
		parts = append(parts, "unchanged")
	}
	return p.Path + ": " + strings.Join(parts, ", ")
}

func routesOf(m *model.Package) int {
	n := 0
	for _, s := range m.Servers {
		n += len(s.Routes)
	}
	return n
}
