package load

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
)

// closure parses the packages of the main modules that annotated packages
// reach outside of function bodies, and collects what all of them need of
// other modules.
func (l *loader) closure() error {
	if len(l.res.Packages) == 0 {
		return nil
	}
	paths := []string{RuntimePath}
	for _, p := range l.res.Packages {
		paths = append(paths, p.Path)
	}
	l.follow(paths)
	return nil
}

// follow visits the packages of the given paths and all they need, breadth
// first.
func (l *loader) follow(paths []string) {
	for len(paths) > 0 {
		next := map[string]bool{}
		for _, p := range l.visit(paths) {
			for _, path := range l.needsOf(p) {
				next[path] = true
			}
		}
		paths = sorted(next)
	}
}

// visit takes in the packages of the given paths that were not visited yet
// and returns those that come from source, parsed.
func (l *loader) visit(paths []string) []*Package {
	var found []*Package
	for _, path := range paths {
		if l.visited[path] {
			continue
		}
		l.visited[path] = true
		if l.sources[path] != nil {
			found = append(found, l.sources[path])
		} else if dir, mod, ok := l.sourceDir(path); ok {
			found = append(found, &Package{Path: path, Dir: dir, module: mod})
		} else {
			l.needed[path] = true
		}
	}
	parallel(len(found), func(i int) {
		if !found[i].root {
			l.parseDir(found[i])
		}
	})
	return slices.DeleteFunc(found, func(p *Package) bool {
		if len(p.Files) == 0 {
			l.needed[p.Path] = true // the go command knows what is wrong with it
			return true
		}
		l.sources[p.Path] = p
		return false
	})
}

// parseDir parses the files of p that build constraints select.
func (l *loader) parseDir(p *Package) {
	names := l.filesIn(p.Dir)
	found := l.parse(p, names)
	for _, f := range p.Files {
		if p.Name == "" && f.AST.Name != nil {
			p.Name = f.AST.Name.Name
		}
	}
	if len(found.syntax) > 0 {
		p.Directives = nil
	}
}

// filesIn returns the Go files in dir that build constraints select, tests
// excluded.
func (l *loader) filesIn(dir string) []string {
	// The error repeats what the parser will say, or that there are no files.
	bp, _ := l.build.ImportDir(dir, 0)
	var names []string
	for _, base := range slices.Concat(bp.GoFiles, bp.CgoFiles) {
		names = append(names, filepath.Join(dir, base))
	}
	return names
}

// packageName is the name of a package of the closure, or of one that only
// function bodies need; "" when it is not known.
func (l *loader) packageName(path string) string {
	if p := l.sources[path]; p != nil {
		return p.Name
	}
	if f := l.outside[path]; f != nil {
		return f.name
	}
	if name, known := l.clauses[path]; known {
		return name
	}
	name := ""
	if dir, _, ok := l.sourceDir(path); ok {
		for _, file := range l.filesIn(dir) {
			src, err := l.readSource(file)
			if err != nil {
				continue
			}
			f, _ := parser.ParseFile(token.NewFileSet(), file, src, parser.PackageClauseOnly)
			if f != nil && f.Name != nil {
				name = f.Name.Name
				break
			}
		}
	}
	l.clauses[path] = name
	return name
}

func sorted(set map[string]bool) []string {
	out := make([]string, 0, len(set))
	for s := range set {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}
