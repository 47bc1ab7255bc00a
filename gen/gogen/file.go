package gogen

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/apigen-go/apigen/gen/marker"
	"github.com/apigen-go/apigen/gen/model"
)

// file collects the source of one file. Text gathers in buf; a name of
// another package cuts it, so that the code writer can put the qualifier
// there and import the package.
type file struct {
	name   string
	names  *names
	buf    strings.Builder
	tokens []jen.Code
}

func newFile(name string, n *names) *file { return &file{name: name, names: n} }

func (f *file) empty() bool { return len(f.tokens) == 0 && f.buf.Len() == 0 }

// line writes parts between two texts and ends the line.
func (f *file) line(before string, parts []any, after string) {
	f.buf.WriteString(before)
	for _, part := range parts {
		f.part(part)
	}
	f.buf.WriteString(after)
	f.buf.WriteByte('\n')
}

// part writes what x takes, without the detour through an expression.
func (f *file) part(part any) {
	switch part := part.(type) {
	case string:
		f.buf.WriteString(f.names.renamed(part))
	case int:
		f.buf.WriteString(strconv.Itoa(part))
	case expr:
		for i := range part {
			f.piece(&part[i])
		}
	case model.Expr:
		for i := range part {
			f.piece(&piece{pkg: part[i].Pkg, text: part[i].Text, user: true})
		}
	default:
		panic(fmt.Sprintf("gogen: %T is no part of a line", part))
	}
}

func (f *file) piece(p *piece) {
	switch {
	case p.pkg != "":
		f.names.importName(p.pkg)
		f.flush()
		f.tokens = append(f.tokens, jen.Qual(p.pkg, p.text))
	case p.user:
		f.buf.WriteString(p.text)
	default:
		f.buf.WriteString(f.names.renamed(p.text))
	}
}

func (f *file) flush() {
	if f.buf.Len() > 0 {
		f.tokens = append(f.tokens, jen.Op(f.buf.String()))
		f.buf.Reset()
	}
}

// render returns the source of the file, its imports in two groups.
func (f *file) render(p *model.Package) ([]byte, error) {
	f.flush()
	jf := jen.NewFilePathName(p.Path, p.Name)
	jf.NoFormat = true
	jf.HeaderComment(marker.Line)
	for path, name := range f.names.imports {
		if name == impliedName(path) {
			jf.ImportName(path, name)
		} else {
			jf.ImportAlias(path, name)
		}
	}
	jf.Custom(jen.Options{}, f.tokens...)
	var out bytes.Buffer
	if err := jf.Render(&out); err != nil {
		return nil, fmt.Errorf("%s: %w", f.name, err)
	}
	return groupImports(out.Bytes()), nil
}

// groupImports parts the import block into the standard library and the rest.
func groupImports(src []byte) []byte {
	const open, end = "\nimport (\n", "\n)\n"
	head, rest, ok := bytes.Cut(src, []byte(open))
	if !ok {
		return src
	}
	block, body, ok := bytes.Cut(rest, []byte(end))
	if !ok {
		return src
	}
	var std, others []string
	for line := range strings.SplitSeq(string(block), "\n") {
		if standard(line) {
			std = append(std, line)
		} else {
			others = append(others, line)
		}
	}
	var out bytes.Buffer
	out.Grow(len(src) + 1)
	out.Write(head)
	out.WriteString(open)
	out.WriteString(strings.Join(std, "\n"))
	if len(std) > 0 && len(others) > 0 {
		out.WriteString("\n\n")
	}
	out.WriteString(strings.Join(others, "\n"))
	out.WriteString(end)
	out.Write(body)
	return out.Bytes()
}

// standard reports whether an import line names the standard library: as the
// go command reserves them, paths whose first element has no dot.
func standard(line string) bool {
	_, path, _ := strings.Cut(line, `"`)
	first, _, _ := strings.Cut(strings.TrimSuffix(path, `"`), "/")
	return !strings.Contains(first, ".")
}
