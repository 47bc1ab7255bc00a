package annotate

import (
	"go/ast"
	"go/token"
)

// function notes a function or method and its doc comment.
func (p *places) function(fn *ast.FuncDecl) {
	o := owner{target: TargetMethod, fn: fn, what: "the method " + fn.Name.Name}
	if fn.Recv == nil {
		o.code, o.what, o.target = CodeWrongPlace, "the function "+fn.Name.Name+", which has no receiver", TargetNone
	}
	p.declare(fn, fn.Doc, o)
	p.parts = append(p.parts, stretch{Span{fn.Type.Pos(), fn.End()}, "the declaration of " + fn.Name.Name})
}

// declare notes a declaration at package scope.
func (p *places) declare(n ast.Node, doc *ast.CommentGroup, o owner) {
	start := n.Pos()
	if doc != nil {
		p.owners[doc] = o
		start = doc.Pos()
	}
	p.decls = append(p.decls, declared{start, doc, o.target, o.what})
}

// general notes imports, constants, variables and types.
func (p *places) general(gen *ast.GenDecl) {
	if gen.Tok != token.TYPE {
		o := owner{code: CodeWrongPlace, what: kindOf(gen.Tok)}
		p.declare(gen, gen.Doc, o)
		for _, spec := range gen.Specs {
			p.valueSpec(spec, o)
		}
		p.parts = append(p.parts, stretch{Span{gen.TokPos, gen.End()}, "the declaration of " + kindOf(gen.Tok)})
		return
	}
	if gen.Lparen.IsValid() {
		p.declare(gen, gen.Doc, owner{code: CodeOnGroup, what: "a group of type declarations"})
		p.parts = append(p.parts, stretch{Span{gen.TokPos, gen.End()}, "a group of type declarations"})
	}
	for _, spec := range gen.Specs {
		spec, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		o := owner{target: TargetType, typ: spec, gen: gen, what: "the type " + spec.Name.Name}
		if gen.Lparen.IsValid() {
			p.declare(spec, spec.Doc, o)
		} else {
			p.declare(gen, gen.Doc, o)
		}
		p.trailing(spec.Comment, o.what)
		p.parts = append(p.parts, stretch{Span{spec.Pos(), spec.End()}, "the type " + spec.Name.Name})
		p.members(spec, gen)
	}
}

func kindOf(tok token.Token) string {
	switch tok {
	case token.IMPORT:
		return "an import"
	case token.CONST:
		return "a constant"
	}
	return "a variable"
}

func (p *places) valueSpec(spec ast.Spec, o owner) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		p.member(spec.Doc, o)
		p.trailing(spec.Comment, o.what)
	case *ast.ImportSpec:
		p.member(spec.Doc, o)
		p.trailing(spec.Comment, o.what)
	}
}

func (p *places) member(doc *ast.CommentGroup, o owner) {
	if doc != nil {
		p.owners[doc] = o
	}
}

// trailing notes a comment behind code on the same line.
func (p *places) trailing(comment *ast.CommentGroup, what string) {
	if comment != nil {
		p.owners[comment] = owner{code: CodeTrailing, what: "the end of a line, behind " + what}
	}
}

// members notes what stands in a type declaration: the methods of its
// interface, which may carry directives, and fields, which may not.
func (p *places) members(spec *ast.TypeSpec, gen *ast.GenDecl) {
	iface, _ := spec.Type.(*ast.InterfaceType)
	ast.Inspect(spec, func(n ast.Node) bool {
		field, ok := n.(*ast.Field)
		if !ok {
			return true
		}
		o := owner{code: CodeWrongPlace, what: "a field of " + spec.Name.Name}
		if len(field.Names) > 0 {
			o.what = "the field " + field.Names[0].Name
		}
		if iface != nil && isMethodOf(iface, field) {
			o = owner{
				target: TargetMethod, typ: spec, gen: gen, field: field,
				what: "the method " + field.Names[0].Name,
			}
			p.declare(field, field.Doc, o)
		}
		p.member(field.Doc, o)
		p.trailing(field.Comment, o.what)
		return true
	})
}

// isMethodOf tells that field is a method of the interface, no embedded
// interface and no type set.
func isMethodOf(iface *ast.InterfaceType, field *ast.Field) bool {
	if _, ok := field.Type.(*ast.FuncType); !ok || len(field.Names) != 1 {
		return false
	}
	for _, f := range iface.Methods.List {
		if f == field {
			return true
		}
	}
	return false
}
