package gen

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/build"
	"github.com/apigen-go/apigen/gen/emit"
	"github.com/apigen-go/apigen/gen/gogen"
	"github.com/apigen-go/apigen/gen/load"
	"github.com/apigen-go/apigen/gen/model"
)

// run carries what the steps share.
type run struct {
	cfg    Config
	loaded *load.Result
	res    *Result

	mu     sync.Mutex // packages are built at the same time
	inputs map[*load.Package]*build.Input
}

func newRun(cfg Config, loaded *load.Result) *run {
	r := &run{
		cfg:    cfg,
		loaded: loaded,
		res:    &Result{Phases: loaded.Phases, Loads: loaded.Loads},
		inputs: map[*load.Package]*build.Input{},
	}
	// Everything wrong in the packages that could be loaded is reported
	// together with what could not.
	for _, p := range loaded.Packages {
		r.res.Packages = append(r.res.Packages, &Package{Path: p.Path, Dir: p.Dir, outputs: p.Outputs})
	}
	for _, p := range loaded.Others {
		if len(p.Outputs) > 0 {
			r.res.Packages = append(r.res.Packages, &Package{Path: p.Path, Dir: p.Dir, outputs: p.Outputs})
		}
	}
	slices.SortFunc(r.res.Packages, func(a, b *Package) int { return strings.Compare(a.Path, b.Path) })
	return r
}

// Diagnose returns what is wrong with packages that were loaded, sorted. It is
// what a run reports before it generates, without the runtime's version.
func Diagnose(loaded *load.Result) []annotate.Diagnostic {
	r := newRun(Config{Mode: Inspect}, loaded)
	r.report(loaded.Diagnostics...)
	r.models()
	return final(r.res.Diagnostics)
}

// final sorts what a run has found. A file that only has the name of an output
// mostly is one whose marker was lost: that it declares what would be generated
// goes without saying.
func final(diags []annotate.Diagnostic) []annotate.Diagnostic {
	foreign := map[string]bool{}
	for _, d := range diags {
		if d.Code == annotate.CodeForeignFile {
			foreign[d.Pos.Filename] = true
		}
	}
	return annotate.Sort(slices.DeleteFunc(diags, func(d annotate.Diagnostic) bool {
		return foreign[d.Pos.Filename] && slices.Contains([]string{annotate.CodeNameClash, annotate.CodeRouteConstClash, annotate.CodeHandlersFieldClash}, d.Code)
	}))
}

// build makes the models, and reports what is wrong with the source.
func (r *run) build(context.Context) error {
	r.report(r.loaded.Diagnostics...)
	if d, ok := handshake(r.loaded); !ok && (r.cfg.Mode != Describe || r.loaded.Runtime.Missing) {
		r.report(d)
		if r.loaded.Runtime.Missing || r.loaded.Runtime.Err != nil {
			return nil // all else follows from it
		}
	}
	r.models()
	return nil
}

// models builds all packages and compares them with each other.
func (r *run) models() {
	byPath := map[string]*Package{}
	for _, p := range r.res.Packages {
		byPath[p.Path] = p
	}
	models := make([]*model.Package, len(r.loaded.Packages))
	var wg sync.WaitGroup
	for i, p := range r.loaded.Packages {
		wg.Go(func() { models[i] = r.model(p) })
	}
	wg.Wait()
	for i, p := range r.loaded.Packages {
		byPath[p.Path].Model = models[i]
	}
	models = slices.DeleteFunc(models, func(m *model.Package) bool { return m == nil })
	r.report(build.Across(models)...)
}

// model builds one package. A panic is a fault of apigen and is reported as
// such, so that the other packages still get their diagnostics.
func (r *run) model(p *load.Package) (m *model.Package) {
	defer r.internal(p.Path)
	m, diags := build.Package(*r.input(p))
	r.report(diags...)
	return m
}

// input hands a loaded package to build, always the same for the same package.
func (r *run) input(p *load.Package) *build.Input {
	r.mu.Lock()
	defer r.mu.Unlock()
	if in := r.inputs[p]; in != nil {
		return in
	}
	in := &build.Input{
		Fset: r.loaded.Fset, Path: p.Path, Name: p.Name, Dir: p.Dir,
		Directives: p.Directives, Types: p.Types, Info: p.Info, Errors: p.Errors, Syntax: p.Syntax,
		Misread: p.Misread, Unparsed: p.Unparsed,
		Import: p.Import,
	}
	in.Files = make([]*ast.File, len(p.Files))
	for i, f := range p.Files {
		in.Files[i] = f.AST
	}
	in.Lookup = func(path string) *build.Input {
		if q := p.Lookup(path); q != nil {
			return r.input(q)
		}
		return nil
	}
	r.inputs[p] = in
	return in
}

// generate writes and formats the files of all packages in memory.
func (r *run) generate(ctx context.Context) error {
	var wg sync.WaitGroup
	for _, p := range r.res.Packages {
		if p.Model == nil {
			continue
		}
		wg.Go(func() {
			if ctx.Err() != nil {
				return
			}
			files, diag := generate(p)
			p.files = files
			if diag != nil {
				r.report(*diag)
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func generate(p *Package) (files []emit.File, diag *annotate.Diagnostic) {
	defer func() {
		if v := recover(); v != nil {
			diag = fault(p.Path, fmt.Sprintf("%v\n%s", v, debug.Stack()))
		}
	}()
	var described []byte
	var faulty *annotate.Diagnostic
	var wg sync.WaitGroup
	name := p.Model.Service.OpenAPI
	if name != "" {
		wg.Go(func() { described, faulty = document(p.Model, name) })
	}
	generated, err := gogen.Generate(p.Model)
	if err != nil {
		return nil, fault(p.Path, err.Error())
	}
	for _, g := range generated {
		content, err := emit.Format(g.Name, g.Content)
		if err != nil {
			return nil, fault(p.Path, err.Error())
		}
		files = append(files, emit.File{Path: filepath.Join(p.Dir, g.Name), Content: content})
	}
	wg.Wait()
	if faulty != nil {
		return nil, faulty
	}
	if name != "" {
		files = append(files, emit.File{Path: filepath.Join(p.Dir, name), Content: described})
	}
	return files, nil
}

// compare finds out what is to be written.
func (r *run) compare(context.Context) error {
	for _, p := range r.res.Packages {
		changes, err := emit.Plan(p.files, p.outputs)
		if err != nil {
			return err
		}
		p.Changes = changes
	}
	return nil
}

func (r *run) write(ctx context.Context) error {
	return emit.Write(ctx, r.res.Changes())
}

func (r *run) report(d ...annotate.Diagnostic) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.res.Diagnostics = append(r.res.Diagnostics, d...)
}

// internal turns a panic into a diagnostic.
func (r *run) internal(path string) {
	if v := recover(); v != nil {
		r.report(*fault(path, fmt.Sprintf("%v\n%s", v, debug.Stack())))
	}
}

// fault is the diagnostic of a mistake in apigen itself.
func fault(path, what string) *annotate.Diagnostic {
	return &annotate.Diagnostic{
		Code: annotate.CodeInternal,
		Pos:  token.Position{},
		Message: "apigen failed on package " + path + ", which is a fault of apigen: please report it with this text at https://github.com/apigen-go/apigen/issues: " +
			strings.ReplaceAll(strings.TrimSpace(what), "\n", "\n\t"),
	}
}
