package build

import (
	"slices"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// placesOf returns where a claims type says that tokens stand.
func placesOf(d *annotate.Directive) []model.Place {
	var out []model.Place
	if a := d.Arg("in"); a != nil {
		for _, v := range a.Values {
			out = append(out, model.Place{In: strings.ToLower(v.Qual), Name: v.Text})
		}
	}
	return out
}

// placesDiffer reports places that differ in case alone, which words and names of
// headers do not have. Those that do not differ at all have been reported.
func (b *builder) placesDiffer(d *annotate.Directive) {
	a := d.Arg("in")
	if a == nil {
		return
	}
	for i, v := range a.Values {
		place := model.Place{In: v.Qual, Name: v.Text}
		if slices.ContainsFunc(a.Values[:i], func(w annotate.Value) bool { return w.Qual == v.Qual && w.Text != v.Text && holds(place, w.Text) }) {
			b.errorf(v.Pos, v.End, annotate.CodeBadPlace, "the place %s is given twice; leave one out", v.Text)
		}
	}
}

// holds reports whether name is that of the place; words and names of headers have
// no case.
func holds(p model.Place, name string) bool {
	if p.In == annotate.InCookie || p.In == annotate.InQuery {
		return p.Name == name
	}
	return strings.EqualFold(p.Name, name)
}

// credentialFields refuses request fields that read what the route's scheme
// reads: the token reaches the handler as claims only.
func (b *builder) credentialFields(r *route) {
	if r.m.Request == nil || len(r.m.Security.Alternatives) == 0 {
		return
	}
	s := b.schemes[r.m.Security.Alternatives[0].Scheme]
	for _, f := range r.m.Request.Params {
		for _, p := range s.Places {
			if string(f.In) != p.In || !holds(p, f.Name) {
				continue
			}
			at := tokenPosition(f.Pos)
			d := annotate.Diagnostic{Code: annotate.CodeCredentialField, Pos: at, End: at}
			what := p.In
			if f.In == model.InQuery {
				what = "query parameter"
			}
			d.Message = "field " + f.Go[len(f.Go)-1] + " reads the " + what + " " + p.Name + ", which holds the token of scheme " + s.Name + "; take the claims as a parameter instead"
			d.Related = []annotate.Related{{Pos: tokenPosition(r.m.Pos), Message: "the route is guarded by jwt=" + s.Name}}
			b.diags = append(b.diags, d)
		}
	}
}
