package load

import (
	"errors"
	"go/token"
	"os"
	"path/filepath"
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
	pkgs, err := l.packages(packages.NeedName|packages.NeedFiles|packages.NeedModule, l.cfg.Patterns...)
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
		if err := l.workspace(); err != nil {
			return l.complaint(err)
		}
	}
	for _, p := range pkgs {
		l.match(p)
	}
	if len(pkgs) == 0 {
		l.reportf(token.Position{}, annotate.CodeNoPackages, "no packages match %s in %s", strings.Join(l.cfg.Patterns, " "), l.cfg.Dir)
	}
	return nil
}

// refuseFiles reports patterns that are file names.
func (l *loader) refuseFiles() bool {
	refused := false
	for _, p := range l.cfg.Patterns {
		if !strings.HasSuffix(p, ".go") {
			continue
		}
		if info, err := os.Stat(filepath.Join(l.cfg.Dir, p)); err == nil && info.IsDir() {
			continue
		}
		refused = true
		l.reportf(token.Position{}, annotate.CodeNoPackages, "%s is a file: apigen takes packages, write its folder, such as ./%s", p, filepath.ToSlash(filepath.Dir(p)))
	}
	return refused
}

// match takes one matched package in, or says why not.
func (l *loader) match(p *packages.Package) {
	switch {
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
		l.reportf(l.errorPosition(e.Pos), annotate.CodeNoPackages, "%s", l.explain(p, e.Msg))
	}
}

// explain words the go command's complaints about patterns for the user.
func (l *loader) explain(p *packages.Package, msg string) string {
	msg, _, _ = strings.Cut(msg, "\n")
	switch {
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
	l.reportf(token.Position{}, annotate.CodeListFailed, "the go command says: %s", strings.ReplaceAll(text, "\n", "\n\t"))
	return nil
}
