// Package openapi is the back end that describes the routes of a model as an
// OpenAPI document: version 3.1, or 3.0 for tools that know no better.
package openapi

import (
	"cmp"
	"fmt"

	"github.com/apigen-go/apigen/gen/model"
)

// The versions of OpenAPI that Options takes.
const (
	Version30 = "3.0"
	Version31 = "3.1"
)

// The formats that Options takes.
const (
	YAML = "yaml"
	JSON = "json"
)

// Options say what to write.
type Options struct {
	Version string // Version31 when empty
	Format  string // YAML when empty
}

// Generate returns the document of all routes of the packages that are not
// hidden, in the order of the source. The same packages give the same bytes.
//
// The error is a *Conflict when two routes have one place in the document;
// otherwise it tells of Options or of a fault of the generator.
func Generate(pkgs []*model.Package, o Options) ([]byte, error) {
	o.Version, o.Format = cmp.Or(o.Version, Version31), cmp.Or(o.Format, YAML)
	if o.Version != Version30 && o.Version != Version31 {
		return nil, fmt.Errorf("there is no OpenAPI version %q here; use %s or %s", o.Version, Version31, Version30)
	}
	doc, err := describe(pkgs)
	if err != nil {
		return nil, err
	}
	if o.Version == Version30 {
		downgrade(doc)
	}
	switch o.Format {
	case YAML:
		return writeYAML(doc)
	case JSON:
		return writeJSON(doc)
	}
	return nil, fmt.Errorf("there is no format %q; use %s or %s", o.Format, YAML, JSON)
}

// Conflict tells of two routes that net/http tells apart and OpenAPI does not:
// a template of a path has no mark for "the rest of it".
type Conflict struct {
	First, Second *model.Route
	Path          string // of both, as the document would have it
}

func (c *Conflict) Error() string {
	return fmt.Sprintf("%s and %s have the same place in an OpenAPI document, %s %s", c.First.Pattern(), c.Second.Pattern(), c.First.Method, c.Path)
}

// HasRoutes reports whether a package has routes to describe.
func HasRoutes(p *model.Package) bool {
	for _, s := range p.Servers {
		for _, r := range s.Routes {
			if !r.Hidden {
				return true
			}
		}
	}
	return false
}
