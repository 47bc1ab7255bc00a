package build

import (
	"go/ast"
	"go/types"
	"regexp"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// doc reads the first of the comment groups that says anything, which stand in
// the package of that path, and resolves its doc links.
func (b *builder) doc(path string, groups ...*ast.CommentGroup) model.Doc {
	d := docOf(groups...)
	if !strings.Contains(d.Text, "[") {
		return d
	}
	for _, m := range docLink.FindAllStringSubmatch(d.Text, -1) {
		if target := b.linkTarget(path, groups, m[1]); target != "" {
			if d.Links == nil {
				d.Links = map[string]string{}
			}
			d.Links[m[1]] = target
		}
	}
	return d
}

// docLink matches what may be a doc link: [Name], [Name.Method], [pkg],
// [pkg.Name], [pkg.Name.Method], with or without a star.
var docLink = regexp.MustCompile(`\[\*?([\pL_][\pL_0-9]*(?:\.[\pL_][\pL_0-9]*){0,2})\]`)

// linkTarget is where a doc link leads, "" when it is none: as the doc command
// reads it, a name of the package itself or of one the file imports.
func (b *builder) linkTarget(path string, groups []*ast.CommentGroup, name string) string {
	first, rest, dotted := strings.Cut(name, ".")
	if pkg := b.packageOf(path); pkg != nil {
		if obj := pkg.Scope().Lookup(first); obj != nil && ast.IsExported(first) && hasMember(obj, rest) {
			return path + "#" + name
		}
	}
	for _, g := range groups {
		if g == nil {
			continue
		}
		if imported := b.importedAs(path, g, first); imported != "" {
			if !dotted {
				return imported
			}
			return imported + "#" + rest
		}
	}
	return ""
}

func (b *builder) packageOf(path string) *types.Package {
	if path == b.in.Path {
		return b.in.Types
	}
	if in := b.in.lookup(path); in != nil {
		return in.Types
	}
	return nil
}

// hasMember reports whether obj has the field or method of that name, which may
// be "" for obj itself.
func hasMember(obj types.Object, name string) bool {
	if name == "" {
		return true
	}
	tn, ok := obj.(*types.TypeName)
	if !ok {
		return false
	}
	member, _, _ := types.LookupFieldOrMethod(tn.Type(), true, obj.Pkg(), name)
	return member != nil
}

// importedAs is the path that the file around a comment imports under a name.
func (b *builder) importedAs(path string, g *ast.CommentGroup, name string) string {
	for _, f := range b.filesOf(path) {
		if g.Pos() < f.FileStart || g.Pos() > f.FileEnd {
			continue
		}
		for _, spec := range f.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue
			}
			if spec.Name != nil && spec.Name.Name == name || spec.Name == nil && b.declaredName(imported) == name {
				return imported
			}
		}
	}
	return ""
}

// declaredName is the name a package gives itself: the last part of its path
// where it was not loaded.
func (b *builder) declaredName(path string) string {
	if b.in.Import != nil {
		if pkg := b.in.Import(path); pkg != nil && pkg.Name() != "" {
			return pkg.Name()
		}
	}
	return path[strings.LastIndex(path, "/")+1:]
}
