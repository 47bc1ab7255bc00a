package gogen

import (
	"fmt"
	"time"

	"github.com/apigen-go/apigen/gen/model"
)

// scenario is a model and the user's package it describes, which lies in
// testdata/<name>/<name>.go.
type scenario struct {
	name  string
	build func() *model.Package
}

var scenarios = []scenario{
	{"user", userCase},
	{"kinds", kindsCase},
	{"params", paramsCase},
	{"wide", wideCase},
	{"shapes", shapesCase},
	{"failures", failuresCase},
	{"checked", checkedCase},
	{"clash", clashCase},
	{"claims", claimsCase},
	{"answers", answersCase},
	{"nulls", nullsCase},
	{"oneway", onewayCase},
}

// userCase is the tutorial: login open, userInfo behind a token.
func userCase() *model.Package {
	b := newPackage("user")
	str := b.kind(model.String)
	login := b.object("LoginReq",
		field("Username", "username", str, rules(
			rule("min", "runes", "3", "must have at least 3 characters"),
			rule("max", "runes", "64", "must have at most 64 characters"))),
		field("Password", "password", str, rules(rule("min", "runes", "8", "must have at least 8 characters"))))
	loginResp := b.object("LoginResp",
		field("AccessToken", "accessToken", str),
		field("AccessExpire", "accessExpire", b.kind(model.Int64)),
		field("Note", "note", str, omitEmpty))
	infoReq := b.object("UserInfoReq")
	infoResp := b.object("UserInfoResp",
		field("Name", "name", str),
		field("Tags", "tags", b.slice(str)))
	b.scheme(model.Scheme{Name: "Auth", Claims: goExpr("Session"), Issues: true, Used: true, Reader: reader(text("Name", "name"))})
	public := b.server("Public", route("POST", "/user/login", "Login",
		plainBody(login), response(b.ptr(loginResp)),
		errs(isError(401, "bad_credentials", "ErrBadCredentials"))))
	public.Doc.Summary = "Public is open to everyone."
	b.server("Account", route("POST", "/user/info", "UserInfo",
		plainBody(infoReq), response(b.ptr(infoResp)), jwt("Auth"), withClaims,
		timeout(3*time.Second), maxBytes(64<<10)))
	return b.p
}

// kindsCase carries every kind of type both ways.
func kindsCase() *model.Package {
	b := newPackage("kinds")
	b.p.PackageNames = map[string]string{"net/netip": "netip", "encoding/json": "json", "math/big": "big", "time": "time"}
	str, i64 := b.kind(model.String), b.kind(model.Int64)
	role := b.enum("Role", model.String, "admin", "user")
	level := b.enum("Level", model.Int8, "1", "2", "3")
	addr := b.add("net/netip#Addr", model.Type{Kind: model.Text, Named: true, Label: "NetipAddr", Unmarshal: "UnmarshalText", Marshal: "MarshalText"})
	raw := b.add("encoding/json#RawMessage", model.Type{Kind: model.JSON, Named: true, Label: "JsonRawMessage", Unmarshal: "UnmarshalJSON", Marshal: "MarshalJSON"})
	hash := b.add("[4]byte", model.Type{Kind: model.JSON, Label: "ByteArray4", Unmarshal: "UnmarshalJSONFrom", Marshal: "MarshalJSONTo"})
	id := b.named("ID", model.Type{Kind: model.Int64})
	mark := b.named("Mark", model.Type{Kind: model.Float32})
	blob := b.named("Blob", model.Type{Kind: model.Bytes})
	since := b.named("Since", model.Type{Kind: model.Duration})
	item := b.object("Item", field("Name", "name", str), field("Price", "price", b.kind(model.Float64)))
	labels := b.named("Labels", model.Type{Kind: model.Slice, Elem: ref(str)})
	limits := b.named("Limits", model.Type{Kind: model.Map, Key: ref(str), Elem: ref(i64)})
	point := b.named("Point", model.Type{Kind: model.Array, Elem: ref(b.kind(model.Float64)), Len: 2})
	anon := b.add("struct{ X int; Y int }", model.Type{
		Kind: model.Struct, Label: "ThingOrigin",
		Fields: []*model.Field{field("X", "X", b.kind(model.Int)), field("Y", "Y", b.kind(model.Int))},
	})
	page := b.add("Page[Item]", model.Type{
		Kind: model.Struct, Named: true, Label: "PageOfItem",
		Fields: []*model.Field{field("Items", "items", b.slice(item)), field("Next", "next", b.ptr(str), nullable, omitEmpty)},
	})
	tree := b.object("Tree", field("Value", "value", str))
	b.p.Types[tree].Fields = append(b.p.Types[tree].Fields, field("Kids", "kids", b.slice(b.ptr(tree)), optional))
	kinds := []*model.Field{}
	add := func(goName string, id model.TypeID, options ...func(*model.Field)) {
		kinds = append(kinds, field(goName, lower(goName), id, options...))
	}
	for _, k := range []model.Kind{
		model.Bool, model.Int, model.Int8, model.Int16, model.Int32, model.Int64, model.Uint, model.Uint8, model.Uint16,
		model.Uint32, model.Uint64, model.Float32, model.Float64, model.String, model.Bytes, model.Time, model.Duration,
	} {
		name := string(k)
		add(string(name[0]-'a'+'A')+name[1:], b.kind(k))
	}
	add("Any", b.add("any", model.Type{Kind: model.Any}), nullOK)
	add("MustAny", b.add("any", model.Type{Kind: model.Any}))
	add("Role", role, rules(model.Rule{Name: "enum", Detail: "must be admin or user"}))
	add("Level", level, def("2"))
	add("ID", id, quoted)
	add("Mark", mark, optional)
	add("Blob", blob, omitEmpty)
	add("Since", since, omitZero)
	add("Addr", addr, omitEmpty)
	add("Raw", raw, nullOK)
	add("Hash", hash, omitZero)
	add("Nick", b.ptr(str), nullable)
	add("Must", b.ptr(str))
	add("Boss", b.ptr(item), nullable, omitEmpty)
	add("Score", b.opt(b.kind(model.Int)), nullable, omitZero)
	add("Item", item)
	add("Items", b.slice(item), omitEmpty)
	add("Ptrs", b.slice(b.ptr(item)))
	add("Grid", b.slice(b.slice(b.kind(model.Int))))
	add("Maybe", b.slice(b.opt(str)))
	add("Roles", b.slice(role))
	add("RGB", b.array(3, b.kind(model.Uint8)))
	add("Corners", b.array(2, item))
	add("ByName", b.mapOf(str, item))
	add("ByRole", b.mapOf(role, b.kind(model.Int)))
	add("ByID", b.mapOf(id, b.slice(str)))
	add("ByPort", b.mapOf(b.kind(model.Uint16), b.ptr(item)))
	add("ByAddr", b.mapOf(addr, b.mapOf(str, b.kind(model.Bool))))
	add("Labels", labels, rules(rule("max", "items", "5", "must have at most 5 items")))
	add("Limits", limits)
	add("Point", point)
	add("Origin", anon)
	add("Page", page)
	add("Tree", tree, optional)
	add("At", b.ptr(b.kind(model.Time)), nullable, omitZero)
	add("Quoted", b.ptr(i64), nullable, quoted)
	thing := b.object("Thing", kinds...)
	b.p.Types[thing].Fields = append(b.p.Types[thing].Fields, field("Base.Deep", "odd \"name\"\\<&>", str, optional))
	b.server("Shop", route("PUT", "/things", "Put", plainBody(thing), response(b.ptr(thing)), status(201)))
	return b.p
}

// paramsCase reads every location, with lists, defaults and rules.
func paramsCase() *model.Package {
	b := newPackage("params")
	b.p.PackageNames = map[string]string{"net/netip": "netip"}
	str, num := b.kind(model.String), b.kind(model.Int)
	role := b.enum("Role", model.String, "admin", "user")
	addr := b.add("net/netip#Addr", model.Type{Kind: model.Text, Named: true, Label: "NetipAddr", Unmarshal: "UnmarshalText", Marshal: "MarshalText"})
	positive := rules(rule("min", "value", "1", "must be at least 1"))
	params := []*model.Field{
		field("ID", "id", b.kind(model.Int64), in(model.InPath), positive),
		field("Rest", "rest", str, in(model.InPath)),
		field("Q", "q", str, in(model.InQuery), rules(
			rule("required", "runes", "", "must not be empty"),
			rule("max", "runes", "20", "must have at most 20 characters"))),
		field("Page", "page", num, in(model.InQuery), def("1"), positive),
		field("Limit", "limit", b.ptr(num), in(model.InQuery), optional, rules(
			rule("min", "value", "1", "must be at least 1"), rule("max", "value", "100", "must be at most 100"))),
		field("Sort", "sort", b.opt(role), in(model.InQuery), optional),
		field("Tags", "tags", b.slice(str), in(model.InQuery), optional, rules(rule("max", "items", "5", "must have at most 5 items"))),
		field("Roles", "roles", b.slice(role), in(model.InQuery), csv),
		field("Box", "box", b.array(2, b.kind(model.Float64)), in(model.InQuery), optional, csv),
		field("Wait", "wait", b.kind(model.Duration), in(model.InQuery), def("3 * time#Second"), rules(
			rule("max", "duration", "60000000000", "must be at most 1m0s"))),
		field("Mail", "mail", str, in(model.InQuery), optional, rules(
			rule("omitempty", "runes", "", ""), rule("email", "runes", "", "must be an email address"))),
		field("Base.Trace", "X-Trace", str, in(model.InHeader), optional),
		field("Accept", "X-Accept", b.slice(str), in(model.InHeader), optional),
		field("Since", "If-Modified", b.kind(model.Time), in(model.InHeader)),
		field("Theme", "theme", role, in(model.InCookie), optional),
		field("Peers", "peers", b.slice(addr), in(model.InCookie), optional),
		field("Peer", "peer", addr, in(model.InQuery), optional),
		field("Flag", "flag", b.kind(model.Bool), in(model.InQuery), optional),
	}
	list := b.object("ListReq")
	b.p.Types[list].Fields = nil
	body := b.object("EditReq")
	member := field("Note", "note", str)
	b.p.Types[body].Fields = []*model.Field{member}
	items := b.slice(str)
	whole := b.object("WholeReq")
	maybe := b.object("MaybeReq")
	empty := b.object("EmptyReq")
	id := field("ID", "id", b.kind(model.Uint32), in(model.InPath))
	b.server("List",
		route("GET", "/list/{id}/{rest...}", "Find", vars("id", "rest"),
			request(model.Request{Type: list, Params: params, HTTPRequest: []string{"Raw"}})),
		route("PATCH", "/list/{id}", "Edit", vars("id"), rejectUnknown,
			request(model.Request{Type: body, Params: []*model.Field{id}, Members: []*model.Field{member}, ReadsBody: true})),
		route("DELETE", "/list/{id}", "Remove", vars("id"),
			request(model.Request{Type: body, Params: []*model.Field{id}, Members: []*model.Field{member}})),
		route("PUT", "/list/{id}", "Replace", vars("id"),
			request(model.Request{Type: whole, Params: []*model.Field{id}, Body: field("Lines", "", items, rules(
				rule("required", "items", "", "must not be empty"))), ReadsBody: true})),
		route("POST", "/list", "Maybe", maxBytes(1500),
			request(model.Request{Type: maybe, Body: field("Item", "", b.ptr(b.object("Thing", member)), nullable), ReadsBody: true})),
		route("GET", "/empty", "Empty", request(model.Request{Type: empty, Plain: false})))
	return b.p
}

// wideCase has more members than a word has bits.
func wideCase() *model.Package {
	b := newPackage("wide")
	var fields []*model.Field
	for i := range 140 {
		o := []func(*model.Field){}
		if i%2 == 1 {
			o = append(o, optional)
		}
		if i == 139 {
			o = append(o, def("7"))
		}
		fields = append(fields, field(fmt.Sprintf("F%03d", i), fmt.Sprintf("f%03d", i), b.kind(model.Int), o...))
	}
	b.server("Wide", route("POST", "/wide", "Put", plainBody(b.object("Row", fields...)), nullsAbsent))
	return b.p
}

// shapesCase has the shapes of handlers, middleware and authentication.
func shapesCase() *model.Package {
	b := newPackage("shapes")
	b.p.PackageNames = map[string]string{"example.com/cases/mw": "mw"}
	b.p.Service.Ident = "Blog"
	req := b.object("Req", field("Name", "name", b.kind(model.String)))
	b.scheme(model.Scheme{Name: "Admin", Used: true, Places: []model.Place{{In: "authorization", Name: "Token"}, {In: "header", Name: "X-Token"}}})
	b.scheme(model.Scheme{Name: "Auth", Claims: goExpr("Session"), Used: true, Issues: true, RequiredClaims: []string{"tenant", "name"}, Reader: reader(
		text("Tenant", "tenant"), text("Name", "name"),
		&model.Claim{Go: "Role", Name: "the role", Kind: model.String},
		&model.Claim{Go: "Level", Name: "level", Kind: model.Int8},
		&model.Claim{Go: "Since", Name: "since", Kind: model.Int64, Basic: true},
		&model.Claim{Go: "Groups", Name: "groups", Kind: model.String, List: true, Basic: true},
		&model.Claim{Go: "Roles", Name: "roles", Kind: model.String, List: true},
		&model.Claim{Go: "Levels", Name: "levels", Kind: model.Int8, List: true})})
	limit := model.Middleware{Pkg: "example.com/cases/mw", Name: "Limit"}
	audit := model.Middleware{Name: "Audit", Method: true}
	trace := model.Middleware{Name: "trace"}
	b.server("Posts",
		route("POST", "/a", "Plain", plainBody(req), jwt("Auth")),
		route("POST", "/b", "Caller", plainBody(req), jwt("Auth", "posts:read", "posts:write"), withClaims),
		route("GET", "/c", "Maybe", jwt("Auth"), optionalJWT, withClaims),
		route("GET", "/d/{id}", "Guarded", vars("id"), jwt("Admin"), withClaims, before(limit), after(audit, trace)),
		route("GET", "/e", "Open", before(trace), after(limit)),
		route("GET", "/ws", "Socket", jwt("Auth"), withClaims, writerShape),
		route("POST", "/proxy", "Proxy", plainBody(req), writerShape),
		route("GET", "/raw", "Raw", rawShape),
		route("GET", "/file/{name...}", "File", rawShape, vars("name"), jwt("Auth", "files"), before(trace), after(audit, limit)),
		route("GET", "/dots/{name...}", "Dots", rawShape, vars("name"), func(r *model.Route) { r.AllowDots = true }))
	b.server("store", route("GET", "/store", "Get", timeout(1500*time.Millisecond), func(r *model.Route) { r.Doc.Deprecated = "use Plain." })).Interface = true
	return b.p
}

// failuresCase has declared errors, the service's own problem type and an
// envelope.
func failuresCase() *model.Package {
	b := newPackage("failures")
	b.p.PackageNames = map[string]string{"io/fs": "fs"}
	b.p.Service.Invalid = 400
	str := b.kind(model.String)
	resp := b.object("Resp", field("Name", "name", str))
	respPtr := b.ptr(resp)
	problem := b.object("Failure", field("Code", "code", b.kind(model.Int)), field("Msg", "msg", str))
	b.p.Problem = &model.Problem{Type: problem}
	envelope := b.add("Answer[*Resp]", model.Type{
		Kind: model.Struct, Named: true, Label: "AnswerOfResp",
		Fields: []*model.Field{field("Code", "code", b.kind(model.Int)), field("Msg", "msg", str), field("Data", "data", respPtr)},
	})
	conflict := asError(409, "conflict", "*Conflict",
		field("RetryAfter", "Retry-After", b.kind(model.Duration), in(model.InHeader)),
		field("Attempt", "X-Attempt", b.ptr(b.kind(model.Int)), in(model.InHeader), nullable),
		field("Hints", "X-Hint", b.slice(b.named("Hint", model.Type{Kind: model.String})), in(model.InHeader)),
		field("Left", "X-Left", b.opt(b.kind(model.Bool)), in(model.InHeader), optional),
		field("Owner", "owner", str), field("Others", "others", b.slice(str), omitEmpty))
	limited := asError(429, "limited", "Limited")
	missing := isError(404, "not_found", "io/fs#ErrNotExist")
	missing.Detail = "there is no \"such\" thing"
	shared := []model.Error{missing, {Status: 418, Detail: "documented only"}, limited}
	wrapped := func(r *model.Route) {
		r.Response = &model.Response{Type: respPtr, Envelope: &model.Envelope{
			Type: envelope, Field: "Data", Defaults: []model.Default{{Field: "Msg", Value: goExpr(`"ok"`)}},
		}}
	}
	b.server("Files",
		route("GET", "/a", "A", errs(shared...), wrapped),
		route("GET", "/b", "B", errs(shared...), wrapped, status(200, 204)),
		route("GET", "/c", "C", errs(conflict, missing), response(respPtr)),
		route("GET", "/d", "D", errs(model.Error{Status: 409}), status(202)))
	return b.p
}

// checkedCase has Validate methods everywhere.
func checkedCase() *model.Package {
	b := newPackage("checked")
	b.p.PackageNames = map[string]string{"net/netip": "netip"}
	str := b.kind(model.String)
	addr := b.add("net/netip#Addr", model.Type{Kind: model.Text, Named: true, Label: "NetipAddr", Unmarshal: "UnmarshalText", Marshal: "MarshalText"})
	code := b.named("Code", model.Type{Kind: model.String, Validate: "plain"})
	part := b.object("Part", field("Name", "name", str), field("Code", "code", code), field("Label", "label", str, optional))
	b.p.Types[part].Validate = "context"
	b.p.Types[part].InnerValidate = []model.InnerValidate{{Go: []string{"Stamp"}, Form: "plain"}}
	parts := b.named("Parts", model.Type{Kind: model.Slice, Elem: ref(part), Validate: "plain"})
	tree := b.object("Node", field("Part", "part", part))
	b.p.Types[tree].Fields = append(b.p.Types[tree].Fields, field("Kids", "kids", b.slice(b.ptr(tree)), optional))
	order := b.object("Order",
		field("Parts", "parts", parts),
		field("Owner", "owner", b.ptr(part), nullable),
		field("Note", "note", str),
		field("Spare", "spare", b.opt(part), nullable),
		field("ByName", "byName", b.mapOf(code, part)),
		field("ByNum", "byNum", b.mapOf(b.kind(model.Int), b.slice(b.slice(code)))),
		field("ByAddr", "byAddr", b.mapOf(addr, part)),
		field("Pair", "pair", b.array(2, part)),
		field("Tree", "tree", tree))
	b.p.Types[order].Validate = "plain"
	get := b.object("GetReq")
	b.p.Types[get].Validate = "context"
	put := b.object("PutReq")
	b.server("Orders",
		route("POST", "/orders", "Create", plainBody(order)),
		route("GET", "/orders/{code}", "Get", vars("code"), request(model.Request{Type: get, Params: []*model.Field{
			field("Code", "code", code, in(model.InPath)),
			field("More", "more", b.slice(code), in(model.InQuery), optional),
		}})),
		route("PUT", "/orders/{code}", "Put", vars("code"), request(model.Request{Type: put, Params: []*model.Field{
			field("Code", "code", code, in(model.InPath)),
		}, Members: []*model.Field{field("Part", "part", part), field("Note", "note", str)}, ReadsBody: true})))
	return b.p
}

// clashCase is a package whose names get in the way of everything.
func clashCase() *model.Package {
	b := newPackage("clash")
	b.p.PackageNames = map[string]string{"example.com/cases/v": "v", "example.com/cases/auth": "auth", "example.com/cases/x/runtime": "runtime"}
	b.p.Reserved = []string{"Req", "Server", "api", "bindReq", "c", "context", "decodeReq", "encodeReq", "errors", "http", "newAPI", "req", "resp", "serverGetError", "utf8", "v"}
	b.p.Imported = []string{"context"}
	str := b.kind(model.String)
	other := b.add("example.com/cases/v#Value", model.Type{
		Kind: model.Struct, Named: true, Label: "VValue", Fields: []*model.Field{field("A", "a", str, rules(
			rule("min", "runes", "2", "must have at least 2 characters c v req"), rule("max", "runes", "9", "must have at most 9 characters")))},
	})
	foreign := b.add("example.com/cases/auth#Thing", model.Type{Kind: model.Struct, Named: true, Label: "AuthThing", Fields: []*model.Field{field("B", "b", str)}})
	third := b.add("example.com/cases/x/runtime#Thing", model.Type{Kind: model.Struct, Named: true, Label: "RuntimeThing", Fields: []*model.Field{field("B", "b", b.opt(str), nullable)}})
	inner := b.object("req", field("V", "v", b.mapOf(str, b.slice(other))))
	b.p.Types[inner].Label = "Req2"
	outer := b.object("Req", field("Req", "req", inner), field("C", "c", b.slice(foreign)), field("Third", "third", third))
	b.scheme(model.Scheme{Name: "API", Used: true})
	b.server("Server", route("POST", "/get", "Get", plainBody(outer), response(b.ptr(outer)), jwt("API"),
		errs(isError(404, "c", "c"), isError(410, "v", "v"), asError(409, "http", "*http", field("Name", "name", str)))))
	b.server("API", route("GET", "/api", "Routes"))
	return b.p
}

// nullsCase takes null for absence on one of two routes.
func nullsCase() *model.Package {
	b := newPackage("nulls")
	str, num := b.kind(model.String), b.kind(model.Int)
	own := b.named("Own", model.Type{Kind: model.JSON, Unmarshal: "UnmarshalJSON", Marshal: "MarshalJSONTo"})
	req := b.object("Req",
		field("Name", "name", str, optional),
		field("Opt", "opt", b.opt(num), nullable),
		field("Ptr", "ptr", b.ptr(num), nullable),
		field("Own", "own", own, nullable),
		field("Any", "any", b.add("any", model.Type{Kind: model.Any}), nullable),
		field("Def", "def", num, def("7")),
		field("List", "list", b.slice(str), optional),
		field("Must", "must", own))
	b.server("Server",
		route("POST", "/strict", "Strict", plainBody(req)),
		route("POST", "/absent", "Absent", plainBody(req), nullsAbsent))
	return b.p
}

// claimsCase is a package that only issues tokens.
func claimsCase() *model.Package {
	b := newPackage("claims")
	b.scheme(model.Scheme{Name: "Auth", Claims: goExpr("Session"), Issues: true})
	return b.p
}

// answersCase has the kinds of response.
func answersCase() *model.Package {
	b := newPackage("answers")
	str := b.kind(model.String)
	item := b.object("Item", field("Name", "name", str))
	b.server("Shop",
		route("GET", "/value", "Value", response(item)),
		route("GET", "/maybe", "Maybe", response(b.ptr(item)), status(200, 204)),
		route("POST", "/created", "Created", response(b.ptr(item)), status(201)),
		route("GET", "/list", "List", response(b.slice(item))),
		route("GET", "/map", "Map", response(b.mapOf(str, b.slice(b.ptr(item))))),
		route("GET", "/count", "Count", response(b.kind(model.Int))),
		route("GET", "/any", "Any", response(b.add("any", model.Type{Kind: model.Any}))),
		route("GET", "/teapot", "Odd", response(item), status(299)),
		route("GET", "/reset", "Reset", response(item), status(205)),
		route("POST", "/later", "Later", status(202)),
		route("POST", "/nothing", "Nothing"))
	return b.p
}

// onewayCase has members of requests only and of answers only, next to each
// other, alone in their struct, and as the only way to a type.
func onewayCase() *model.Package {
	b := newPackage("oneway")
	str := b.kind(model.String)
	stamp := b.object("Stamp", field("By", "by", str))
	b.p.Types[stamp].Validate = "plain"
	key := b.object("Key", field("PIN", "pin", str))
	out := b.object("Out", field("ID", "id", str, readOnly))
	in := b.object("In", field("Token", "token", str, writeOnly))
	thing := b.object("Thing",
		field("ID", "id", str, readOnly),
		field("Name", "name", str),
		field("Stamps", "stamps", b.slice(stamp), readOnly),
		field("Keys", "keys", b.slice(key), writeOnly),
		field("Out", "out", out),
		field("In", "in", in))
	b.p.Types[thing].Fields = append(b.p.Types[thing].Fields, field("Kids", "kids", b.slice(thing), omitEmpty))
	b.server("Server",
		route("POST", "/thing", "Thing", plainBody(thing), response(b.ptr(thing))),
		route("POST", "/strict", "Strict", plainBody(thing), rejectUnknown))
	return b.p
}
