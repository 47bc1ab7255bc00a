package main

import (
	"context"
	"fmt"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/gen/sample"
)

// runConfig prints a configuration for the services of the packages that match.
func runConfig(ctx context.Context, a *app) int {
	res, code, ok := a.generator(ctx, gen.Describe)
	if !ok {
		return code
	}
	var packages []*model.Package
	for _, p := range res.Packages {
		if p.Model != nil {
			packages = append(packages, p.Model)
		}
	}
	if len(packages) == 0 {
		return a.fail(fmt.Errorf("no directives in %s: name the package of the service, such as apigen config ./api", a.patterns()))
	}
	render := sample.YAML
	if a.json {
		render = sample.JSON
	}
	if _, err := fmt.Fprint(a.out, render(packages...)); err != nil {
		return a.fail(err)
	}
	return exitOK
}
