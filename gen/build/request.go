package build

import (
	"go/token"
	"go/types"
	"net/http"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// request is a request type on its way into the model. Routes that take the
// same type share it.
type request struct {
	m        *model.Request
	name     string
	pathVars map[string]rawField
	body     []rawField // fields that need a body
}

// locations are the tag keys that place a field outside the JSON body.
var locations = []string{"path", "query", "header", "cookie"}

func (b *builder) request(typ types.Type, st *types.Struct, at place) *request {
	if r, ok := b.types.bound.At(typ).(*request); ok {
		return r
	}
	r := &request{m: &model.Request{}, name: b.showType(typ), pathVars: map[string]rawField{}}
	b.types.bound.Set(typ, r)
	b.requests = append(b.requests, r)
	fields := b.flatten(r.name, st, func(t fieldTag) bool { return t.jsonName != "" || placed(t) })
	if !plain(fields) {
		fields = visible(fields)
	}
	slices.SortFunc(fields, bySource)
	if plain(fields) {
		r.m.Plain = true
		r.m.Type = b.types.jsonType(typ, at)
		r.m.Members = readable(b.m.Types[r.m.Type].Fields)
		for _, f := range fields {
			if f.v.Exported() && !f.tag.skip && !b.apiWords(f).readOnly() {
				r.body = append(r.body, f)
			}
		}
	} else {
		r.m.Type = b.types.requestType(typ)
		taken := map[string]rawField{}
		for _, f := range fields {
			b.requestField(r, typ, f, taken)
		}
	}
	r.m.ReadsBody = len(r.m.Members) > 0 || r.m.Body != nil
	if r.m.Body != nil && len(r.m.Members) > 0 {
		b.errorf(r.body[0].at.pos, token.NoPos, annotate.CodeBodyMix, "%s has a body: field beside JSON members, but the body is one value; move the members into the type of the body: field", r.name)
	}
	return r
}

// visible drops the fields that a shallower one hides: one of the same name in
// Go, as selectors see it, or of the same place and name on the wire, as
// encoding/json does. The fields come breadth first.
func visible(fields []rawField) []rawField {
	depth := map[string]int{}
	return slices.DeleteFunc(fields, func(f rawField) bool {
		keys := []string{f.v.Name()}
		if key := f.wireKey(); key != "" {
			keys = append(keys, key)
		}
		for _, key := range keys {
			if d, ok := depth[key]; ok && d < len(f.path) {
				return true
			}
		}
		for _, key := range keys {
			depth[key] = len(f.path)
		}
		return false
	})
}

// wireKey is the place and name of a field on the wire, "" where it has none.
func (f rawField) wireKey() string {
	for _, l := range locations {
		v, ok := f.tag.values[l]
		if !ok {
			continue
		}
		name, _, _ := strings.Cut(v.text, ",")
		if l == "header" {
			name = http.CanonicalHeaderKey(name)
		}
		return l + ":" + name
	}
	if !f.v.Exported() || f.tag.skip || f.tag.has("body") || isHTTPRequest(f.v.Type()) {
		return ""
	}
	return "json:" + f.jsonName()
}

// plain reports whether every field is a JSON member, so that the type's own
// decoder serves the request.
func plain(fields []rawField) bool {
	for _, f := range fields {
		if placed(f.tag) || isHTTPRequest(f.v.Type()) {
			return false
		}
	}
	return true
}

func placed(t fieldTag) bool {
	for _, l := range locations {
		if t.has(l) {
			return true
		}
	}
	return t.has("form") || t.has("body")
}

// requestField gives a field its one location.
func (b *builder) requestField(r *request, owner types.Type, f rawField, taken map[string]rawField) {
	if !f.v.Exported() {
		if placed(f.tag) || f.tag.has("json") {
			b.errorOnce(f.at.pos, annotate.CodeTagOnUnexported, "%s is not exported, so that nothing can be put into it; write %s", f.at.what, upperFirst(f.v.Name()))
		}
		return
	}
	if isHTTPRequest(f.v.Type()) {
		r.m.HTTPRequest = b.selector(owner, f)
		return
	}
	if f.tag.skip && !placed(f.tag) {
		return
	}
	if v, ok := f.tag.values["path"]; ok {
		r.pathVars[splitWords(v)[0].text] = f // also when something else is wrong with it
	}
	in, ok := b.location(f)
	if !ok {
		return
	}
	switch in {
	case "body":
		b.bodyField(r, owner, f)
		return
	case "json":
		b.jsonMember(r, owner, f, taken)
		return
	}
	mf := b.paramField(owner, f, model.In(in))
	if mf == nil || !b.takeName(taken, in, mf.Name, f) {
		return
	}
	b.oneDirection(mf, "%s is a "+in+" parameter, which is read and never written; remove %s", ", or the field, which would never be read")
	r.m.Params = append(r.m.Params, mf)
}

// location returns the tag key that places a field: "json" where there is none.
func (b *builder) location(f rawField) (string, bool) {
	if v, ok := f.tag.values["form"]; ok {
		b.errorOnce(v.pos, annotate.CodeLaterTag, "the tag form: is not supported yet; use json: or query:")
		return "", false
	}
	var found []string
	for _, l := range append([]string{"json", "body"}, locations...) {
		if f.tag.has(l) && (l != "json" || !f.tag.skip) {
			found = append(found, l)
		}
	}
	switch len(found) {
	case 0:
		return "json", true
	case 1:
		return found[0], true
	}
	v := f.tag.values[found[1]]
	b.errorOnce(v.pos, annotate.CodeTwoLocations, "%s has the locations %s, but a field has one; keep one of the tags, or use two fields", f.at.what, strings.Join(found, ": and ")+":")
	return "", false
}

func (b *builder) takeName(taken map[string]rawField, in, name string, f rawField) bool {
	key := in + ":" + name
	if in == "header" {
		key = in + ":" + http.CanonicalHeaderKey(name)
	}
	prev, dup := taken[key]
	if dup {
		if b.embeddedTwice(prev, f) {
			return false
		}
		w := f.tag.name(in)
		d := b.errorf(w.pos, w.end, annotate.CodeDuplicateName, "%s reads %s %q, which another field reads already; give one of them another %[2]s: name", f.at.what, in, name)
		b.related(d, prev.at.pos, "it is read here")
		return false
	}
	taken[key] = f
	return true
}

func (b *builder) jsonMember(r *request, owner types.Type, f rawField, taken map[string]rawField) {
	b.checkJSONOptions(f)
	if !b.takeName(taken, "json", f.jsonName(), f) {
		return
	}
	mf := b.memberField(owner, f)
	if mf.ReadOnly {
		return
	}
	r.body = append(r.body, f)
	r.m.Members = append(r.m.Members, mf)
}

// bodyField takes the field that holds the whole body.
func (b *builder) bodyField(r *request, owner types.Type, f rawField) {
	v := f.tag.values["body"]
	if v.text != "" {
		b.errorOnce(v.pos, annotate.CodeUnknownOption, "the tag is body:\"\" without a name: the field is the whole body")
	}
	if r.m.Body != nil {
		b.errorOnce(f.at.pos, annotate.CodeBodyMix, "%s is a second body: field; the body is one value, so put both into one struct", f.at.what)
		return
	}
	switch b.showType(f.v.Type()) {
	case "[]byte", "io.Reader", "io.ReadCloser", "string":
		b.errorOnce(f.at.pos, annotate.CodeLaterType, "a raw body of type %s is not supported yet; use a type that JSON carries, or a handler that takes http.ResponseWriter and *http.Request", b.showType(f.v.Type()))
		return
	}
	r.body = append(r.body, f)
	mf := b.newField(owner, f)
	mf.In = model.InBody
	mf.Type = b.types.jsonType(f.v.Type(), f.at)
	b.presence(mf, f)
	b.oneDirection(mf, "%s is the whole body of requests and never written; remove %s, or put it on the members that it is meant for", "")
	r.m.Body = mf
}

// bodyOfMethod refuses body fields on methods that carry none.
func (b *builder) bodyOfMethod(r *route, req *request) {
	if r.m.Method != http.MethodGet && r.m.Method != http.MethodHead {
		return
	}
	for _, f := range req.body {
		if f.tag.misspelled() {
			continue
		}
		name := f.jsonName()
		d := b.errorf(f.at.pos, f.at.end, annotate.CodeBodyOnGet, "%s would be read from the body, but %s has none; write query:%q", f.at.what, r.m.Method, lowerFirst(name))
		b.related(d, r.d.Pos, "%s %s takes %s here", r.m.Method, r.m.Path, req.name)
	}
}

// fieldFor is the name that Go would give the field of a path variable.
func fieldFor(name string) string {
	if head, ok := strings.CutSuffix(upperFirst(name), "Id"); ok {
		return head + "ID"
	}
	return upperFirst(name)
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// pathFields checks that the variables of a path and the path: fields of the
// request are the same. Handlers that read the request themselves need none.
func (b *builder) pathFields(r *route, req *request) {
	if r.m.Shape == model.ShapeRaw || r.m.Shape == model.ShapeWriter && req == nil {
		return
	}
	a := r.d.Arg("path")
	if a == nil || len(a.Values) == 0 {
		return
	}
	vars := map[string]bool{}
	for _, name := range r.m.Vars {
		vars[name] = true
		if req != nil && (len(req.m.HTTPRequest) > 0 || hasKey(req.pathVars, name)) {
			continue
		}
		pos, end := variablePos(a.Values[0], name)
		where := "to the request: (ctx context.Context, req *" + upperFirst(r.m.GoMethod) + "Req) with the field"
		if req != nil {
			where = "to " + req.name + ":"
		}
		b.errorf(pos, end, annotate.CodeVariableWithoutField, "path variable {%s} has no field; add %s %s string `path:%q`", name, where, fieldFor(name), name)
	}
	if req == nil {
		return
	}
	for _, mf := range req.m.Params {
		if mf.In == model.InPath && !vars[mf.Name] {
			f := req.pathVars[mf.Name]
			d := b.errorf(f.at.pos, f.at.end, annotate.CodeFieldWithoutVariable, "%s is a path: field, but %s has no variable {%s}%s", f.at.what, r.m.Path, mf.Name, suggestVar(mf.Name, r.m.Vars))
			b.related(d, r.d.Pos, "the route stands here")
		}
	}
}

// variablePos is where a variable stands in a path: all of the path when it
// stands in a prefix or cannot be counted out of quotes.
func variablePos(path annotate.Value, name string) (pos, end token.Pos) {
	for _, form := range []string{"{" + name + "}", "{" + name + "...}"} {
		if i := strings.Index(path.Text, form); i >= 0 && !path.Quoted {
			pos = path.Pos + token.Pos(i)
			return pos, pos + token.Pos(len(form))
		}
	}
	return path.Pos, path.End
}

func hasKey(m map[string]rawField, k string) bool {
	_, ok := m[k]
	return ok
}

func suggestVar(name string, vars []string) string {
	if s := annotate.Suggest(name, vars); s != "" {
		return "; did you mean {" + s + "}?"
	}
	return "; add it to the path or remove the field"
}
