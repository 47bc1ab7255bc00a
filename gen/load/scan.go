package load

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"go/version"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/marker"
	"golang.org/x/tools/go/packages"
)

// parsed is a package as its files say it is.
type parsed struct {
	pkg     *Package
	diags   []annotate.Diagnostic
	syntax  []annotate.Diagnostic // syntax errors
	foreign []string              // files under our names that are not ours
	refused bool                  // by the go command
}

const parseMode = parser.ParseComments | parser.SkipObjectResolution

// scan parses the matched packages and looks for directives.
func (l *loader) scan() error {
	found := make([]parsed, len(l.matched))
	parallel(len(l.matched), func(i int) { found[i] = l.scanPackage(l.matched[i]) })
	for i, f := range found {
		l.admit(l.matched[i], f)
	}
	return nil
}

// scanPackage parses a matched package, unless it cannot hold directives.
func (l *loader) scanPackage(p *packages.Package) parsed {
	pkg := &Package{Path: p.PkgPath, Name: p.Name, Dir: p.Dir, root: true}
	var found parsed
	if len(p.Errors) == 0 && !l.mayBeAnnotated(p.GoFiles) {
		pkg.Outputs = outputsIn(p.Dir)
		found.pkg = pkg
	} else {
		found = l.parse(pkg, p.GoFiles)
	}
	found.diags = append(found.diags, l.scanTests(p.Dir)...)
	if len(pkg.Outputs) > 0 && len(pkg.Directives) == 0 && len(found.syntax) == 0 {
		left := l.leftOut(p.IgnoredFiles)
		found.refused = len(left) > 0
		found.diags = append(found.diags, left...)
	}
	return found
}

// mayBeAnnotated tells cheaply whether the named files hold a comment that could
// be a directive, or cannot be read. What is not annotated need not be parsed.
func (l *loader) mayBeAnnotated(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		src, err := l.readSource(name)
		return err != nil || !marker.Ours(filepath.Base(name), src) && annotate.Mentions(src)
	})
}

// admit sorts one parsed package among the annotated ones, the others, or the
// broken ones.
func (l *loader) admit(p *packages.Package, f parsed) {
	if len(f.syntax) == 0 && l.reportListErrors(p, f.pkg.Directives) {
		f.refused = true
	}
	l.admitParsed(f)
}

// admitParsed is admit for a package the go command did not list.
func (l *loader) admitParsed(f parsed) {
	pkg := f.pkg
	pkg.module = l.moduleOf(pkg.Path)
	if len(pkg.Files) > 0 {
		l.sources[pkg.Path] = pkg
	} // else it was not parsed, and is only if others need it
	l.report(f.diags...)
	l.report(f.syntax...)
	switch {
	case len(f.syntax) > 0 || f.refused:
	case len(pkg.Directives) == 0:
		l.res.Others = append(l.res.Others, Unannotated{pkg.Path, pkg.Name, pkg.Dir, pkg.Outputs})
	default:
		for _, name := range f.foreign {
			l.reportf(token.Position{Filename: name, Line: 1, Column: 1}, annotate.CodeForeignFile, "this file has the name of apigen's output and was not written by apigen, so it stays as it is; rename it, or delete it")
		}
		l.checkGoVersion(pkg)
		l.res.Packages = append(l.res.Packages, pkg)
	}
}

// reportListErrors reports what the go command found wrong with a package
// whose own files are fine; what it says of our outputs does not count.
func (l *loader) reportListErrors(p *packages.Package, directives []*annotate.Directive) bool {
	reported := false
	for _, e := range p.Errors {
		pos := l.place(e)
		if pos.Filename != "" && isOutput(pos.Filename) || aboutOutput(p.Dir, e.Msg) || missingDocument(directives, e.Msg) {
			continue
		}
		reported = true
		l.reportf(pos, annotate.CodeParseFailed, "%s", e.Msg)
	}
	return reported
}

// checkGoVersion reports a module that needs a newer Go than apigen was built
// with: the type checker refuses its packages.
func (l *loader) checkGoVersion(pkg *Package) {
	if pkg.module == nil || pkg.module.GoVersion == "" {
		return
	}
	want, have := "go"+pkg.module.GoVersion, runtime.Version()
	if version.IsValid(have) && version.Compare(version.Lang(want), version.Lang(have)) > 0 {
		l.reportf(token.Position{Filename: filepath.Join(pkg.module.Dir, "go.mod"), Line: 1, Column: 1}, annotate.CodeListFailed,
			"the module needs %s and this apigen was built with %s; build apigen anew with the newer Go", want, have)
	}
}

// parse fills pkg from the named files, skipping our outputs, and scans its
// directives. It is safe for concurrent use.
func (l *loader) parse(pkg *Package, names []string) parsed {
	names = slices.Clone(names)
	slices.Sort(names)
	names = slices.Compact(names)
	files := make([]parsedFile, len(names))
	parallel(len(names), func(i int) { files[i] = l.parseFile(names[i]) })
	p := parsed{pkg: pkg}
	for i := range files {
		p.add(&files[i])
	}
	p.checkClauses(l.fset)
	if len(pkg.Files) > 0 && pkg.Files[0].AST.Name != nil {
		pkg.Name = pkg.Files[0].AST.Name.Name // the go command may have that of an old output
	}
	if pkg.root {
		pkg.Outputs = outputsIn(pkg.Dir)
	}
	return p
}

// parsedFile is what one file holds.
type parsedFile struct {
	file       *File // nil for an output, and for what cannot be read
	foreign    bool  // under one of our names and not ours
	directives []*annotate.Directive
	diags      []annotate.Diagnostic
	syntax     []annotate.Diagnostic
	errors     []types.Error
}

// add takes in one file; the order of the calls is that of the files.
func (p *parsed) add(f *parsedFile) {
	if f.file != nil {
		p.pkg.Files = append(p.pkg.Files, f.file)
		if f.foreign {
			p.foreign = append(p.foreign, f.file.Name)
		}
	}
	p.pkg.Directives = append(p.pkg.Directives, f.directives...)
	for _, d := range f.diags {
		if misread(d.Code) {
			p.pkg.Misread = append(p.pkg.Misread, d.Pos)
		}
	}
	p.pkg.Unparsed = p.pkg.Unparsed || len(f.syntax) > 0
	p.pkg.Errors = append(p.pkg.Errors, f.errors...)
	p.pkg.Syntax = append(p.pkg.Syntax, f.errors...)
	p.diags = append(p.diags, f.diags...)
	p.syntax = append(p.syntax, f.syntax...)
}

// misread reports whether a code tells of a comment that was meant as a directive
// and is not taken for one.
func misread(code string) bool {
	switch code {
	case annotate.CodeUnknownDirective, annotate.CodeNearMiss, annotate.CodeWrongPlace, annotate.CodeDetached,
		annotate.CodeTrailing, annotate.CodeInBody, annotate.CodeOnGroup:
		return true
	}
	return false
}

func (l *loader) parseFile(name string) (p parsedFile) {
	src, err := l.readSource(name)
	if err != nil {
		p.syntax = append(p.syntax, annotate.Diagnostic{Code: annotate.CodeParseFailed, Pos: token.Position{Filename: name}, Message: "cannot be read: " + err.Error()})
		return p
	}
	base := filepath.Base(name)
	if marker.Ours(base, src) {
		return p
	}
	p.foreign = marker.IsName(base)
	f, err := parser.ParseFile(l.fset, name, src, parseMode)
	if f == nil {
		return p
	}
	p.file = &File{Name: name, AST: f}
	if err != nil {
		for _, e := range syntaxErrors(err) {
			at := posIn(l.fset, f, e.Pos.Offset)
			if onDisk := annotate.Position(l.fset, at); l.fset.Position(at) != onDisk {
				e.Pos = onDisk // the parser goes by line directives
			}
			p.syntax = append(p.syntax, annotate.Diagnostic{Code: annotate.CodeParseFailed, Pos: e.Pos, End: e.Pos, Message: e.Msg})
			p.errors = append(p.errors, types.Error{Fset: l.fset, Pos: at, Msg: e.Msg})
		}
		return p
	}
	if annotate.Mentions(src) {
		p.directives, p.diags = annotate.Scan(l.fset, f)
	}
	return p
}

// readSource reads a source file, from where the caller of FromGiven has it.
func (l *loader) readSource(name string) ([]byte, error) {
	if l.readGiven != nil {
		return l.readGiven(name)
	}
	return os.ReadFile(l.onDisk(name))
}

// checkClauses reports files that disagree on the package's name.
func (p *parsed) checkClauses(fset *token.FileSet) {
	if len(p.pkg.Files) == 0 {
		return
	}
	first := p.pkg.Files[0].AST
	for _, f := range p.pkg.Files {
		if nameless(f.AST) || nameless(first) || f.AST.Name.Name == first.Name.Name {
			continue
		}
		pos := fset.PositionFor(f.AST.Name.Pos(), false)
		p.syntax = append(p.syntax, annotate.Diagnostic{
			Code: annotate.CodeParseFailed, Pos: pos, End: pos,
			Message: "package " + f.AST.Name.Name + "; expected package " + first.Name.Name + " as in " + filepath.Base(p.pkg.Files[0].Name),
		})
		return
	}
}

// nameless reports a file without a package clause, which is a syntax error of
// its own.
func nameless(f *ast.File) bool { return f.Name == nil || f.Name.Name == "" || f.Name.Name == "_" }

// syntaxErrors returns what the parser complained of, the first ten.
func syntaxErrors(err error) scanner.ErrorList {
	list := scanner.ErrorList(nil)
	if !errors.As(err, &list) {
		return scanner.ErrorList{{Msg: err.Error()}}
	}
	list = list[:min(len(list), 10)]
	for _, e := range list {
		e.Msg = firstLine(e.Msg)
	}
	return list
}

// firstLine cuts a message that quotes the source, which may hold the rest of the
// file where a quote is not closed.
func firstLine(msg string) string {
	const limit = 200
	line, _, cut := strings.Cut(msg, "\n")
	if len(line) > limit {
		line, cut = strings.ToValidUTF8(line[:limit], ""), true
	}
	if cut {
		line = strings.TrimRight(line, "\r") + "…"
	}
	return line
}

// posIn is the position of an offset of f, clamped to the file.
func posIn(fset *token.FileSet, f *ast.File, offset int) token.Pos {
	tf := fset.File(f.FileStart)
	if tf == nil {
		return f.FileStart
	}
	return tf.Pos(max(0, min(offset, tf.Size())))
}
