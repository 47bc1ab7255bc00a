package build

import (
	"regexp"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// document checks that the routes of the package can be described in the
// document that it asks for.
func (b *builder) document() {
	ds := b.directives("service")
	if b.m.Service.OpenAPI == "" || len(ds) == 0 {
		return
	}
	described := false
	first := map[string]*route{}
	for _, s := range b.order {
		for _, r := range s.routes {
			if r.m.Hidden || r.m.Path == "" {
				continue
			}
			described = true
			key := r.m.Method + " " + pathVariable.ReplaceAllString(r.m.Template(), "{}")
			if other := first[key]; other != nil {
				b.samePlace(r, other)
				continue
			}
			first[key] = r
		}
	}
	if a := ds[0].Arg("openapi"); !described && a != nil && !b.misread() {
		b.errorf(a.Pos, a.End, annotate.CodeEmptyDocument, "%s would describe no routes: the package has none that are not hidden; add a route, or remove openapi=", b.m.Service.OpenAPI)
	}
}

var pathVariable = regexp.MustCompile(`\{[^}]*\}`)

// samePlace reports two routes that net/http tells apart by the rest of a path,
// for which documents have no mark.
func (b *builder) samePlace(r, other *route) {
	if strings.Contains(r.m.Path, "...}") == strings.Contains(other.m.Path, "...}") {
		return // which net/http does not tell apart either
	}
	d := b.errorf(r.d.Pos, r.d.End, annotate.CodeDocumentPath, "an OpenAPI document cannot tell %s from %s: a path has no mark for the rest there; change one of the paths, or leave one out of the document with hidden", r.m.Pattern(), other.m.Pattern())
	b.related(d, other.d.Pos, "the other route stands here")
}

// misread reports whether some comment that was meant as a directive is not
// among the directives.
func (b *builder) misread() bool { return len(b.in.Misread) > 0 || b.in.Unparsed }
