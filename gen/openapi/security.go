package openapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// security lists the alternatives that admit a caller; an empty one stands for
// callers without a credential.
func (d *describer) security(r *model.Route) []requirement {
	out := []requirement{}
	for _, alt := range r.Security.Alternatives {
		for _, name := range d.scheme(alt.Scheme) {
			var req requirement
			scopes := alt.Scopes
			if scopes == nil {
				scopes = []string{}
			}
			req.set(name, scopes)
			out = append(out, req)
		}
	}
	if r.Security.Optional && len(out) > 0 {
		out = append(out, requirement{})
	}
	return out
}

// scheme returns the names under which the document has a scheme: one for each
// place its tokens are read from.
func (d *describer) scheme(name string) []string {
	var names []string
	for i, p := range d.tokenPlaces(name) {
		names = append(names, d.credential(name, p, i == 0))
	}
	return names
}

// tokenPlaces returns where the tokens of a scheme are read from.
func (d *describer) tokenPlaces(scheme string) []model.Place {
	for _, s := range d.pkg.Schemes {
		if s.Name == scheme && len(s.Places) > 0 {
			return s.Places
		}
	}
	return []model.Place{{In: "authorization", Name: "Bearer"}}
}

// readsTokenFrom reports whether a scheme of the route reads its token from a
// cookie, or from the query.
func (d *describer) readsTokenFrom(r *model.Route, in string) bool {
	return slices.ContainsFunc(r.Security.Alternatives, func(a model.Alternative) bool {
		return slices.ContainsFunc(d.tokenPlaces(a.Scheme), func(p model.Place) bool { return p.In == in })
	})
}

// credential describes a token in one place. Packages that agree on name and
// place share it.
func (d *describer) credential(scheme string, p model.Place, first bool) string {
	name := componentName(scheme)
	if !first {
		name = componentName(scheme + "-" + p.Name)
	}
	what := fmt.Sprintf("%s\n%s\n%s", scheme, p.In, p.Name)
	if have, ok := d.schemes[what]; ok {
		return have
	}
	taken := map[string]bool{}
	for _, have := range d.schemes {
		taken[have] = true
	}
	name = pick(taken, name)
	d.schemes[what] = name
	d.doc.Components.SecuritySchemes.set(name, credentialScheme(p))
	return name
}

func credentialScheme(p model.Place) securityScheme {
	switch {
	case p.In == "authorization" && strings.EqualFold(p.Name, "Bearer"):
		return securityScheme{Type: "http", Scheme: "bearer", BearerFormat: "JWT", Description: "An access token, a JWT, as RFC 6750 section 2.1 has it."}
	case p.In == "authorization":
		return securityScheme{Type: "apiKey", In: "header", Name: "Authorization", Description: "The word " + code(p.Name) + ", a space and an access token, a JWT."}
	case p.In == "cookie":
		return securityScheme{Type: "apiKey", In: p.In, Name: p.Name, Description: "An access token, a JWT, and nothing else. With methods other than GET, HEAD and OPTIONS it serves pages of the service and of origins it trusts."}
	case p.In == "query":
		return securityScheme{Type: "apiKey", In: p.In, Name: p.Name, Description: "An access token, a JWT, and nothing else, as RFC 6750 section 2.3 has it: for callers that can send no header."}
	default:
		return securityScheme{Type: "apiKey", In: p.In, Name: p.Name, Description: "An access token, a JWT, and nothing else."}
	}
}
