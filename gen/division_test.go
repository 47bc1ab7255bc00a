package gen

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// divided cuts a source into files of one declaration each, in order. The files
// repeat the imports.
func divided(t *testing.T, src string) inMemory {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "a.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	offset := func(p token.Pos) int { return fset.PositionFor(p, false).Offset }
	lineEnd := func(at int) int {
		if n := strings.IndexByte(src[at:], '\n'); n >= 0 {
			return at + n + 1
		}
		return len(src)
	}
	start := lineEnd(offset(f.Name.End()))
	head := "package " + f.Name.Name + "\n" // without the package's comment
	parts := inMemory{}
	for _, decl := range f.Decls {
		end := lineEnd(offset(decl.End()))
		if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
			head += src[start:end]
		} else {
			parts[fmt.Sprintf("f%03d.go", len(parts))] = src[start:end]
		}
		start = end
	}
	for name, part := range parts {
		parts[name] = head + part
	}
	parts["e.go"] = src[:lineEnd(offset(f.Name.End()))]
	parts["g.go"] = head + src[start:]
	return parts
}

// said is what is reported, without places, and all that is generated.
func (m inMemory) said(t *testing.T) string {
	t.Helper()
	_, files, diags := m.run(t)
	var out []string
	for _, d := range diags {
		out = append(out, d.Code+" "+d.Message)
	}
	slices.Sort(out)
	for _, f := range files {
		out = append(out, string(f.Content))
	}
	return strings.Join(out, "\n")
}

// TestDivision checks that it does not matter how a package is divided into
// files, and what these are called, as long as the order of declarations is the
// same.
func TestDivision(t *testing.T) {
	n := 0
	for _, m := range corpus(t) {
		if len(m) > 1 {
			continue
		}
		for name, src := range m {
			if !parses([]byte(src)) {
				continue
			}
			parts := divided(t, src)
			renamed := inMemory{}
			for part, text := range parts {
				renamed["x_"+strings.TrimSuffix(part, ".go")+"_of_it.go"] = text
			}
			want := m.said(t)
			if got := parts.said(t); got != want {
				t.Errorf("%s of %s: in %d files it comes out differently:\n%s\n\n%s", name, m.name(), len(parts), firstDifference(want, got), src)
			}
			if got := renamed.said(t); got != want {
				t.Errorf("%s of %s: under other names it comes out differently:\n%s", name, m.name(), firstDifference(want, got))
			}
			n += len(parts)
		}
	}
	if n < 500 {
		t.Errorf("only %d files", n)
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("-%s\n+%s", a[i], b[i])
		}
	}
	return fmt.Sprintf("%d and %d lines", len(a), len(b))
}

// TestFileOrder checks that files may be handed over in any order, a map's
// among them.
func TestFileOrder(t *testing.T) {
	for _, m := range corpus(t)[:8] {
		want := ""
		for range 4 {
			names := slices.Sorted(maps.Keys(m))
			_, files, diags := m.run(t) // hands over the names in the order of the map
			if got := fmt.Sprint(diags, files, filepath.Join(names...)); want != "" && got != want {
				t.Errorf("%s: another order changes\n%s", m.name(), firstDifference(want, got))
			} else {
				want = got
			}
		}
	}
}
