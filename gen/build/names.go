package build

import (
	"go/ast"
	"go/doc"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/apigen-go/apigen/annotate"
)

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

func quote(s string) string { return strconv.Quote(s) }

// reservedNames lists every name that a package-level declaration of ours must
// not take: what the package declares, and the names its files import under.
// The latter are listed apart too: imports of ours may share them.
func (b *builder) reservedNames() (reserved, imported []string) {
	names := map[string]bool{}
	for _, name := range b.in.Types.Scope().Names() {
		names[name] = true
	}
	only := map[string]bool{}
	for _, f := range b.in.Files {
		for _, spec := range f.Imports {
			name := b.importName(spec)
			if name != "" && name != "_" && name != "." && !names[name] {
				only[name] = true
			}
		}
	}
	maps.Copy(names, only)
	return slices.Sorted(maps.Keys(names)), slices.Sorted(maps.Keys(only))
}

// importName is the name an import is used under, "" when it could not be
// resolved.
func (b *builder) importName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	if pn := b.in.Info.PkgNameOf(spec); pn != nil {
		return pn.Name()
	}
	return ""
}

// snake turns ErrNoSuchUser into no_such_user.
func snake(name string) string {
	runes := []rune(name)
	var out []rune
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 {
			prevLower := !unicode.IsUpper(runes[i-1]) && runes[i-1] != '_'
			nextLower := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if prevLower || nextLower && runes[i-1] != '_' {
				out = append(out, '_')
			}
		}
		out = append(out, unicode.ToLower(r))
	}
	return string(out)
}

// exportedNames reports generated exported names that the package already
// declares: they are never renamed silently.
func (b *builder) exportedNames() {
	for _, name := range b.in.Types.Scope().Names() {
		if doc.IsPredeclared(name) {
			b.errorf(b.in.Types.Scope().Lookup(name).Pos(), token.NoPos, annotate.CodeNameClash,
				"%s is declared here, but generated code needs it with its predeclared meaning; rename it", name)
		}
	}
	for _, g := range b.generatedNames() {
		b.importedNames(g)
		obj := b.in.Types.Scope().Lookup(g.name)
		if obj == nil {
			continue
		}
		d := b.errorf(obj.Pos(), token.NoPos, annotate.CodeNameClash,
			"%s is declared here and would be generated too; %s", g.name, g.remedy)
		b.related(d, g.pos, "%s is generated because of this", g.name)
	}
}

// importedNames reports imports by which a file has the name g already: Go does
// not let the package declare it then.
func (b *builder) importedNames(g generatedName) {
	for _, f := range b.in.Files {
		for _, spec := range f.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			var d *annotate.Diagnostic
			switch pkg := b.importPath(path); {
			case b.importName(spec) == g.name:
				d = b.errorf(spec.Pos(), spec.End(), annotate.CodeNameClash, "the import %s has the name of what is generated; give it another name", g.name)
			case spec.Name != nil && spec.Name.Name == "." && pkg != nil && pkg.Scope().Lookup(g.name) != nil:
				d = b.errorf(spec.Pos(), spec.End(), annotate.CodeNameClash, "package %q has %s, which this import puts where it is generated too; import it by its name", path, g.name)
			default:
				continue
			}
			b.related(d, g.pos, "%s is generated because of this", g.name)
		}
	}
}

type generatedName struct {
	name   string
	pos    token.Pos
	remedy string
}

func (b *builder) generatedNames() []generatedName {
	var out []generatedName
	first := b.firstDirective()
	ident := b.m.Service.Ident
	rename := "rename it, or write //api:service ident=" + upperFirst(b.in.Name) + " in the package comment, which generates " + upperFirst(b.in.Name)
	add := func(name, suffix string) {
		out = append(out, generatedName{name, first, rename + suffix})
	}
	if len(b.m.Schemes) > 0 || b.m.HasRoutes() {
		add(ident+"Config", "Config")
	}
	if b.m.HasRoutes() {
		add(ident+"Handlers", "Handlers")
		add("Register"+ident+"Handlers", "Handlers and its kin")
		add("New"+ident+"Handler", "Handlers and its kin")
	}
	for _, s := range b.m.Schemes {
		remedy := "rename it, or give the scheme another name"
		if s.Issues {
			out = append(out, generatedName{"New" + s.Name + "Issuer", first, remedy})
		}
		if s.Used {
			out = append(out, generatedName{"With" + s.Name, first, remedy})
		}
	}
	for _, s := range b.order {
		for _, r := range s.routes {
			out = append(out, generatedName{r.m.Const, r.d.Pos, "rename it, or give the route another name with id=" + r.m.ID + "2"})
		}
	}
	return out
}

func (b *builder) firstDirective() token.Pos {
	if len(b.in.Directives) == 0 {
		return token.NoPos
	}
	first := b.in.Directives[0]
	for _, d := range b.in.Directives {
		if d.Name == "server" || d.Name == "claims" {
			return d.Pos
		}
	}
	return first.Pos
}
