package load

import (
	"context"
	"fmt"
	"go/build"
	exportdata "go/importer"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/apigen-go/apigen/annotate"
	"golang.org/x/tools/go/packages"
)

// loader carries what the steps share.
type loader struct {
	ctx   context.Context
	cfg   Config
	env   goEnv
	build build.Context
	fset  *token.FileSet
	res   *Result

	matched []*packages.Package       // by the patterns
	sources map[string]*Package       // packages of the main modules, by path
	visited map[string]bool           // paths of the closure
	needed  map[string]bool           // paths of the closure in other modules
	named   map[string]bool           // paths in other modules of which only the name matters
	outside map[string]*foreign       // packages of other modules, by path
	gc      types.Importer            // reads export data
	empty   map[string]*types.Package // placeholders
	clauses map[string]string         // names of packages outside the closure
	cache   exportCache
	noCache bool // because it named what cannot be read
	doubt   bool // what it named cannot be read

	overlay map[string]string // of GOFLAGS, absolute names

	readGiven func(name string) ([]byte, error) // of FromGiven
}

func newLoader(ctx context.Context, cfg Config) *loader {
	if cfg.Dir == "" {
		cfg.Dir, _ = os.Getwd()
	} else if abs, err := filepath.Abs(cfg.Dir); err == nil {
		cfg.Dir = abs
	}
	if cfg.Env == nil {
		cfg.Env = os.Environ()
	}
	if len(cfg.Patterns) == 0 {
		cfg.Patterns = []string{"."}
	}
	fset := token.NewFileSet()
	l := &loader{
		ctx:     ctx,
		cfg:     cfg,
		fset:    fset,
		res:     &Result{Fset: fset},
		sources: map[string]*Package{},
		visited: map[string]bool{},
		needed:  map[string]bool{},
		named:   map[string]bool{},
		outside: map[string]*foreign{},
		empty:   map[string]*types.Package{},
		clauses: map[string]string{},
	}
	l.gc = exportdata.ForCompiler(fset, "gc", l.openExport)
	return l
}

// packages runs go/packages once.
func (l *loader) packages(mode packages.LoadMode, patterns ...string) ([]*packages.Package, error) {
	l.res.Loads++
	cfg := &packages.Config{
		Mode:    mode,
		Context: l.ctx,
		Dir:     l.cfg.Dir,
		// Other drivers know nothing of main modules; and the go command must
		// resolve the folder as it was given, symbolic links included.
		Env: append(l.cfg.Env[:len(l.cfg.Env):len(l.cfg.Env)], "GOPACKAGESDRIVER=off", "PWD="+l.cfg.Dir),
	}
	if l.cfg.Tags != "" {
		cfg.BuildFlags = []string{"-tags=" + l.cfg.Tags}
	}
	return packages.Load(cfg, patterns...)
}

// variable returns a variable of the environment of the run.
func (l *loader) variable(name string) string {
	for _, entry := range slices.Backward(l.cfg.Env) { // the last one counts
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// reportf adds a diagnostic. The zero position stands for no place at all.
func (l *loader) reportf(pos token.Position, code, format string, args ...any) {
	l.report(annotate.Diagnostic{Code: code, Pos: pos, End: pos, Message: fmt.Sprintf(format, args...)})
}

func (l *loader) report(d ...annotate.Diagnostic) {
	l.res.Diagnostics = append(l.res.Diagnostics, d...)
}

// parallel calls f for 0 to n-1 on as many goroutines as there are processors.
func parallel(n int, f func(int)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			f(i)
		})
	}
	wg.Wait()
}
