package openapi

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/apigen-go/apigen/gen/marker"
	"github.com/apigen-go/apigen/gen/model"
)

// describer carries what the steps share.
type describer struct {
	pkgs []*model.Package
	pkg  *model.Package // whose routes are described
	doc  *document

	variants map[variantKey]*variant
	order    []*variant // as they were met
	refs     []*schema  // those that lead to a variant

	places  map[string]*place      // by path without the names of its variables
	filled  map[*model.Type]string // the field of an envelope, which is never null
	schemes map[string]string      // names in the document by what a scheme is
	ids     map[string]bool
	tags    map[string]bool
	shared  map[string]*response // answers that are the same for several routes
}

func describe(pkgs []*model.Package) (*document, error) {
	d := &describer{
		pkgs:     pkgs,
		doc:      &document{OpenAPI: "3.1.1"},
		variants: map[variantKey]*variant{},
		places:   map[string]*place{},
		filled:   map[*model.Type]string{},
		schemes:  map[string]string{},
		ids:      map[string]bool{},
		tags:     map[string]bool{},
		shared:   map[string]*response{},
	}
	d.head()
	for _, p := range pkgs {
		d.pkg = p
		for _, s := range p.Servers {
			for _, r := range s.Routes {
				if r.Hidden {
					continue
				}
				if err := d.route(s, r); err != nil {
					return nil, err
				}
			}
		}
	}
	d.components()
	d.doc.eachSchema(typeBranches)
	return d.doc, nil
}

// head describes the service as a whole: what the first package says, and what
// it leaves out, the next.
func (d *describer) head() {
	d.doc.Marker = strings.TrimPrefix(marker.Line, "// ")
	i := &d.doc.Info
	var servers []string
	for _, p := range d.pkgs {
		s := &p.Service
		i.Title, i.Version = cmp.Or(i.Title, s.Title, s.Name), cmp.Or(i.Version, s.Version)
		i.Description = cmp.Or(i.Description, d.markdown(p.Doc))
		i.Terms = cmp.Or(i.Terms, s.Terms)
		if i.Contact == nil && s.Contact != "" {
			i.Contact = contactOf(s.Contact)
		}
		if i.License == nil && s.License != "" {
			i.License = &license{Name: s.License, Identifier: s.License}
		}
		if servers == nil {
			servers = s.Servers
		}
	}
	if i.Title == "" && len(d.pkgs) > 0 {
		i.Title = d.pkgs[0].Name
	}
	i.Version = cmp.Or(i.Version, "0.0.0")
	if len(servers) == 0 {
		servers = []string{"/"}
	}
	for _, url := range servers {
		d.doc.Servers = append(d.doc.Servers, server{url})
	}
}

func contactOf(text string) *contact {
	if strings.Contains(text, "://") {
		return &contact{URL: text}
	}
	return &contact{Email: text}
}

// components lists what the routes refer to, sorted by name.
func (d *describer) components() {
	d.nameVariants()
	for _, v := range sortedVariants(d.order) {
		d.doc.Components.Schemas.set(v.name, v.schema)
	}
	for _, name := range sortedKeys(d.shared) {
		d.doc.Components.Responses.set(name, d.shared[name])
	}
}

// fault stops on what the model must not hold.
func fault(format string, args ...any) { panic(fmt.Sprintf("openapi: "+format, args...)) }
