package gogen

import (
	"strconv"
	"strings"
	"time"

	"github.com/apigen-go/apigen/gen/model"
)

// builder makes models by hand, as short as that gets.
type builder struct {
	p     *model.Package
	known map[string]model.TypeID
}

func newPackage(name string) *builder {
	return &builder{
		p: &model.Package{
			Path: "example.com/cases/" + name, Name: name,
			Service:      model.Service{Invalid: 422},
			PackageNames: map[string]string{},
		},
		known: map[string]model.TypeID{},
	}
}

// goExpr cuts "[]net/http.Header" where it names packages: a path and a name
// joined by "#".
func goExpr(s string) model.Expr {
	var out model.Expr
	for s != "" {
		i := strings.IndexByte(s, '#')
		if i < 0 {
			return append(out, model.Piece{Text: s})
		}
		start := strings.LastIndexAny(s[:i], "[]*(), ") + 1
		end := i + 1
		for end < len(s) && identByte(s[end]) {
			end++
		}
		if start > 0 {
			out = append(out, model.Piece{Text: s[:start]})
		}
		out = append(out, model.Piece{Pkg: s[start:i], Text: s[i+1 : end]})
		s = s[end:]
	}
	return out
}

// add enters a type spelled by src once.
func (b *builder) add(src string, t model.Type) model.TypeID {
	if id, ok := b.known[src]; ok {
		return id
	}
	id := model.TypeID(len(b.p.Types))
	b.known[src] = id
	t.ID, t.Go = id, goExpr(src)
	if t.Elem == 0 {
		t.Elem = model.NoType
	} else {
		t.Elem--
	}
	if t.Key == 0 {
		t.Key = model.NoType
	} else {
		t.Key--
	}
	if t.Label == "" {
		t.Label = labelOf(src)
	}
	b.p.Types = append(b.p.Types, &t)
	return id
}

func labelOf(src string) string {
	var out strings.Builder
	upper := true
	for _, c := range src {
		if !identByte(byte(c)) || c == '_' {
			upper = true
			continue
		}
		s := string(c)
		if upper {
			s = strings.ToUpper(s)
		}
		upper = false
		out.WriteString(s)
	}
	return out.String()
}

// ref is a type id as add takes it: 0 stands for none.
func ref(id model.TypeID) model.TypeID { return id + 1 }

func (b *builder) kind(k model.Kind) model.TypeID {
	switch k {
	case model.Bytes:
		return b.add("[]byte", model.Type{Kind: k})
	case model.Time:
		return b.add("time#Time", model.Type{Kind: k, Named: true, IsZeroMethod: true, Label: "TimeTime"})
	case model.Duration:
		return b.add("time#Duration", model.Type{Kind: k, Named: true, Label: "TimeDuration"})
	}
	return b.add(string(k), model.Type{Kind: k})
}

func (b *builder) named(name string, t model.Type) model.TypeID {
	t.Named = true
	return b.add(name, t)
}

func (b *builder) src(id model.TypeID) string {
	var s strings.Builder
	for _, p := range b.p.Types[id].Go {
		if p.Pkg != "" {
			s.WriteString(p.Pkg + "#")
		}
		s.WriteString(p.Text)
	}
	return s.String()
}

func (b *builder) slice(e model.TypeID) model.TypeID {
	return b.add("[]"+b.src(e), model.Type{Kind: model.Slice, Elem: ref(e), Label: b.p.Types[e].Label + "List"})
}

func (b *builder) array(n int, e model.TypeID) model.TypeID {
	return b.add("["+strconv.Itoa(n)+"]"+b.src(e), model.Type{Kind: model.Array, Elem: ref(e), Len: n})
}

func (b *builder) mapOf(k, e model.TypeID) model.TypeID {
	return b.add("map["+b.src(k)+"]"+b.src(e), model.Type{Kind: model.Map, Key: ref(k), Elem: ref(e)})
}

func (b *builder) ptr(e model.TypeID) model.TypeID {
	return b.add("*"+b.src(e), model.Type{Kind: model.Pointer, Elem: ref(e)})
}

func (b *builder) opt(e model.TypeID) model.TypeID {
	return b.add(runtimePath+"#Opt["+b.src(e)+"]", model.Type{Kind: model.Opt, Elem: ref(e), Named: true, IsZeroMethod: true, Label: "OptOf" + b.p.Types[e].Label})
}

func (b *builder) object(name string, fields ...*model.Field) model.TypeID {
	return b.named(name, model.Type{Kind: model.Struct, Fields: fields})
}

func (b *builder) enum(name string, k model.Kind, values ...string) model.TypeID {
	e := &model.Enum{}
	for _, v := range values {
		lit := v
		if k == model.String {
			lit = strconv.Quote(v)
		}
		e.Values = append(e.Values, model.EnumValue{GoName: name + v, Literal: lit, Text: v})
	}
	return b.named(name, model.Type{Kind: k, Enum: e})
}

// field describes a required JSON member; options change that.
func field(goName, name string, id model.TypeID, options ...func(*model.Field)) *model.Field {
	f := &model.Field{Go: strings.Split(goName, "."), Name: name, In: model.InBody, Type: id, Required: true}
	for _, o := range options {
		o(f)
	}
	return f
}

func optional(f *model.Field)  { f.Required = false }
func nullable(f *model.Field)  { f.Required, f.Nullable = false, true }
func nullOK(f *model.Field)    { f.Nullable = true }
func omitEmpty(f *model.Field) { f.Required, f.OmitEmpty = false, true }
func omitZero(f *model.Field)  { f.Required, f.OmitZero = false, true }
func quoted(f *model.Field)    { f.Quoted = true }
func csv(f *model.Field)       { f.CSV = true }
func readOnly(f *model.Field)  { f.Required, f.ReadOnly = false, true }
func writeOnly(f *model.Field) { f.WriteOnly = true }

func in(loc model.In) func(*model.Field) { return func(f *model.Field) { f.In = loc } }

func def(src string) func(*model.Field) {
	return func(f *model.Field) {
		e := goExpr(src)
		f.Required, f.Default = false, &e
	}
}

func rules(list ...model.Rule) func(*model.Field) {
	return func(f *model.Field) { f.Rules = append(f.Rules, list...) }
}

func rule(name, of, param, detail string) model.Rule {
	return model.Rule{Name: name, Of: of, Param: param, Detail: detail}
}

func oneof(values ...string) model.Rule {
	r := model.Rule{Name: "oneof", Of: "value", Values: values}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = strings.Trim(v, `"`)
	}
	r.Detail = "must be one of " + strings.Join(texts, ", ")
	return r
}

func (b *builder) server(name string, routes ...*model.Route) *model.Server {
	s := &model.Server{GoName: name, Field: strings.ToUpper(name[:1]) + name[1:], Routes: routes}
	for _, r := range routes {
		r.Const = "Route" + s.Field + r.ID
	}
	b.p.Servers = append(b.p.Servers, s)
	return s
}

// route describes a typed handler; options change that.
func route(method, path, goMethod string, options ...func(*model.Route)) *model.Route {
	r := &model.Route{
		ID: goMethod, GoMethod: goMethod, Method: method, Path: path,
		Shape: model.ShapeTyped, MaxBytes: 1 << 20,
	}
	for _, o := range options {
		o(r)
	}
	if len(r.Statuses) == 0 {
		r.Statuses = []int{204}
		if r.Response != nil {
			r.Statuses = []int{200}
		}
	}
	return r
}

// plainBody takes the whole request from a JSON object.
func plainBody(id model.TypeID) func(*model.Route) {
	return func(r *model.Route) { r.Request = &model.Request{Type: id, Plain: true, ReadsBody: true} }
}

func request(req model.Request) func(*model.Route) {
	return func(r *model.Route) { r.Request = &req }
}

func response(id model.TypeID) func(*model.Route) {
	return func(r *model.Route) { r.Response = &model.Response{Type: id} }
}

func status(codes ...int) func(*model.Route) {
	return func(r *model.Route) { r.Statuses = codes }
}

func jwt(scheme string, scopes ...string) func(*model.Route) {
	return func(r *model.Route) {
		r.Security.Alternatives = []model.Alternative{{Scheme: scheme, Scopes: scopes}}
	}
}

func withClaims(r *model.Route)    { r.Claims = true }
func optionalJWT(r *model.Route)   { r.Security.Optional = true }
func writerShape(r *model.Route)   { r.Shape = model.ShapeWriter }
func rawShape(r *model.Route)      { r.Shape = model.ShapeRaw }
func nullsAbsent(r *model.Route)   { r.NullsAbsent = true }
func rejectUnknown(r *model.Route) { r.RejectUnknown = true }

func timeout(d time.Duration) func(*model.Route) {
	return func(r *model.Route) { r.Timeout = d }
}

func maxBytes(n int64) func(*model.Route) {
	return func(r *model.Route) { r.MaxBytes = n }
}

func vars(names ...string) func(*model.Route) {
	return func(r *model.Route) { r.Vars = names }
}

func before(list ...model.Middleware) func(*model.Route) {
	return func(r *model.Route) { r.Before = list }
}

func after(list ...model.Middleware) func(*model.Route) {
	return func(r *model.Route) { r.After = list }
}

func errs(list ...model.Error) func(*model.Route) {
	return func(r *model.Route) { r.Errors = append(r.Errors, list...) }
}

func isError(status int, code, src string) model.Error {
	return model.Error{Status: status, Code: code, Match: "is", Expr: goExpr(src)}
}

func asError(status int, code, src string, fields ...*model.Field) model.Error {
	return model.Error{Status: status, Code: code, Match: "as", Expr: goExpr(src), Fields: fields}
}

func (b *builder) scheme(s model.Scheme) {
	b.p.Schemes = append(b.p.Schemes, &s)
}

// reader describes a claims type that embeds auth.Claims and has own fields.
func reader(own ...*model.Claim) *model.ClaimsReader {
	return &model.ClaimsReader{Embedded: "Claims", Own: own}
}

// text is a claim of type string.
func text(goName, name string) *model.Claim {
	return &model.Claim{Go: goName, Name: name, Kind: model.String, Basic: true}
}
