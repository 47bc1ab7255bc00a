// Package gen runs the whole way from source to generated files: load, build,
// generate, emit.
package gen

import (
	"context"
	"time"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/load"
	"github.com/apigen-go/apigen/gen/model"
)

// Mode says how far a run goes.
type Mode int

// The modes.
const (
	Write    Mode = iota // write what changed
	Compare              // compare with what is on disk, write nothing
	Inspect              // report what is wrong only
	Describe             // build the models only, for a runtime of any version
)

// Config says what to do.
type Config struct {
	Dir      string   // where patterns start; "" means the working directory
	Patterns []string // as the go command takes them; none means "."
	Tags     string   // build tags, comma-separated
	Env      []string // environment of the go command; nil means that of the process
	Mode     Mode
}

// Result is what a run did, or would do under Compare.
type Result struct {
	// Packages are the annotated packages and those with leftovers, sorted by
	// import path.
	Packages []*Package
	// Diagnostics are sorted. When there is one, nothing was written.
	Diagnostics []annotate.Diagnostic
	// Phases tells what took how long, in order.
	Phases []load.Phase
	// Loads counts the calls of go/packages.
	Loads int
}

// Package is what a run did to one package.
type Package struct {
	Path, Dir string
	// Model is nil for a package without directives.
	Model *model.Package
	// Changes lists its generated files, sorted by name.
	Changes []emit.Change

	outputs []string // on disk before
	files   []emit.File
}

// Changes lists the changes of all packages.
func (r *Result) Changes() []emit.Change {
	var all []emit.Change
	for _, p := range r.Packages {
		all = append(all, p.Changes...)
	}
	return all
}

// Run generates for all packages that match. The error is not nil only for
// what is no fault of the source: the go command cannot be run, a file cannot
// be written, or ctx is done.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	loaded, err := load.Load(ctx, load.Config{Dir: cfg.Dir, Patterns: cfg.Patterns, Tags: cfg.Tags, Env: cfg.Env})
	if err != nil {
		return nil, err
	}
	r := newRun(cfg, loaded)
	for _, step := range []struct {
		name string
		mode Mode // the furthest mode that has the step
		do   func(context.Context) error
	}{
		{"build", Describe, r.build},
		{"generate", Compare, r.generate},
		{"compare", Compare, r.compare},
		{"write", Write, r.write},
	} {
		if cfg.Mode > step.mode || len(r.res.Diagnostics) > 0 {
			break
		}
		start := time.Now()
		if err := step.do(ctx); err != nil {
			return nil, err
		}
		r.res.Phases = append(r.res.Phases, load.Phase{Name: step.name, Took: time.Since(start)})
	}
	r.res.Diagnostics = final(r.res.Diagnostics)
	return r.res, nil
}
