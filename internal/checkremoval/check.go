package main

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

type suite struct {
	dir  string
	test []string
}

// check is a condition that can be removed.
type check struct {
	name     string
	file     string
	line     int
	from, to int // of the condition in the file
	suite    suite
}

func (c check) String() string { return fmt.Sprintf("%s (%s:%d)", c.name, c.file, c.line) }

var marker = regexp.MustCompile(`^//check:([a-z0-9-]+)$`)

// find lists the checks of all suites whose name or file contains filter.
func find(suites []suite, filter string) ([]check, error) {
	var out []check
	for _, s := range suites {
		files, err := filepath.Glob(filepath.Join(filepath.FromSlash(s.dir), "*.go"))
		if err != nil {
			return nil, err
		}
		slices.Sort(files)
		for _, f := range files {
			found, err := findIn(s, f)
			if err != nil {
				return nil, err
			}
			out = append(out, found...)
		}
	}
	out = slices.DeleteFunc(out, func(c check) bool { return !strings.Contains(c.String(), filter) })
	if len(out) == 0 {
		return nil, fmt.Errorf("no check has a name or file that contains %q: -list names them all", filter)
	}
	return out, nil
}

func findIn(s suite, file string) ([]check, error) {
	if strings.HasSuffix(file, "_test.go") {
		return nil, nil
	}
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, file, nil, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	names := map[int]string{}
	for _, g := range f.Comments {
		for _, c := range g.List {
			if m := marker.FindStringSubmatch(c.Text); m != nil {
				names[fset.Position(c.Pos()).Line] = m[1]
			}
		}
	}
	var out []check
	for _, cond := range conditions(f) {
		line := fset.Position(cond.End()).Line
		if name, ok := names[line]; ok {
			out = append(out, check{name, file, line, fset.Position(cond.Pos()).Offset, fset.Position(cond.End()).Offset, s})
			delete(names, line)
		}
	}
	for line, name := range names {
		return nil, fmt.Errorf("%s:%d: //check:%s stands behind neither an if nor a case", file, line, name)
	}
	return out, nil
}

// conditions lists what can be made false: conditions of if statements and of
// cases in switches without a tag.
func conditions(f *ast.File) []ast.Expr {
	var out []ast.Expr
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IfStmt:
			out = append(out, n.Cond)
		case *ast.SwitchStmt:
			if n.Tag != nil {
				return true
			}
			for _, c := range n.Body.List {
				if list := c.(*ast.CaseClause).List; len(list) == 1 {
					out = append(out, list[0])
				}
			}
		}
		return true
	})
	return out
}

type verdict string

const (
	noticed  verdict = "noticed"
	survived verdict = "SURVIVED"
	broken   verdict = "BROKEN"
)

// remove runs the suite with the condition made false.
func (c check) remove(ctx context.Context) (verdict, string) {
	dir, err := os.MkdirTemp("", "checkremoval")
	if err != nil {
		return broken, err.Error()
	}
	defer os.RemoveAll(dir)
	overlay, err := c.overlay(dir)
	if err != nil {
		return broken, err.Error()
	}
	build := exec.CommandContext(ctx, "go", "build", "-overlay="+overlay, "./"+filepath.ToSlash(c.suite.dir))
	if out, err := build.CombinedOutput(); err != nil {
		return broken, string(out)
	}
	out, err := goTest(ctx, c.suite.test, "-overlay="+overlay)
	if err == nil {
		return survived, out
	}
	return noticed, ""
}

// goTest runs the tests of the packages, never from the cache.
func goTest(ctx context.Context, packages []string, flags ...string) (string, error) {
	test := exec.CommandContext(ctx, "go", slices.Concat([]string{"test", "-count=1", "-failfast"}, flags, packages)...)
	test.WaitDelay = killDelay
	out, err := test.CombinedOutput()
	return string(out), err
}

// overlay writes the mutated file and the overlay that puts it in place.
func (c check) overlay(dir string) (string, error) {
	src, err := os.ReadFile(c.file)
	if err != nil {
		return "", err
	}
	mutated := string(src[:c.from]) + "false && (" + string(src[c.from:c.to]) + ")" + string(src[c.to:])
	file := filepath.Join(dir, "mutated.go")
	if err := os.WriteFile(file, []byte(mutated), fs.FileMode(0o644)); err != nil {
		return "", err
	}
	abs, err := filepath.Abs(c.file)
	if err != nil {
		return "", err
	}
	b, err := json.Marshal(map[string]any{"Replace": map[string]string{abs: file}})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, b, fs.FileMode(0o644))
}

// killDelay is how long a test process may take to end once it was told to.
const killDelay = 10 * time.Second
