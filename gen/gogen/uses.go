package gogen

import (
	"slices"

	"github.com/apigen-go/apigen/gen/model"
)

// uses counts the places that read or write values of a type. Lists and maps
// of a type without a name are handled where they stand when there is one such
// place, and by a function of their own when there are more.
type uses struct {
	p      *model.Package
	count  map[model.TypeID]int
	travel func([]*model.Field) []*model.Field // the fields that go that way
}

// decodeUses counts what requests read from JSON.
func decodeUses(p *model.Package) uses {
	u := uses{p, map[model.TypeID]int{}, readable}
	seen := map[*model.Request]bool{}
	for _, s := range p.Servers {
		for _, r := range s.Routes {
			req := r.Request
			if req == nil || !req.ReadsBody || seen[req] {
				continue
			}
			seen[req] = true
			switch {
			case req.Body != nil:
				u.add(req.Body.Type)
			case req.Plain:
				u.add(req.Type)
			default:
				u.fields(req.Members)
			}
		}
	}
	return u
}

// encodeUses counts what answers write as JSON.
func encodeUses(p *model.Package) uses {
	u := uses{p, map[model.TypeID]int{}, writable}
	if p.Problem != nil {
		u.add(p.Problem.Type)
	}
	for _, s := range p.Servers {
		for _, r := range s.Routes {
			if r.Response != nil && r.Response.Envelope == nil {
				u.add(r.Response.Type)
				u.count[r.Response.Type]++ // a route leaves all but a line to functions
			} else if r.Response != nil {
				u.add(r.Response.Envelope.Type)
			}
			for _, e := range r.Errors {
				u.fields(e.Fields)
			}
		}
	}
	return u
}

func (u uses) add(id model.TypeID) {
	u.count[id]++
	if u.count[id] > 1 {
		return
	}
	for _, part := range u.parts(id) {
		u.add(part)
	}
}

// cyclic reports whether values of the type may contain values of the type.
func (u uses) cyclic(id model.TypeID) bool {
	seen := map[model.TypeID]bool{}
	var reaches func(model.TypeID) bool
	reaches = func(part model.TypeID) bool {
		if part == id {
			return true
		}
		if seen[part] {
			return false
		}
		seen[part] = true
		return slices.ContainsFunc(u.parts(part), reaches)
	}
	return slices.ContainsFunc(u.parts(id), reaches)
}

// parts lists the types of which values of a type are made.
func (u uses) parts(id model.TypeID) []model.TypeID {
	t := u.p.Type(id)
	var out []model.TypeID
	switch {
	case t.Kind == model.Struct:
		for _, f := range u.travel(t.Fields) {
			out = append(out, f.Type)
		}
	case t.Elem != model.NoType:
		out = append(out, t.Elem)
	}
	return out
}

func (u uses) fields(list []*model.Field) {
	for _, f := range list {
		u.add(f.Type)
	}
}

// own reports whether the type has a function of its own: structs, lists and
// maps that have a name and so may contain themselves, and others where that
// saves code.
func (u uses) own(t *model.Type) bool {
	switch t.Kind {
	case model.Struct:
		return true
	case model.Slice, model.Array, model.Map:
		return t.Named || u.count[t.ID] > 1
	}
	return false
}
