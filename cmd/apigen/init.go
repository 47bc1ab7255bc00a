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

// nextSteps are the commands up to the first request with a token. The go command
// runs them in the module, where the shell stands only if it stood there before -C.
func (a *app) nextSteps(p *scaffold.Place) string {
	from, steps := a.wd, []string(nil)
	if !within(p.Root, from) {
		from = p.Root
	}
	if a.dir != "" || from != a.wd {
		to := a.relative(from)
		if a.dir != "" { // what is relative to the folder of -C is not to the shell's
			to = from
		}
		steps = append(steps, "cd "+shellWord(to))
	}
	dir, file, run := ".", "config.yaml", "go run ."
	if rel, err := filepath.Rel(from, p.Dir); err == nil && rel != "." {
		rel = filepath.ToSlash(rel)
		dir, file = rel, rel+"/"+file
		if !strings.HasPrefix(dir, "../") && dir != ".." {
			dir = "./" + dir
		}
		run = "go run " + shellWord(dir) + " -f " + shellWord(file)
	}
	if !p.Tool {
		steps = append(steps, "go mod edit -tool="+scaffold.Module+"/cmd/apigen")
	}
	steps = append(
		steps,
		"go mod tidy",
		"go generate "+shellWord(dir+"/..."),
		run,
		"curl http://127.0.0.1:8888/hello/you",
		"go tool apigen token -config "+shellWord(file)+" -claim sub=u1 -claim name=Alice",
		`curl -H "Authorization: Bearer <token>" http://127.0.0.1:8888/me`,
	)
	return "  " + strings.Join(steps, "\n  ") + "\n"
}

// within reports whether dir is root or lies below it.
func within(root, dir string) bool {
	rel, err := filepath.Rel(root, dir)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// shellWord quotes a name that a shell would take apart. Double quotes are the same
// to all of them.
func shellWord(name string) string {
	if strings.ContainsAny(name, " \t'\"&()[]{};<>|*?#$`!~") {
		return `"` + name + `"`
	}
	return name
}
