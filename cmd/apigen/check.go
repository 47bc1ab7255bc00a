package main

import (
	"context"
	"fmt"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/emit"
)

// runCheck prints what generating would change and writes nothing. With -base it
// prints what breaks clients, too.
func runCheck(ctx context.Context, a *app) int {
	if err := a.checkBaseFlags(); err != nil {
		return a.usageError("%v", err)
	}
	res, code, ok := a.generator(ctx, gen.Compare)
	if !ok {
		return code
	}
	code = a.drift(res.Changes())
	if a.base == "" {
		return code
	}
	return max(code, a.checkBase(ctx, res))
}

// drift shows what is not up to date.
func (a *app) drift(changes []emit.Change) int {
	if !emit.Drift(changes) {
		return exitOK
	}
	n := 0
	for _, c := range changes {
		if c.Action != emit.Unchanged {
			n++
		}
	}
	a.printDiff(a.messages(), changes)
	fmt.Fprintf(a.err, "apigen: %s out of date: run apigen %s\n", plural(n, "file"), a.patterns())
	return exitFailed
}
