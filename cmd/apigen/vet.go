package main

import (
	"context"
	"fmt"

	"github.com/apigen-go/apigen/gen"
)

// runVet reports what is wrong and writes nothing.
func runVet(ctx context.Context, a *app) int {
	res, code, ok := a.generator(ctx, gen.Inspect)
	if ok && len(res.Packages) == 0 {
		fmt.Fprintf(a.err, "apigen: no directives in %s\n", a.patterns())
	}
	return code
}
