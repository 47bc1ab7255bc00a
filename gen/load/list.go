package load

import (
	"errors"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"golang.org/x/tools/go/packages"
)

// list finds the packages the patterns match, by file names alone.
func (l *loader) list() error {
	if info, err := os.Stat(l.cfg.Dir); err != nil || !info.IsDir() {
		l.reportf(token.Position{}, annotate.CodeNoPackages, "there is no folder %s", l.cfg.Dir)
		return nil
	}
	if l.refuseFiles() {
		return nil
	}
	envDone := make(chan error, 1)
	go func() { envDone <- l.readEnv() }()
	patterns := make([]string, len(l.cfg.Patterns))
	for i, p := range l.cfg.Patterns {
		patterns[i] = "pattern=" + p // never a query of go/packages, such as name=value
	}
	pkgs, err := l.packages(packages.NeedName|packages.NeedFiles|packages.NeedModule, patterns...)
	if envErr := <-envDone; envErr != nil {
		return l.complaint(envErr)
	}
	if !l.env.inModule() {
		l.reportf(token.Position{}, annotate.CodeNoModule, "%s is not inside a Go module: run apigen in a module, or make one with go mod init", l.cfg.Dir)
		return nil
	}
	if err != nil {
		return l.complaint(err)
	}
	if l.env.inWorkspace() {
		l.addWorkspace(l.env.GOWORK)
	}
	for _, p := range pkgs {
		l.match(p)
	}
	switch {
	case len(l.matched) > 0 || len(l.res.Diagnostics) > 0:
	case len(pkgs) > 0:
		l.reportf(token.Position{}, annotate.CodeNoModule, "no packages of the main module match %s: apigen writes only there", strings.Join(l.cfg.Patterns, " "))
	default:
		l.reportf(token.Position{}, annotate.CodeNoPackages, "no packages match %s in %s", strings.Join(l.cfg.Patterns, " "), l.cfg.Dir)
	}
	return nil
}

// wildcard reports whether a pattern may have matched the package with the path
// among others, so that nobody asked for it by name.
func (l *loader) wildcard(path string) bool {
	return !slices.Contains(l.cfg.Patterns, path) && slices.ContainsFunc(l.cfg.Patterns, func(p string) bool {
		return strings.Contains(p, "...") || slices.Contains([]string{"all", "std", "cmd", "tool", "work"}, p)
	})
}

// refuseFiles reports patterns that are file names.
func (l *loader) refuseFiles() bool {
	refused := false
	for _, p := range l.cfg.Patterns {
		if !strings.HasSuffix(p, ".go") {
			continue
		}
		name := p
		if !filepath.IsAbs(name) {
			name = filepath.Join(l.cfg.Dir, name)
		}
		info, err := os.Stat(name)
		if err == nil && info.IsDir() {
			continue
		}
		refused = true
		if err != nil {
			l.reportf(token.Position{}, annotate.CodeNoPackages, "%s names a file, and there is none: apigen takes packages, such as ./user or ./...", p)
			continue
		}
		folder := filepath.ToSlash(filepath.Dir(p))
		if folder != "." && filepath.IsLocal(p) {
			folder = "./" + folder
		}
		l.reportf(token.Position{}, annotate.CodeNoPackages, "%s is a file: apigen takes packages, write its folder, %s", p, folder)
	}
	return refused
}

// match takes one matched package in, or says why not.
func (l *loader) match(p *packages.Package) {
	switch {
	case p.Module == nil && len(p.Errors) == 0 && l.wildcard(p.PkgPath), p.Module != nil && !p.Module.Main && l.wildcard(p.PkgPath):
		return // all, for one, takes dependencies in
	case p.Module == nil || p.Dir == "":
		if len(p.Errors) == 0 {
			l.reportf(token.Position{}, annotate.CodeNoModule, "package %s is not in the main module: apigen writes only there", p.PkgPath)
		}
		l.listErrors(p)
		return
	case !p.Module.Main:
		l.reportf(token.Position{}, annotate.CodeNoModule, "package %s is in module %s, not in the main module: apigen writes only there", p.PkgPath, p.Module.Path)
		return
	}
	l.addModule(Module{p.Module.Path, p.Module.Dir, p.Module.GoVersion})
	if len(p.GoFiles) == 0 && len(p.Errors) > 0 {
		l.listErrors(p)
		return
	}
	l.matched = append(l.matched, p)
}

// listErrors reports what the go command said of a package.
func (l *loader) listErrors(p *packages.Package) {
	for _, e := range p.Errors {
		l.reportf(l.place(e), annotate.CodeNoPackages, "%s", l.explain(p, e.Msg))
	}
}

// explain words the go command's complaints about patterns for the user.
func (l *loader) explain(p *packages.Package, msg string) string {
	msg = oneLine(msg)
	switch {
	case strings.Contains(msg, " is not in std"):
		if info, err := os.Stat(filepath.Join(l.cfg.Dir, p.ID)); err == nil && info.IsDir() {
			return "there is no package " + p.ID + " in the standard library; the one in the folder is written ./" + p.ID
		}
	case strings.HasPrefix(msg, "no Go files in "):
		return msg + "; to take the packages in the folders below, write ./... behind it"
	case strings.HasSuffix(msg, "directory not found"):
		return "there is no folder " + strings.TrimSuffix(strings.TrimPrefix(msg, "stat "), ": directory not found")
	case strings.Contains(msg, "does not contain main module"):
		return "pattern " + p.ID + " matches nothing: the folder holds no package of the main module; run apigen inside the module, or add it to go.work"
	case strings.Contains(msg, "does not contain package"):
		return msg + "; a nested module is generated from inside it: apigen -C " + p.ID
	}
	return msg
}

// oneLine joins what the go command says on several lines: the second often is
// the command that helps.
func oneLine(msg string) string {
	lines := strings.Split(msg, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, " "))
}

// place is where an error of the go command is: some name the file in the text
// alone.
func (l *loader) place(e packages.Error) token.Position {
	pos := l.errorPosition(e.Pos)
	if verb, rest, ok := strings.Cut(e.Msg, " "); pos.Filename == "" && ok && (verb == "read" || verb == "open") {
		if name, _, ok := strings.Cut(rest, ": "); ok && filepath.IsAbs(name) {
			pos.Filename = name
		}
	}
	return pos
}

// errorPosition parses a position as the go command writes it: file:line:col,
// the file relative to the folder of the call.
func (l *loader) errorPosition(s string) token.Position {
	var pos token.Position
	name, nums := s, [2]int{}
	for i := range nums {
		j := strings.LastIndexByte(name, ':')
		if j < 0 {
			break
		}
		n, err := strconv.Atoi(name[j+1:])
		if err != nil {
			break
		}
		name, nums[i] = name[:j], n
	}
	if name == "" || name == "-" {
		return pos
	}
	pos.Filename, pos.Line, pos.Column = name, nums[1], nums[0]
	if pos.Line == 0 {
		pos.Line, pos.Column = pos.Column, 0
	}
	if !filepath.IsAbs(pos.Filename) {
		pos.Filename = filepath.Join(l.cfg.Dir, pos.Filename)
	}
	return pos
}

// complaint turns what the go command says into a diagnostic and passes on
// what kept it from running at all.
func (l *loader) complaint(err error) error {
	if l.ctx.Err() != nil {
		return l.ctx.Err()
	}
	text := err.Error()
	goErr := (*goError)(nil)
	switch {
	case errors.As(err, &goErr):
		text = goErr.text
	case strings.Contains(text, "stderr: "):
		_, text, _ = strings.Cut(text, "stderr: ")
	default:
		return err
	}
	text = strings.TrimPrefix(strings.TrimSpace(text), "go: ")
	if strings.Contains(text, "-modfile only valid when using modules") {
		text = "-modfile cannot be in GOFLAGS here: packages are listed through golang.org/x/tools/go/packages, which does not take it; run apigen without it"
	}
	l.reportf(token.Position{}, annotate.CodeListFailed, "the go command says: %s", strings.ReplaceAll(text, "\n", "\n\t"))
	return nil
}
