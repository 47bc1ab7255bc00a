package load

import (
	"context"
	"go/build"
	"go/types"
	"os"
	"path/filepath"

	"golang.org/x/mod/modfile"
)

// Given is a package that another program has found and type-checked, such as
// a driver of go/analysis.
type Given struct {
	Path, Name, Dir string
	// Files are its source files, tests excluded; none means those in Dir that
	// build constraints select.
	Files []string
	// Foreign are the packages its imports reach, by path.
	Foreign map[string]*types.Package
	// ReadFile reads its files; nil means os.ReadFile.
	ReadFile func(name string) ([]byte, error)
	// Unknown is called with the paths of packages in other modules that are
	// needed and not among Foreign.
	Unknown func(path string)
}

// FromGiven loads one package as Load does, without the go command: packages of
// the same module or workspace come from source, all others from Foreign. The
// runtime's version is not read.
func FromGiven(ctx context.Context, g Given) *Result {
	l := newLoader(ctx, Config{Dir: g.Dir})
	l.readGiven = g.ReadFile
	l.build = build.Default
	l.env.GOARCH, l.env.GOFLAGS = l.build.GOARCH, os.Getenv("GOFLAGS")
	l.build.BuildTags = l.tags()
	l.enclosing()
	if len(g.Files) == 0 {
		g.Files = l.filesIn(g.Dir)
	}
	for path, pkg := range g.Foreign {
		l.outside[path] = &foreign{name: pkg.Name(), pkg: pkg}
	}
	found := l.parse(&Package{Path: g.Path, Name: g.Name, Dir: g.Dir, root: true}, g.Files)
	found.diags = append(found.diags, l.scanTests(g.Dir)...)
	l.admitParsed(found)
	_ = l.closure() // it runs nothing that could fail
	for l.followRenamed() {
	}
	for path := range l.needed {
		if g.Unknown != nil && l.outside[path] == nil && path != RuntimePath && l.moduleOf(path) == nil {
			g.Unknown(path)
		}
	}
	for _, p := range l.res.Packages {
		l.checkPackage(p)
		l.checkNamed(p)
	}
	return l.res
}

// enclosing finds the module around the folder and those of its workspace.
func (l *loader) enclosing() {
	dir, ok := upwards(l.cfg.Dir, "go.mod")
	if !ok {
		return
	}
	l.addModuleIn(dir)
	work := os.Getenv("GOWORK")
	if work == "off" {
		return
	}
	if work == "" {
		at, ok := upwards(dir, "go.work")
		if !ok {
			return
		}
		work = filepath.Join(at, "go.work")
	}
	l.addWorkspace(work)
}

// addWorkspace adds the modules of a go.work file.
func (l *loader) addWorkspace(work string) {
	data, err := os.ReadFile(work)
	if err != nil {
		return
	}
	f, err := modfile.ParseWork(work, data, nil)
	if err != nil {
		return
	}
	for _, use := range f.Use {
		at := filepath.FromSlash(use.Path)
		if !filepath.IsAbs(at) {
			at = filepath.Join(filepath.Dir(work), at)
		}
		l.addModuleIn(at)
	}
}

// addModuleIn adds the module whose root is dir.
func (l *loader) addModuleIn(dir string) {
	name := filepath.Join(dir, "go.mod")
	data, err := os.ReadFile(name)
	if err != nil {
		return
	}
	f, err := modfile.ParseLax(name, data, nil)
	if err != nil || f.Module == nil {
		return
	}
	m := Module{Path: f.Module.Mod.Path, Dir: dir}
	if f.Go != nil {
		m.GoVersion = f.Go.Version
	}
	l.addModule(m)
}

// upwards returns the nearest folder, dir or one around it, that holds a file.
func upwards(dir, base string) (string, bool) {
	for {
		if info, err := os.Stat(filepath.Join(dir, base)); err == nil && info.Mode().IsRegular() {
			return dir, true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", false
		}
		dir = parent
	}
}
