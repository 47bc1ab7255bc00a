package load

import (
	"go/ast"
	"path"
	"regexp"
	"strconv"
	"strings"
)

// imported is an import of a file.
type imported struct {
	name string // "" where the file gives none
	path string
}

// importsOf returns the imports of f that can be loaded.
func importsOf(f *ast.File) []imported {
	var out []imported
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil || p == "C" || p == "unsafe" || !loadable(p) {
			continue
		}
		imp := imported{path: p}
		if spec.Name != nil {
			imp.name = spec.Name.Name
		}
		out = append(out, imp)
	}
	return out
}

// loadable reports whether the go command may be asked for path: it must not
// take it for a pattern, a flag, a query or a version.
func loadable(path string) bool {
	switch path {
	case "", "all", "std", "cmd", "tool", "work", "main":
		return false
	}
	if strings.Contains(path, "...") || path[0] == '-' || path[0] == '/' || path[0] == '.' || strings.HasSuffix(path, ".go") {
		return false
	}
	for _, r := range path {
		if r <= ' ' || r == 0x7f || strings.ContainsRune("!\"#$%&'()*,:;<=>?@[\\]^`{|}\uFFFD", r) {
			return false
		}
	}
	return true
}

var (
	majorElement = regexp.MustCompile(`^v[0-9]+$`)
	majorSuffix  = regexp.MustCompile(`\.v[0-9]+$`)
	nonName      = regexp.MustCompile(`[^\p{L}\p{N}_]+`)
)

// guesses returns the names a package of this path may have. What is missing
// here costs time, not correctness.
func guesses(importPath string) []string {
	base := path.Base(importPath)
	if majorElement.MatchString(base) && path.Dir(importPath) != "." {
		base = path.Base(path.Dir(importPath))
	}
	base = majorSuffix.ReplaceAllString(base, "")
	parts := nonName.Split(base, -1)
	out := append([]string{base}, parts...)
	return append(out, strings.Join(parts, ""), strings.Join(parts, "_"))
}
