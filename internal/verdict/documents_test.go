package verdict

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi/datamodel"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/gen/model"
	"github.com/apigen-go/apigen/gen/openapi"
	"github.com/apigen-go/apigen/internal/modules"
)

// described are the packages whose documents are shown to others, by the folder
// of their module.
var described = map[string][]string{
	"example":          {"./user/api", "./guide/shop", "./guide/desk"},
	"example/existing": {"./api"},
	"internal/verdict": {"./zoo", "./wrapped"},
}

// TestDocuments asks two libraries whether the documents are ones, in both
// versions and formats.
func TestDocuments(t *testing.T) {
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	for folder, patterns := range described {
		res, err := gen.Run(t.Context(), gen.Config{Dir: filepath.Join(root, filepath.FromSlash(folder)), Patterns: patterns, Mode: gen.Describe})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range res.Packages {
			for _, version := range []string{openapi.Version30, openapi.Version31} {
				for _, format := range []string{openapi.JSON, openapi.YAML} {
					text, err := openapi.Generate([]*model.Package{p.Model}, openapi.Options{Version: version, Format: format})
					if err != nil {
						t.Fatal(err)
					}
					t.Run(strings.Join([]string{p.Model.Name, version, format}, " "), func(t *testing.T) { checkDocument(t, text) })
				}
			}
		}
	}
}

func checkDocument(t *testing.T, text []byte) {
	t.Helper()
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(text)
	if err != nil {
		t.Fatalf("kin-openapi: %v", err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Errorf("kin-openapi: %v", err)
	}
	parsed, err := libopenapi.NewDocumentWithConfiguration(text, &datamodel.DocumentConfiguration{IgnoreArrayCircularReferences: true})
	if err != nil {
		t.Fatalf("libopenapi: %v", err)
	}
	v, errs := validator.NewValidator(parsed)
	if len(errs) > 0 {
		t.Fatalf("libopenapi: %v", errs)
	}
	if ok, list := v.ValidateDocument(); !ok {
		for _, x := range flatten(list) {
			t.Errorf("libopenapi: %s", x)
		}
	}
}
