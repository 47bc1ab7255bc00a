package compat

import (
	"go/token"
	"regexp"
	"strings"

	"github.com/apigen-go/apigen/gen/model"
)

var templateName = regexp.MustCompile(`\{[^{}]*\}`)

// locate returns the place of a change in the source: of the field that it is
// about, or of the type that has it no more, or of the route.
func locate(pkgs []*model.Package, f *found) token.Position {
	for _, p := range pkgs {
		for _, s := range p.Servers {
			for _, r := range s.Routes {
				if r.Method == f.Method && anonymous(r.Template()) == anonymous(f.Path) {
					pos := r.Pos
					if f.Subject != nil {
						pos = within(p, r, f.Subject)
					}
					return token.Position{Filename: pos.File, Line: pos.Line, Column: pos.Col}
				}
			}
		}
	}
	return token.Position{}
}

// anonymous is a path whose variables have no names.
func anonymous(path string) string { return templateName.ReplaceAllString(path, "{}") }

func within(p *model.Package, r *model.Route, s *subject) model.Pos {
	steps := strings.Split(s.Name, "/")
	switch {
	case s.In == "response" && r.Response != nil && r.Response.Envelope != nil:
		return deepest(p, r.Response.Envelope.Type, steps, r.Pos)
	case s.In == "response" && r.Response != nil:
		return deepest(p, r.Response.Type, steps, r.Pos)
	case s.In == "response" || r.Request == nil:
		return r.Pos
	case s.In == "request" && r.Request.Body != nil:
		return deepest(p, r.Request.Body.Type, steps, r.Request.Body.Pos)
	}
	fallback := r.Pos
	if t := typed(p, r.Request.Type); t != nil && t.Pos.File != "" {
		fallback = t.Pos
	}
	if s.In == "request" {
		return member(p, r.Request.Members, steps, fallback)
	}
	for _, f := range r.Request.Params {
		if string(f.In) == s.In && (f.Name == s.Name || f.In == model.InHeader && strings.EqualFold(f.Name, s.Name)) {
			return f.Pos
		}
	}
	return fallback
}

func typed(p *model.Package, id model.TypeID) *model.Type {
	if id < 0 || int(id) >= len(p.Types) {
		return nil
	}
	return p.Type(id)
}

// deepest follows the names of members into a type as far as they lead.
func deepest(p *model.Package, id model.TypeID, steps []string, best model.Pos) model.Pos {
	t := typed(p, id)
	for depth := 0; t != nil && t.Kind != model.Struct && depth < model.MaxDepth; depth++ {
		switch t.Kind {
		case model.Pointer, model.Opt:
		case model.Slice, model.Array, model.Map:
			if len(steps) > 0 && (steps[0] == "items" || steps[0] == "additionalProperties") {
				steps = steps[1:]
			}
		default:
			return best
		}
		t = typed(p, t.Elem)
	}
	if t == nil || t.Kind != model.Struct {
		return best
	}
	if t.Pos.File != "" {
		best = t.Pos
	}
	return member(p, t.Fields, steps, best)
}

func member(p *model.Package, fields []*model.Field, steps []string, best model.Pos) model.Pos {
	if len(steps) == 0 {
		return best
	}
	for _, f := range fields {
		if f.Name != steps[0] {
			continue
		}
		if len(steps) == 1 {
			return f.Pos
		}
		return deepest(p, f.Type, steps[1:], f.Pos)
	}
	return best
}
