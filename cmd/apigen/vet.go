package main

import (
	"context"

	"github.com/apigen-go/apigen/gen"
)

// runVet reports what is wrong and writes nothing.
func runVet(ctx context.Context, a *app) int {
	res, code, ok := a.generator(ctx, gen.Inspect)
	if ok {
		a.noteEmpty(res)
	}
	return code
}
