package gen

import (
	"errors"
	"fmt"
	"go/token"
	"path/filepath"
	"runtime/debug"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/marker"
	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/gen/openapi"
)

// document writes the OpenAPI document of a package in the format that the name
// of its file tells, which it notes there.
func document(m *model.Package, name string) ([]byte, *annotate.Diagnostic) {
	o := openapi.Options{Format: openapi.YAML}
	if filepath.Ext(name) == ".json" {
		o.Format = openapi.JSON
	}
	content, diag := Document([]*model.Package{m}, o)
	return marker.Name(content, name), diag
}

// Document writes the OpenAPI document of packages. The diagnostic tells of
// routes that a document cannot tell apart, or of a fault of apigen.
func Document(pkgs []*model.Package, o openapi.Options) (content []byte, diag *annotate.Diagnostic) {
	defer func() {
		if v := recover(); v != nil {
			diag = fault(pkgs[0].Path, fmt.Sprintf("%v\n%s", v, debug.Stack()))
		}
	}()
	content, err := openapi.Generate(pkgs, o)
	var conflict *openapi.Conflict
	switch {
	case errors.As(err, &conflict):
		return nil, conflictDiagnostic(conflict)
	case err != nil:
		return nil, fault(pkgs[0].Path, err.Error())
	}
	return content, nil
}

func conflictDiagnostic(c *openapi.Conflict) *annotate.Diagnostic {
	pos := position(c.Second.Pos)
	return &annotate.Diagnostic{
		Code: annotate.CodeDocumentPath, Pos: pos, End: pos,
		Message: "an OpenAPI document cannot tell " + c.Second.Pattern() + " from " + c.First.Pattern() + ": both are " + c.First.Method + " " + c.Path + " there; change one of the paths, or leave one out of the document with hidden",
		Related: []annotate.Related{{Pos: position(c.First.Pos), Message: "the other route stands here"}},
	}
}

func position(p model.Pos) token.Position {
	return token.Position{Filename: p.File, Line: p.Line, Column: p.Col}
}
