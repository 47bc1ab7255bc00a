package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/gen/scaffold"
)

// runInit writes the first files of a service.
func runInit(_ context.Context, a *app) int {
	if len(a.words) > 1 {
		return a.usageError("init takes one folder, got %d", len(a.words))
	}
	dir := a.wd
	if len(a.words) == 1 {
		dir = filepath.Join(a.wd, a.words[0])
		if filepath.IsAbs(a.words[0]) {
			dir = a.words[0]
		}
	}
	place, err := scaffold.Find(dir)
	if err != nil {
		return a.fail(err)
	}
	files, err := scaffold.Files(place)
	if err != nil {
		return a.fail(err)
	}
	if !a.dryRun {
		if err := scaffold.Write(dir, files); err != nil {
			return a.fail(err)
		}
	}
	ignored := false
	for _, f := range files {
		ignored = ignored || f.Name == ".gitignore"
		fmt.Fprintln(a.out, a.relative(filepath.Join(dir, filepath.FromSlash(f.Name))))
	}
	if !ignored {
		fmt.Fprintln(a.err, "config.yaml holds a secret: add it to the .gitignore that is there")
	}
	fmt.Fprintf(a.err, "\nnext:\n%s", a.nextSteps(place))
	return exitOK
}

// nextSteps are the commands up to the first request with a token.
func (a *app) nextSteps(p *scaffold.Place) string {
	dir := "."
	if rel := filepath.ToSlash(a.relative(p.Dir)); rel != "." {
		dir = "./" + rel
	}
	file := "config.yaml"
	run := "go run ."
	if dir != "." {
		file = strings.TrimPrefix(dir, "./") + "/" + file
		run = fmt.Sprintf("go run %s -f %s", dir, file)
	}
	steps := []string{
		"go mod tidy",
		"go generate " + dir + "/...",
		run,
		"curl http://127.0.0.1:8888/hello/you",
		fmt.Sprintf("go tool apigen token -config %s -claim sub=u1 -claim name=Alice", file),
		`curl -H "Authorization: Bearer <token>" http://127.0.0.1:8888/me`,
	}
	if !p.Tool {
		steps = append([]string{"go get -tool " + scaffold.Module + "/cmd/apigen"}, steps...)
	}
	return "  " + strings.Join(steps, "\n  ") + "\n"
}
