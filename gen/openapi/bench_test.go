package openapi_test

import (
	"testing"

	"github.com/apigen-go/apigen/gen/openapi"
)

// BenchmarkGenerate writes the documents of the goldens.
func BenchmarkGenerate(b *testing.B) {
	pkgs := models(b, goldens(b))
	for _, format := range []string{openapi.JSON, openapi.YAML} {
		b.Run(format, func(b *testing.B) {
			for b.Loop() {
				for _, list := range pkgs {
					if _, err := openapi.Generate(list, openapi.Options{Format: format}); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
