package openapi

import (
	"net/http"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

const mediaJSON = "application/json"

// request describes what a route reads.
func (d *describer) request(op *operation, r *model.Route, p *place) {
	d.pathVariables(op, r, p)
	req := r.Request
	if req == nil {
		return
	}
	for _, f := range req.Params {
		if f.Hidden || f.In == model.InPath || ignoredHeader(f) {
			continue
		}
		op.Parameters = append(op.Parameters, d.parameter(f, r))
	}
	if req.ReadsBody && (req.Body == nil || !req.Body.Hidden) {
		d.body(op, r)
	}
}

// pathVariables describes all variables of the path: those the request has
// fields for, and those a handler reads by itself.
func (d *describer) pathVariables(op *operation, r *model.Route, p *place) {
	for i, name := range r.Vars {
		var out *parameter
		if r.Request != nil {
			k := slices.IndexFunc(r.Request.Params, func(f *model.Field) bool { return f.In == model.InPath && f.Name == name })
			if k >= 0 {
				out = d.parameter(r.Request.Params[k], r)
			}
		}
		if out == nil {
			out = &parameter{In: "path", Schema: typed("string")}
		}
		out.Name, out.Required = p.vars[i], true
		if strings.Contains(r.Path, "{"+name+"...}") {
			out.Description = paragraphs(out.Description, "The rest of the path, slashes included.")
		}
		op.Parameters = append(op.Parameters, out)
	}
}

// ignoredHeader reports the headers that a document must not list as parameters
// (OpenAPI 3.1, Parameter Object).
func ignoredHeader(f *model.Field) bool {
	if f.In != model.InHeader {
		return false
	}
	switch http.CanonicalHeaderKey(f.Name) {
	case "Accept", "Content-Type", "Authorization":
		return true
	}
	return false
}

// parameter describes a value of the path, the query, a header or a cookie.
func (d *describer) parameter(f *model.Field, r *model.Route) *parameter {
	m := mode{request: true}
	s := d.valueOf(f, m)
	d.describeField(s, f)
	p := &parameter{Name: f.Name, In: string(f.In), Required: f.Required, Description: s.Description, Deprecated: s.Deprecated, Schema: s}
	s.Description, s.Deprecated = "", false
	if d.isList(f) {
		d.style(p, f)
	}
	return p
}

// isList reports whether a parameter holds a list.
func (d *describer) isList(f *model.Field) bool {
	t := d.pkg.Type(f.Type)
	if t.Kind == model.Pointer || t.Kind == model.Opt {
		t = d.pkg.Type(t.Elem)
	}
	return t.Kind == model.Slice || t.Kind == model.Array
}

// style tells how a list is written.
func (d *describer) style(p *parameter, f *model.Field) {
	explode := false
	switch {
	case f.In == model.InQuery:
		explode = !f.CSV
		p.Style = "form"
	case f.In == model.InCookie:
		p.Style = "form"
	case f.In == model.InHeader:
		p.Style = "simple"
		if !f.CSV {
			p.Description = paragraphs(p.Description, "Each item is a header line of its own.")
		}
	default:
		return
	}
	p.Explode = &explode
}

// body describes the body of a request.
func (d *describer) body(op *operation, r *model.Route) {
	m := mode{request: true, nulls: r.NullsAbsent, reject: r.RejectUnknown}
	req := r.Request
	b := &requestBody{}
	var s *schema
	switch {
	case req.Body != nil:
		s = d.member(req.Body, m)
		b.Description, s.Description = s.Description, ""
		t := d.pkg.Type(req.Body.Type)
		b.Required = req.Body.Required && (t.Kind != model.Struct || needsMember(t.Fields))
	case req.Plain:
		s = d.element(req.Type, m)
		b.Required = needsMember(req.Members)
	default:
		s = d.members(req, m)
		b.Required = needsMember(req.Members)
	}
	b.Content.set(mediaJSON, mediaType{Schema: s})
	op.RequestBody = b
}

// members is the component of the members of a request that has other fields
// beside them.
func (d *describer) members(req *model.Request, m mode) *schema {
	t := d.pkg.Type(req.Type)
	if !t.Named {
		return d.object(req.Members, m)
	}
	plain, long, own := d.names(t)
	return d.variant(variantKey{d.typeID(t) + " body", m}, plain+"Body", long+"Body", own, func() *schema {
		s := d.object(req.Members, m)
		s.Description = d.markdown(t.Doc)
		return s
	})
}

// needsMember reports whether an empty object, for which an absent body stands,
// lacks something.
func needsMember(fields []*model.Field) bool {
	return slices.ContainsFunc(fields, func(f *model.Field) bool { return f.Required && !f.ReadOnly })
}
