package load

import (
	"errors"
	"fmt"
	"go/types"
	"io"
	"maps"
	"os"
	"runtime"
	"strings"

	"golang.org/x/tools/go/packages"
)

// foreign is a package of another module.
type foreign struct {
	name string
	file string // export data
	err  error
	pkg  *types.Package // once read
}

// export asks for the export data of all packages of other modules at once.
// The packages that need it read it later, so that what only function bodies
// use costs nothing.
func (l *loader) export() error {
	for {
		if err := l.exportOnce(); err != nil {
			return err
		}
		if !l.followRenamed() {
			return nil
		}
	}
}

// followRenamed follows the imports of files in which a package does not have
// the name its path suggests, and reports whether there was one.
func (l *loader) followRenamed() bool {
	found := false
	for path := range l.visited {
		p := l.sources[path]
		if p == nil {
			continue
		}
		for _, f := range p.Files {
			if !f.all && !l.accounted(f) {
				found = true
				l.follow(l.needsOf(p))
			}
		}
	}
	return found
}

func (l *loader) exportOnce() error {
	paths := map[string]bool{}
	maps.Copy(paths, l.needed)
	maps.Copy(paths, l.named)
	for path := range l.outside {
		delete(paths, path)
	}
	if len(paths) == 0 {
		return nil
	}
	if l.cache.entries == nil {
		l.openCache()
	}
	if found, ok := l.cache.take(sorted(paths)); ok {
		maps.Copy(l.outside, found)
		return nil
	}
	mode := packages.NeedName | packages.NeedModule | packages.NeedExportFile
	if l.cache.file != "" {
		mode |= packages.NeedImports // tells what may be remembered
	}
	pkgs, err := l.packages(mode, sorted(paths)...)
	if err != nil {
		return l.complaint(err)
	}
	for _, p := range pkgs {
		f := &foreign{name: p.Name, file: p.ExportFile}
		if len(p.Errors) > 0 {
			f.err = l.missing(p.PkgPath, oneLine(p.Errors[0].Msg))
		} else if f.file == "" {
			f.err = errors.New("it does not compile; go build " + p.PkgPath + " says why")
		}
		l.outside[p.PkgPath] = f
	}
	l.put(pkgs)
	return nil
}

// missing words why a package cannot be had.
func (l *loader) missing(path, msg string) error {
	if m := l.moduleOf(path); m != nil && (strings.HasPrefix(msg, "no required module provides") || strings.HasPrefix(msg, "cannot find module providing")) {
		return fmt.Errorf("module %s has no such package, and %s", m.Path, msg)
	}
	return errors.New(msg)
}

// read returns the types of a package of another module. When that fails, the
// package is an empty placeholder under the name it should have.
func (l *loader) read(path string) (*types.Package, error) {
	f := l.outside[path]
	if f == nil {
		return l.placeholder(path, guesses(path)[0]), errors.New("the go command does not know it")
	}
	if f.pkg == nil && f.err == nil {
		f.pkg, f.err = l.readFile(path)
		l.doubt = l.doubt || f.err != nil && l.cache.used[path]
	}
	if f.err != nil {
		name := f.name
		if name == "" {
			name = guesses(path)[0]
		}
		return l.placeholder(path, name), f.err
	}
	return f.pkg, nil
}

// readFile reads with the importer of the standard library, which knows the
// export data of the toolchain that apigen was built with.
func (l *loader) readFile(path string) (*types.Package, error) {
	pkg, err := l.gc.Import(path)
	if err != nil {
		return nil, fmt.Errorf("its export data cannot be read: %w; if the go command is newer than the one that built apigen (%s), build apigen again", err, runtime.Version())
	}
	return pkg, nil
}

// openExport opens the export data of a package.
func (l *loader) openExport(path string) (io.ReadCloser, error) {
	f := l.outside[path]
	if f == nil || f.file == "" {
		return nil, errors.New("there is none")
	}
	return os.Open(f.file)
}

// placeholder returns an empty package, the same for the same arguments.
func (l *loader) placeholder(path, name string) *types.Package {
	key := path + " " + name
	if l.empty[key] == nil {
		if name = strings.TrimSpace(name); name == "" || name == "_" {
			name = "-" + path
		}
		l.empty[key] = types.NewPackage(path, name)
		l.empty[key].MarkComplete()
	}
	return l.empty[key]
}
