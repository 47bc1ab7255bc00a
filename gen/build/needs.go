package build

import "github.com/apigen-go/apigen/gen/model"

// markNeeds follows every request and response into the type table and marks
// what back ends have to produce for each type.
func (b *builder) markNeeds() {
	b.validates()
	decode := need{func(t *model.Type) *bool { return &t.NeedsDecode }, readable}
	encode := need{func(t *model.Type) *bool { return &t.NeedsEncode }, writable}
	for _, r := range b.requests {
		for _, f := range r.m.Params {
			b.reach(f.Type, decode)
		}
		for _, f := range r.m.Members {
			b.reach(f.Type, decode)
		}
		if r.m.Body != nil {
			b.reach(r.m.Body.Type, decode)
		}
		if r.m.Plain && len(r.m.Members) > 0 {
			b.reach(r.m.Type, decode)
		}
	}
	for _, s := range b.m.Servers {
		for _, r := range s.Routes {
			b.reachAnswers(r, encode)
		}
	}
	if b.m.Problem != nil {
		b.reach(b.m.Problem.Type, encode)
	}
	for _, t := range b.m.Types {
		t.Recursive = b.reaches(t.ID, t.ID)
	}
}

func (b *builder) reachAnswers(r *model.Route, encode need) {
	if r.Response != nil {
		id := r.Response.Type
		if r.Response.Envelope != nil {
			id = r.Response.Envelope.Type
		}
		b.reach(id, encode)
	}
	for _, e := range r.Errors {
		for _, f := range e.Fields {
			if f.In == model.InBody {
				b.reach(f.Type, encode)
			}
		}
	}
}

// need is a direction in which values travel: the mark of the types that go
// that way, and the fields that do.
type need struct {
	bit    func(*model.Type) *bool
	fields func([]*model.Field) []*model.Field
}

// reach marks a type and everything below it.
func (b *builder) reach(id model.TypeID, n need) {
	if id == model.NoType || *n.bit(b.m.Types[id]) {
		return
	}
	t := b.m.Types[id]
	*n.bit(t) = true
	for _, part := range parts(t, n.fields(t.Fields)) {
		b.reach(part, n)
	}
}

// parts lists the types a type is made of, of a struct those of the fields
// given.
func parts(t *model.Type, fields []*model.Field) []model.TypeID {
	var out []model.TypeID
	if t.Elem != model.NoType {
		out = append(out, t.Elem)
	}
	if t.Key != model.NoType {
		out = append(out, t.Key)
	}
	for _, f := range fields {
		out = append(out, f.Type)
	}
	return out
}

// reaches reports whether to is below from.
func (b *builder) reaches(from, to model.TypeID) bool {
	seen := map[model.TypeID]bool{}
	var walk func(id model.TypeID) bool
	walk = func(id model.TypeID) bool {
		t := b.m.Types[id]
		for _, p := range parts(t, t.Fields) {
			if p == to {
				return true
			}
			if !seen[p] {
				seen[p] = true
				if walk(p) {
					return true
				}
			}
		}
		return false
	}
	return walk(from)
}

// validates tells for every type whether a Validate method stands on it or
// below it, in what requests are read into. Request structs have no fields of
// their own in the table, so that theirs are followed through the request.
func (b *builder) validates() {
	below := map[model.TypeID][]model.TypeID{}
	for _, r := range b.requests {
		if r.m.Plain {
			continue
		}
		for _, f := range append(append([]*model.Field(nil), r.m.Params...), r.m.Members...) {
			below[r.m.Type] = append(below[r.m.Type], f.Type)
		}
		if r.m.Body != nil {
			below[r.m.Type] = append(below[r.m.Type], r.m.Body.Type)
		}
	}
	for changed := true; changed; {
		changed = false
		for _, t := range b.m.Types {
			needs := t.Validate != "" || len(t.InnerValidate) > 0
			ctx := t.Validate == "context"
			for _, v := range t.InnerValidate {
				ctx = ctx || v.Form == "context"
			}
			for _, p := range append(parts(t, readable(t.Fields)), below[t.ID]...) {
				needs = needs || b.m.Types[p].NeedsValidate
				ctx = ctx || b.m.Types[p].ValidatesContext
			}
			if needs != t.NeedsValidate || ctx != t.ValidatesContext {
				t.NeedsValidate, t.ValidatesContext, changed = needs, ctx, true
			}
		}
	}
}
