package openapi

import (
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

// member is the schema of a member of an object.
func (d *describer) member(f *model.Field, m mode) *schema {
	s := d.valueOf(f, m)
	t := d.pkg.Type(f.Type)
	switch {
	case d.null(f, m):
		s = s.nullable()
	case m.request && !f.Nullable && t.Kind == model.JSON && wellKnown(t) != nil:
		s = wellKnown(t)
	case m.request && !f.Nullable && (t.Kind == model.Any || t.Kind == model.JSON) && s.isEmpty():
		s.Not = typed("null")
	}
	d.describeField(s, f)
	s.ReadOnly, s.WriteOnly = f.ReadOnly, f.WriteOnly
	return s
}

// valueOf is the schema of what a field holds when it is there and not null.
func (d *describer) valueOf(f *model.Field, m mode) *schema {
	id := f.Type
	if t := d.pkg.Type(id); t.Kind == model.Pointer || t.Kind == model.Opt {
		id = t.Elem
	}
	t := d.pkg.Type(id)
	if f.Quoted {
		return inQuotes(t, f.Rules)
	}
	return ruled(d.element(id, m), t, f.Rules)
}

// describeField adds what is said of a field beside its rules.
func (d *describer) describeField(s *schema, f *model.Field) {
	s.Description = paragraphs(d.markdown(f.Doc), unsaid(d.pkg, f))
	s.Deprecated = s.Deprecated && s.variant == nil || f.Doc.Deprecated != ""
	t := d.pkg.Type(f.Type)
	if f.Default != nil {
		s.Default = d.value(t, f.DefaultText, f.Quoted)
	}
	if f.Example != "" {
		s.Examples = []jsonText{d.value(t, f.Example, f.Quoted)}
	}
}

// paragraphs joins what is not empty.
func paragraphs(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "\n\n")
}
