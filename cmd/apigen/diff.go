package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/compat"
	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/gen/openapi"
)

// runDiff tells what changes between two documents mean for clients. Each is a
// file, a file of a revision, or what describes packages.
func runDiff(ctx context.Context, a *app) int {
	if len(a.words) == 0 {
		return a.usageError("diff takes a document to compare with, such as main:api/openapi.yaml, and a newer one or packages, . without any")
	}
	oldWords, newWords := a.words[:1], a.words[1:]
	if len(newWords) == 0 {
		newWords = []string{"."}
	}
	if len(newWords) > 1 && compat.IsDocument(a.wd, newWords[0]) {
		return a.usageError("diff takes two documents, or a document and packages; there is no place for %s", strings.Join(newWords[1:], " "))
	}
	old, code, ok := a.side(ctx, oldWords, "")
	if !ok {
		return code
	}
	version := openapi.Version31
	if old.Is30() {
		version = openapi.Version30
	}
	revised, code, ok := a.side(ctx, newWords, version)
	if !ok {
		return code
	}
	changes, err := a.compare(ctx, old, revised)
	if err != nil {
		return a.fail(err)
	}
	return a.tellChanges(changes, old, revised)
}

// side reads a document or describes packages. Without ok there is nothing more
// to do.
func (a *app) side(ctx context.Context, words []string, version string) (doc *compat.Document, code int, ok bool) {
	if compat.IsDocument(a.wd, words[0]) {
		doc, err := compat.Read(ctx, a.wd, words[0])
		if err != nil {
			return nil, a.fail(err), false
		}
		return doc, exitOK, true
	}
	a.words = words
	res, code, ok := a.generator(ctx, gen.Describe)
	if !ok {
		return nil, code, false
	}
	pkgs := described(res)
	if len(pkgs) == 0 {
		return nil, a.fail(fmt.Errorf("no routes in %s: name the packages of the service, such as ./api, or a document, whose name ends in .yaml, .yml or .json", a.patterns())), false
	}
	return a.made(pkgs, version)
}

// made is the document of packages.
func (a *app) made(pkgs []*model.Package, version string) (doc *compat.Document, code int, ok bool) {
	content, diag := gen.Document(pkgs, openapi.Options{Version: version})
	if diag != nil {
		return nil, a.outcome(gen.Describe, &gen.Result{Diagnostics: []annotate.Diagnostic{*diag}}), false
	}
	return compat.Made(a.patterns(), content, pkgs), exitOK, true
}

func (a *app) compare(ctx context.Context, old, revised *compat.Document) ([]compat.Change, error) {
	tool, err := compat.Find(ctx, a.wd, version())
	if err != nil {
		return nil, err
	}
	return tool.Compare(ctx, old, revised)
}

// tellChanges prints all changes; some that break clients are a failure.
func (a *app) tellChanges(changes []compat.Change, old, revised *compat.Document) int {
	n := count(changes)
	var err error
	if a.json {
		err = a.changesJSON(changes)
	} else {
		err = a.printChanges(changes, old, revised)
		if err == nil {
			_, err = fmt.Fprintln(a.out, n)
		}
	}
	if err != nil {
		return a.fail(err)
	}
	if n.breaking > 0 {
		return exitFailed
	}
	return exitOK
}

// checkBase compares the packages with what was released, and prints what breaks
// its clients or may.
func (a *app) checkBase(ctx context.Context, res *gen.Result) int {
	old, err := compat.Read(ctx, a.wd, a.base)
	if err != nil {
		return a.fail(err)
	}
	pkgs := described(res)
	if len(pkgs) == 0 {
		return a.fail(fmt.Errorf("no routes in %s to compare with %s: name the packages of the service, such as ./api", a.patterns(), a.base))
	}
	version := openapi.Version31
	if old.Is30() {
		version = openapi.Version30
	}
	revised, code, ok := a.made(pkgs, version)
	if !ok {
		return code
	}
	all, err := a.compare(ctx, old, revised)
	if err != nil {
		return a.fail(err)
	}
	var changes []compat.Change
	for _, c := range all {
		if c.Level != compat.Compatible {
			changes = append(changes, c)
		}
	}
	if err := a.printChanges(changes, old, revised); err != nil {
		return a.fail(err)
	}
	n := count(changes)
	if n.breaking == 0 {
		return exitOK
	}
	fmt.Fprintf(a.err, "apigen: %s since %s\n", n, a.base)
	return exitFailed
}

// checkBaseFlags refuses what does not go with -base.
func (a *app) checkBaseFlags() error {
	switch {
	case a.base == "":
	case a.json || a.sarif:
		return errors.New("-base prints lines for people; apigen diff -json prints changes for programs")
	case !compat.IsDocument(a.wd, a.base):
		return fmt.Errorf("-base takes an OpenAPI document, a file that ends in .yaml, .yml or .json or such as main:api/openapi.yaml, not %s", a.base)
	}
	return nil
}
