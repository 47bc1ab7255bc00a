package main

import (
	"context"
	"fmt"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/emit"
)

// runCheck prints what generating would change and writes nothing.
func runCheck(ctx context.Context, a *app) int {
	res, code, ok := a.generator(ctx, gen.Compare)
	if !ok {
		return code
	}
	changes := res.Changes()
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
