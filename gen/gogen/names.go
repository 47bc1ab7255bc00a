package gogen

import (
	"fmt"
	"go/doc"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/apigen-go/apigen/gen/model"
)

// locals are the variables and parameters of generated functions. Imports and
// helper functions keep clear of them, and they give way to declarations of
// the package.
var locals = func() map[string]bool {
	m := map[string]bool{}
	for _, name := range strings.Fields("a c ctx d e env err h list me mux ok opts p r req resp seen v w x") {
		m[name] = true
	}
	for _, name := range strings.Fields("e i k m n o") { // nested loops count on: e2, e3
		for depth := range maxDepth {
			m[nested(name, depth)] = true
		}
	}
	return m
}()

const maxDepth = model.MaxDepth

func nested(name string, depth int) string {
	if depth == 0 {
		return name
	}
	return name + strconv.Itoa(depth+1)
}

// scope hands out names that are free in it.
type scope struct{ taken func(string) bool }

// newScope returns a scope in which names for which taken returns true are not
// free.
func newScope(used map[string]bool, taken func(string) bool) *scope {
	s := &scope{}
	s.taken = func(name string) bool {
		if used[name] || token.IsKeyword(name) || taken != nil && taken(name) {
			return true
		}
		used[name] = true
		return false
	}
	return s
}

// pick returns base, or base with the first number that makes it free.
func (s *scope) pick(base string) string {
	for n := 1; ; n++ {
		name := base
		if n > 1 {
			name += strconv.Itoa(n)
		}
		if !s.taken(name) {
			return name
		}
	}
}

// names knows every identifier that generated code meets.
type names struct {
	*scope                     // package scope
	imports  map[string]string // import path to the name it is used under
	declared map[string]bool   // package scope of the user
	aliases  map[string]bool   // names of imports
	renames  map[string]string // locals that would hide a declaration of the package
	err      error
}

// fixedImports are the packages that generated code may import on its own
// account, with the names that they keep unless the package declares them.
var fixedImports = []string{
	"context", "errors", "maps", "net/http", "slices", "strconv", "strings", "time", "unicode/utf8",
	runtimePath, authPath, genrtPath, jsonrtPath,
}

func newNames(p *model.Package) *names {
	n := &names{imports: map[string]string{}, declared: map[string]bool{}, aliases: map[string]bool{}, renames: map[string]string{}}
	for _, name := range p.Reserved {
		n.declared[name] = true
	}
	used := maps.Clone(n.declared)
	for _, name := range p.Imported {
		delete(n.declared, name)
	}
	for _, path := range fixedImports {
		n.addImport(path, lastElem(path))
	}
	for _, path := range slices.Sorted(maps.Keys(p.PackageNames)) {
		if path != p.Path {
			n.addImport(path, p.PackageNames[path])
		}
	}
	n.scope = newScope(used, n.hidden)
	n.renameLocals()
	n.checkUniverse()
	return n
}

// hidden reports whether a name means something else somewhere in generated
// code: a local, an import, a declaration of the package, a predeclared name.
func (n *names) hidden(name string) bool {
	return locals[name] || n.aliases[name] || n.declared[name] || doc.IsPredeclared(name)
}

// addImport chooses the name of an import: the package's own, else that with
// the parent folder in front, else that with a number.
func (n *names) addImport(path, name string) {
	if n.imports[path] != "" {
		return
	}
	free := newScope(map[string]bool{}, n.hidden)
	alias := name
	if free.taken(name) {
		parent := parentElem(path)
		if parent == "" {
			parent = "std"
		}
		alias = free.pick(identifier(parent) + name)
	}
	n.imports[path] = alias
	n.aliases[alias] = true
}

// importName returns the name of an import, also of one that the model forgot
// to name.
func (n *names) importName(path string) string {
	if n.imports[path] == "" {
		n.addImport(path, identifier(impliedName(path)))
	}
	return n.imports[path]
}

// renameLocals gives locals other names where a declaration of the package
// would be hidden.
func (n *names) renameLocals() {
	for _, name := range slices.Sorted(maps.Keys(locals)) {
		if n.declared[name] {
			n.renames[name] = n.pick(name + "Local")
		}
	}
}

// usedUniverse are the predeclared names that generated code relies on.
var usedUniverse = strings.Fields("append any bool byte error false float32 float64 int int8 int16 int32 int64 len make new nil string true uint uint8 uint16 uint32 uint64")

func (n *names) checkUniverse() {
	for _, name := range usedUniverse {
		if n.declared[name] {
			n.err = fmt.Errorf("the package declares %s, which generated code needs with its predeclared meaning; rename it", name)
			return
		}
	}
}

// renamed applies the renaming of locals to source of this package: to whole
// identifiers that are neither selectors nor inside a literal.
func (n *names) renamed(src string) string {
	if len(n.renames) == 0 {
		return src
	}
	var b strings.Builder
	for i := 0; i < len(src); {
		c := src[i]
		start := i
		switch {
		case c == '"' || c == '`':
			i = literalEnd(src, i)
			b.WriteString(src[start:i])
		case identByte(c):
			for i < len(src) && identByte(src[i]) {
				i++
			}
			word := src[start:i]
			if to, ok := n.renames[word]; ok && (start == 0 || src[start-1] != '.' || strings.HasSuffix(src[:start], "...")) {
				word = to
			}
			b.WriteString(word)
		default:
			i++
			b.WriteByte(c)
		}
	}
	return b.String()
}

func literalEnd(src string, i int) int {
	quote := src[i]
	for i++; i < len(src) && src[i] != quote; i++ {
		if src[i] == '\\' && quote == '"' {
			i++
		}
	}
	return min(i+1, len(src))
}

func identByte(c byte) bool {
	return c == '_' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// lower turns an exported name into an unexported one: HTTPServer becomes
// httpServer.
func lower(s string) string {
	runes := []rune(s)
	for i, r := range runes {
		if !unicode.IsUpper(r) || i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			break
		}
		runes[i] = unicode.ToLower(r)
	}
	return string(runes)
}

// identifier drops what cannot stand in an identifier.
func identifier(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
	if s == "" || unicode.IsDigit(rune(s[0])) {
		return "pkg" + s
	}
	return s
}

func lastElem(path string) string {
	return path[strings.LastIndexByte(path, '/')+1:]
}

// impliedName is the package name that a reader expects of an import path: its
// last element, or the one before a major version.
func impliedName(path string) string {
	last := lastElem(path)
	if len(last) > 1 && last[0] == 'v' && strings.Trim(last[1:], "0123456789") == "" && len(path) > len(last) {
		return lastElem(path[:len(path)-len(last)-1])
	}
	return last
}

// parentElem is the path element above the one that names the package.
func parentElem(path string) string {
	path = strings.TrimSuffix(path, lastElem(path))
	return lastElem(strings.TrimSuffix(path, "/"))
}
