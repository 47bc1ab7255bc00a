package openapi

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/apigen-go/apigen/gen/model"
)

// place is a path of the document.
type place struct {
	path    string // with the names of variables that came first
	vars    []string
	item    pathItem
	byRoute map[string]*model.Route // by method
}

var pathVar = regexp.MustCompile(`\{([^}]*)\}`)

// place finds or makes the place of a route. Templates that differ only in the
// names of their variables are the same path (OpenAPI 3.1, Paths Object), so
// the first route names them for all.
func (d *describer) place(r *model.Route) *place {
	path := r.Template()
	key := pathVar.ReplaceAllString(path, "{}")
	p := d.places[key]
	if p == nil {
		p = &place{path: path, item: &ordered[*operation]{}, byRoute: map[string]*model.Route{}}
		for _, m := range pathVar.FindAllStringSubmatch(path, -1) {
			p.vars = append(p.vars, m[1])
		}
		d.places[key] = p
		d.doc.Paths.set(path, p.item)
	}
	return p
}

// route describes one route.
func (d *describer) route(s *model.Server, r *model.Route) error {
	p := d.place(r)
	method := strings.ToLower(r.Method)
	if first := p.byRoute[method]; first != nil {
		return &Conflict{First: first, Second: r, Path: p.path}
	}
	p.byRoute[method] = r
	op := &operation{
		Summary:     summary(r.Doc),
		Description: d.markdown(r.Doc),
		OperationID: d.operationID(s, r),
		Deprecated:  r.Doc.Deprecated != "" || s.Doc.Deprecated != "",
		Tags:        d.tagsOf(s, r),
		Security:    d.security(r),
	}
	if op.Summary == "" {
		op.Summary = words(r.ID)
	}
	d.request(op, r, p)
	d.responses(op, r)
	p.item.set(method, op)
	return nil
}

// operationID is made of the names of the server and the route, as the constant
// of the pattern is.
func (d *describer) operationID(s *model.Server, r *model.Route) string {
	id := lowerFirst(componentName(s.Field + r.ID))
	if d.ids[id] {
		id = lowerFirst(componentName(upperFirst(d.pkg.Name) + s.Field + r.ID))
	}
	for base, n := id, 2; d.ids[id]; n++ {
		id = base + string(rune('0'+n%10))
	}
	d.ids[id] = true
	return id
}

// lowerFirst makes the first word of a name lower case: URLs becomes urls.
func lowerFirst(s string) string {
	runes := []rune(s)
	for i, r := range runes {
		if !unicode.IsUpper(r) || i > 0 && i+1 < len(runes) && unicode.IsLower(runes[i+1]) {
			break
		}
		runes[i] = unicode.ToLower(r)
	}
	return string(runes)
}

// words turns UserInfo into "User info".
func words(id string) string {
	var b strings.Builder
	runes := []rune(id)
	for i, r := range runes {
		starts := i > 0 && unicode.IsUpper(r) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		switch {
		case starts && (i+1 == len(runes) || !unicode.IsUpper(runes[i+1])):
			b.WriteString(" " + string(unicode.ToLower(r)))
		case starts:
			b.WriteString(" " + string(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// tagsOf are the groups of a route: its own, or the server's name. Those of a
// server carry its description.
func (d *describer) tagsOf(s *model.Server, r *model.Route) []string {
	tags := r.Tags
	if len(tags) == 0 {
		tags = []string{s.Field}
	}
	for _, name := range tags {
		text := ""
		if name == s.Field {
			text = d.markdown(s.Doc)
		}
		if !d.tags[name] {
			d.tags[name] = true
			d.doc.Tags = append(d.doc.Tags, tag{Name: name, Description: text})
			continue
		}
		i := slices.IndexFunc(d.doc.Tags, func(t tag) bool { return t.Name == name })
		if d.doc.Tags[i].Description == "" {
			d.doc.Tags[i].Description = text
		}
	}
	return tags
}
