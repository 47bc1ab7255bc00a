// Package load finds annotated packages and type-checks what their
// annotations reach: directives first, then only the packages that have them,
// from source and without function bodies. Packages of the main module, or of
// the workspace, that they import come from source too; those of all other
// modules from export data, in one call of the go command.
//
// Nothing needs to compile: what apigen wrote before is skipped, type errors
// are collected, and an import that cannot be found leaves a placeholder.
package load

import (
	"context"
	"go/ast"
	"go/token"
	"go/types"
	"time"

	"github.com/apigen-go/apigen/annotate"
)

// Config says what to load.
type Config struct {
	Dir      string   // where patterns start; "" means the working directory
	Patterns []string // as the go command takes them; none means "."
	Tags     string   // build tags, comma-separated
	Env      []string // environment of the go command; nil means that of the process
}

// Result is what was found.
type Result struct {
	Fset *token.FileSet
	// Packages are the annotated packages, sorted by import path.
	Packages []*Package
	// Others are matched packages without directives, sorted by import path.
	Others []Unannotated
	// Diagnostics is everything found wrong on the way, unsorted. A package
	// with syntax errors is reported here and is not among Packages.
	Diagnostics []annotate.Diagnostic
	// Main are the main modules: one, or those of the workspace.
	Main []Module
	// Runtime is what generated code will be compiled against.
	Runtime Runtime
	// Loads counts the calls of go/packages.
	Loads int
	// Phases tells what took how long, in order.
	Phases []Phase
}

// Module is a main module.
type Module struct {
	Path      string
	Dir       string
	GoVersion string // "1.26", may be empty
}

// Unannotated is a matched package without directives. Outputs found there
// are left over.
type Unannotated struct {
	Path, Name, Dir string
	// Outputs are the files apigen wrote there, by absolute name.
	Outputs []string
}

// Phase is one stage of loading.
type Phase struct {
	Name string
	Took time.Duration
}

// Package is a package loaded from source.
type Package struct {
	Path, Name, Dir string
	// Files are its source files without tests and without what apigen wrote,
	// sorted by name.
	Files      []*File
	Directives []*annotate.Directive
	Types      *types.Package
	Info       *types.Info
	// Errors are what parser and type checker complained of.
	Errors []types.Error
	// Syntax are those of them that the parser found.
	Syntax []types.Error
	// Misread are the places of comments that were meant as directives, were
	// reported and are not among Directives.
	Misread []token.Position
	// Unparsed tells of syntax errors, which leave no Directives.
	Unparsed bool
	// Outputs are the files apigen wrote there, by absolute name.
	Outputs []string

	// Lookup returns another package that was loaded from source, its
	// directives scanned; nil when there is none of that path.
	Lookup func(path string) *Package
	// Import returns any package of the closure, from source or not; nil when
	// it was not loaded.
	Import func(path string) *types.Package

	module *Module
	root   bool // matched by a pattern
	state  state
}

// File is one source file.
type File struct {
	Name string // absolute
	AST  *ast.File

	used map[string]bool // names that may be packages', outside of function bodies
	all  bool            // every import matters: some name of used is not accounted for
}

// Load loads the packages that match. The error is not nil only when the go
// command cannot be run or ctx is done; all else is in the diagnostics.
func Load(ctx context.Context, cfg Config) (*Result, error) {
	l := newLoader(ctx, cfg)
	if err := l.load(); err != nil {
		return nil, err
	}
	if !l.doubt {
		return l.res, nil
	}
	again := newLoader(ctx, cfg)
	again.noCache = true
	return again.res, again.load()
}

func (l *loader) load() error {
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"list", l.list},
		{"scan", l.scan},
		{"closure", l.closure},
		{"export", l.export},
		{"check", l.check},
	} {
		start := time.Now()
		if err := step.do(); err != nil {
			return err
		}
		l.res.Phases = append(l.res.Phases, Phase{step.name, time.Since(start)})
		if err := l.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
