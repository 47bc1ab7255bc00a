package load

import (
	"os"
	"path/filepath"
	"strings"
)

// moduleOf returns the main module that would hold a package of the given
// path, the longest where several would; nil when none would.
func (l *loader) moduleOf(path string) *Module {
	var best *Module
	for i := range l.res.Main {
		m := &l.res.Main[i]
		if path != m.Path && !strings.HasPrefix(path, m.Path+"/") {
			continue
		}
		if best == nil || len(m.Path) > len(best.Path) {
			best = m
		}
	}
	return best
}

// sourceDir returns the folder of a package of a main module; false when the
// path is not one: it may still belong to another module.
func (l *loader) sourceDir(path string) (string, *Module, bool) {
	m := l.moduleOf(path)
	if m == nil || m.Dir == "" {
		return "", nil, false
	}
	dir := m.Dir
	rest := strings.TrimPrefix(strings.TrimPrefix(path, m.Path), "/")
	for part := range strings.SplitSeq(rest, "/") {
		if part == "" {
			continue
		}
		dir = filepath.Join(dir, part)
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return "", nil, false // a module of its own
		}
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", nil, false
	}
	return dir, m, true
}
