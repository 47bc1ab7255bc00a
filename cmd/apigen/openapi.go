package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/gen/openapi"
)

// runOpenAPI prints the document of the packages that match, or writes it.
func runOpenAPI(ctx context.Context, a *app) int {
	o, err := a.documentOptions()
	if err != nil {
		return a.usageError("%v", err)
	}
	res, code, ok := a.generator(ctx, gen.Describe)
	if !ok {
		return code
	}
	pkgs := described(res)
	if len(pkgs) == 0 {
		return a.fail(fmt.Errorf("no routes in %s: name the packages of the service, such as apigen openapi ./api", a.patterns()))
	}
	content, diag := gen.Document(pkgs, o)
	if diag != nil {
		return a.outcome(gen.Describe, &gen.Result{Diagnostics: []annotate.Diagnostic{*diag}})
	}
	if err := a.writeDocument(ctx, content); err != nil {
		return a.fail(err)
	}
	return exitOK
}

// documentOptions are what the flags ask for; the ending of -o tells the format
// where -format does not.
func (a *app) documentOptions() (openapi.Options, error) {
	o := openapi.Options{Version: a.openapi, Format: a.format}
	if ending := strings.TrimPrefix(filepath.Ext(a.output), "."); o.Format == "" && ending != "" {
		o.Format = map[string]string{"yaml": openapi.YAML, "yml": openapi.YAML, "json": openapi.JSON}[ending]
		if o.Format == "" {
			return o, fmt.Errorf("-o %s ends in .%s, but a document is YAML or JSON; end the name in .yaml or .json", a.output, ending)
		}
	}
	switch o.Version {
	case "", openapi.Version30, openapi.Version31:
	default:
		return o, fmt.Errorf("-version is %s or %s, not %q", openapi.Version31, openapi.Version30, o.Version)
	}
	switch o.Format {
	case "", openapi.YAML, openapi.JSON:
	default:
		return o, fmt.Errorf("-format is %s or %s, not %q", openapi.YAML, openapi.JSON, o.Format)
	}
	return o, nil
}

// described are the packages that have routes for a document.
func described(res *gen.Result) []*model.Package {
	var pkgs []*model.Package
	for _, p := range res.Packages {
		if p.Model != nil && openapi.HasRoutes(p.Model) {
			pkgs = append(pkgs, p.Model)
		}
	}
	return pkgs
}

// dumpModel prints the models of the packages that match, for other tools.
func (a *app) dumpModel(ctx context.Context) int {
	res, code, ok := a.generator(ctx, gen.Describe)
	if !ok {
		return code
	}
	pkgs := []*model.Package{}
	for _, p := range res.Packages {
		if p.Model != nil {
			pkgs = append(pkgs, p.Model)
		}
	}
	if len(pkgs) == 0 {
		return a.fail(errors.New("no directives in " + a.patterns()))
	}
	enc := json.NewEncoder(a.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(model.Dump(pkgs, a.relative)); err != nil {
		return a.fail(err)
	}
	return exitOK
}
