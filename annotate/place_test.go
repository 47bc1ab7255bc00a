package annotate

import (
	"go/ast"
	"strings"
	"testing"
)

func TestPlaces(t *testing.T) {
	const route = "//api:route GET /x"
	tests := []struct {
		name, src string
		found     []string
		diags     []want
	}{
		{name: "method", src: onMethod(route), found: []string{"route method=GET path=/x"}},
		{name: "type", src: onType("//api:server"), found: []string{"server"}},
		{name: "type in a group", src: "package p\n\ntype (\n\t// S is.\n\t//\n\t//api:server prefix=/a\n\tS struct{}\n)\n", found: []string{"server prefix=/a"}},
		{name: "package", src: "// Package p is.\n//\n//api:service title=P\npackage p\n", found: []string{"service title=P"}},
		{name: "package, apart", src: "// Copyright.\n\n//api:service title=P\n\n//go:build linux\n\n// Package p is.\npackage p\n", found: []string{"service title=P"}},
		{name: "interface method", src: "package p\n\n//api:server\ntype I interface {\n\t//api:route GET /x\n\tM()\n}\n", found: []string{"server", "route method=GET path=/x"}},

		{name: "service below the package clause", src: "package p\n\n//api:service title=P\n\nimport \"os\"\n", diags: []want{{CodeWrongPlace, "//api:service title=P", "above the package clause"}}},
		{name: "service on a type", src: onType("//api:service title=P"), diags: []want{{CodeWrongPlace, "//api:service title=P", "not on the type S"}}},
		{name: "route on a type", src: onType(route), diags: []want{{CodeWrongPlace, route, "a method of a server type, not on the type S"}}},
		{name: "server on a method", src: onMethod("//api:server"), diags: []want{{CodeWrongPlace, "//api:server", "not on the method M"}}},
		{name: "server on the package", src: "//api:server\npackage p\n", diags: []want{{CodeWrongPlace, "//api:server", "not on the package p"}}},
		{name: "function", src: "package p\n\n" + route + "\nfunc F() {}\n", diags: []want{{CodeWrongPlace, route, "has no receiver"}}},
		{name: "variable", src: "package p\n\n" + route + "\nvar V int\n", diags: []want{{CodeWrongPlace, route, "not on a variable"}}},
		{name: "constant in a group", src: "package p\n\nconst (\n\t" + route + "\n\tC = 1\n)\n", diags: []want{{CodeWrongPlace, route, "not on a constant"}}},
		{name: "import", src: "package p\n\n" + route + "\nimport \"os\"\n", diags: []want{{CodeWrongPlace, route, "not on an import"}}},
		{name: "group of types", src: "package p\n\n//api:server\ntype (\n\tS struct{}\n)\n", diags: []want{{CodeOnGroup, "//api:server", "inside the parentheses"}}},
		{name: "field", src: "package p\n\ntype S struct {\n\t//api:server\n\tA int\n}\n", diags: []want{{CodeWrongPlace, "//api:server", "not on the field A"}}},
		{name: "embedded field", src: "package p\n\ntype S struct {\n\t//api:server\n\tT\n}\ntype T struct{}\n", diags: []want{{CodeWrongPlace, "//api:server", "not on a field of S"}}},
		{name: "method of a nested interface", src: "package p\n\ntype S struct {\n\tI interface {\n\t\t" + route + "\n\t\tM()\n\t}\n}\n", diags: []want{{CodeWrongPlace, route, "not on the field M"}}},
		{name: "alone in a struct", src: "package p\n\ntype S struct {\n\tA int\n\n\t//api:server\n}\n", diags: []want{{CodeWrongPlace, "//api:server", "not inside the type S"}}},
		{name: "between parameters", src: "package p\n\nfunc F(\n\t" + route + "\n\ta int,\n) {\n}\n", diags: []want{{CodeWrongPlace, route, "not inside the declaration of F"}}},
		{name: "function body", src: "package p\n\nfunc F() {\n\t" + route + "\n\tprintln()\n}\n", diags: []want{{CodeInBody, route, "inside a function body"}}},
		{name: "local type", src: "package p\n\nfunc F() {\n\t//api:server\n\ttype S struct{}\n\t_ = S{}\n}\n", diags: []want{{CodeInBody, "//api:server", "inside a function body"}}},
		{name: "body of a variable's function", src: "package p\n\nvar F = func() {\n\t" + route + "\n}\n", diags: []want{{CodeInBody, route, "inside a function body"}}},
		{name: "behind a type", src: "package p\n\ntype S struct{} //api:server\n", diags: []want{{CodeTrailing, "//api:server", "end of a line"}}},
		{name: "behind a field", src: "package p\n\ntype S struct {\n\tA int //api:server\n}\n", diags: []want{{CodeTrailing, "//api:server", "end of a line"}}},
		{name: "behind a method", src: "package p\n\ntype S struct{}\n\nfunc (S) M() {} " + route + "\n", diags: []want{{CodeTrailing, route, "behind code"}}},
		{name: "behind an opening brace", src: "package p\n\ntype S struct { //api:server\n\tA int\n}\n", diags: []want{{CodeTrailing, "//api:server", ""}}},
		{name: "behind an import", src: "package p\n\nimport \"os\" //api:server\n", diags: []want{{CodeTrailing, "//api:server", ""}}},
		{name: "behind the package clause", src: "package p //api:service\n", diags: []want{{CodeTrailing, "//api:service", "behind code"}}},
		{name: "detached from a method", src: "package p\n\ntype S struct{}\n\n" + route + "\n\n// M does.\nfunc (S) M() {}\n", diags: []want{{CodeDetached, route, "blank line"}}},
		{name: "detached at the end", src: "package p\n\ntype S struct{}\n\n//api:server\n", diags: []want{{CodeDetached, "//api:server", "nothing follows"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := scanSource(t, tt.src, tt.diags...)
			if len(found) != len(tt.found) {
				t.Fatalf("found %d directives, want %d", len(found), len(tt.found))
			}
			for i, d := range found {
				if got := render(d); got != tt.found[i] {
					t.Errorf("understood %q, want %q", got, tt.found[i])
				}
			}
		})
	}
}

func TestAttached(t *testing.T) {
	found := scanSource(t, "package p\n\n//api:server\ntype I interface {\n\t//api:route GET /x\n\tM()\n}\n\n//api:claims Auth\ntype C struct{}\n\n//api:route GET /y\nfunc (c *C) N() {}\n")
	if len(found) != 4 {
		t.Fatalf("found %d", len(found))
	}
	server, ifaceRoute, claims, route := found[0], found[1], found[2], found[3]
	if server.Target != TargetType || server.Type.Name.Name != "I" || server.GenDecl == nil {
		t.Error("server is not attached to I")
	}
	if ifaceRoute.Target != TargetMethod || ifaceRoute.Field.Names[0].Name != "M" || ifaceRoute.Type != server.Type || ifaceRoute.Func != nil {
		t.Error("route is not attached to the method of I")
	}
	if claims.Type.Name.Name != "C" || claims.Field != nil {
		t.Error("claims are not attached to C")
	}
	if route.Func == nil || route.Func.Name.Name != "N" || route.Type != nil {
		t.Error("route is not attached to N")
	}
	if _, ok := server.Type.Type.(*ast.InterfaceType); !ok || server.File == nil {
		t.Error("the file or the type is missing")
	}
}

func TestTogether(t *testing.T) {
	tests := []struct {
		name, src string
		diags     []want
	}{
		{name: "two routes with id", src: onMethod("//api:route GET /a\n//api:route GET /b id=B")},
		{name: "two routes without", src: onMethod("//api:route GET /a\n//api:route GET /b"), diags: []want{{CodeRouteNeedsID, "//api:route GET /b", "add id="}}},
		{name: "lines of a server", src: onType("//api:server jwt=Auth scopes=a\n//api:server timeout=1s scopes=b")},
		{name: "server key twice", src: onType("//api:server jwt=Auth\n//api:server jwt=Other"), diags: []want{{CodeDuplicateKey, "jwt=Other", "twice"}}},
		{name: "none and more", src: onType("//api:server scopes=none\n//api:server scopes=b"), diags: []want{{CodeNoneNotAlone, "scopes=b", "alone"}}},
		{name: "claims twice", src: onType("//api:claims A\n//api:claims B"), diags: []want{{CodeDuplicateDirective, "//api:claims B", "twice"}}},
		{name: "service twice", src: "//api:service name=a\n\n//api:service name=b\npackage p\n", diags: []want{{CodeDuplicateDirective, "//api:service name=b", "twice"}}},
		{name: "errors", src: onMethod("//api:route GET /a\n//api:error 404 ErrA code=a detail=\"b c\"\n//api:error 409\n//api:error 404 store.ErrB\n//api:error 404 \"e.com/s\".ErrC")},
		{name: "errors of a server", src: onType("//api:error 404 ErrA\n//api:server")},
		{name: "error without route", src: onMethod("//api:error 404 ErrA"), diags: []want{{CodeErrorWithoutOwner, "//api:error 404 ErrA", "no api:route"}}},
		{name: "error without server", src: onType("//api:error 404 ErrA"), diags: []want{{CodeErrorWithoutOwner, "//api:error 404 ErrA", "no api:server"}}},
		{name: "error beside a misspelt route", src: onMethod("//api:rout GET /a\n//api:error 404 ErrA"), diags: []want{{CodeUnknownDirective, "rout", "did you mean api:route?"}}},
		{name: "error in the wrong order", src: onMethod("//api:route GET /a\n//api:error ErrA 404"), diags: []want{{CodeMissingArgument, "ErrA", "the status stands first"}}},
		{name: "error status", src: onMethod("//api:route GET /a\n//api:error 200 ErrA\n//api:error 404 errA.b"), diags: []want{{CodeBadValue, "200", "400 to 599"}, {CodeNotExported, "errA.b", "is not exported"}}},
		{name: "pointer", src: onMethod("//api:route GET /a\n//api:error 404 *ErrA"), diags: []want{{CodeBadReference, "*ErrA", "without *"}}},
		{name: "later", src: onType("//api:tokens Auth\n//api:union\n//api:variant x\n//api:schema\n//api:credential"), diags: []want{
			{CodeLaterDirective, "//api:tokens Auth", ""},
			{CodeLaterDirective, "//api:union", ""},
			{CodeLaterDirective, "//api:variant x", ""},
			{CodeLaterDirective, "//api:schema", ""},
			{CodeLaterDirective, "//api:credential", ""},
		}},
		{name: "later keys", src: "//api:service include=./a client ts=y title=T\npackage p\n", diags: []want{{CodeLaterKey, "include", "not supported yet"}, {CodeLaterKey, "client", ""}, {CodeLaterKey, "ts", ""}}},
		{name: "service values", src: "//api:service ident=blog invalid=500 name=\"a b\" version=\"1\\n2\" title=a,b\npackage p\n", diags: []want{
			{CodeBadValue, "blog", "exported"}, {CodeBadValue, "500", "400 to 499"}, {CodeBadValue, " ", "must not hold spaces"}, {CodeBadValue, `\n`, "must not hold"}, {CodeTooManyValues, "b", "quote it if the comma"},
		}},
		{name: "document", src: "//api:service openapi=api.yaml servers=https://a.example/v1,/v2 contact=a@b.example license=\"MIT OR Apache-2.0\" terms=https://a.example/terms\npackage p\n"},
		{name: "contact", src: "//api:service openapi=openapi.json contact=https://a.example/help\npackage p\n"},
		{name: "bad documents", src: "//api:service openapi=../api.yaml servers=a.example,ftp://a.example,https://u:p@a.example,https://a.example?x=1 contact=nobody terms=https://a.example#x\npackage p\n", diags: []want{
			{CodeBadValue, "../api.yaml", "write openapi=api.yaml"},
			{CodeBadValue, "a.example", "must be a URL"},
			{CodeBadValue, "ftp://a.example", "must begin with https"},
			{CodeBadValue, "https://u:p@a.example", "user name or password"},
			{CodeBadValue, "https://a.example?x=1", "no query"},
			{CodeBadValue, "nobody", "must be an email address"},
			{CodeBadValue, "https://a.example#x", "no query and no fragment"},
		}},
		{name: "document without ending", src: "//api:service openapi=api\npackage p\n", diags: []want{{CodeBadValue, "api", "openapi=api.yaml or openapi=api.json"}}},
		{name: "document of another format", src: "//api:service openapi=api.md\npackage p\n", diags: []want{{CodeBadValue, "api.md", "openapi=api.yaml or openapi=api.json"}}},
		{name: "document of a hidden file", src: "//api:service openapi=.api.yaml\npackage p\n", diags: []want{{CodeBadValue, ".api.yaml", "every system"}}},
		{name: "document of capitals", src: "//api:service openapi=API.YAML\npackage p\n", diags: []want{{CodeBadValue, "API.YAML", "ends in .yaml, .yml or .json, which tells the format; write openapi=API.yaml"}}},
		{name: "document of an ending alone", src: "//api:service openapi=.yaml\npackage p\n", diags: []want{{CodeBadValue, ".yaml", "write openapi=openapi.yaml or openapi=openapi.json"}}},
		{name: "document with a dot behind", src: "//api:service openapi=api.\npackage p\n", diags: []want{{CodeBadValue, "api.", "write openapi=api.yaml or"}}},
		{name: "document with a quote", src: "//api:service openapi=a'b.yaml\npackage p\n", diags: []want{{CodeBadValue, "a'b.yaml", "every system, go:embed and modules"}}},
		{name: "document that looks like a flag", src: "//api:service openapi=-o.yaml\npackage p\n", diags: []want{{CodeBadValue, "-o.yaml", "every system"}}},
		{name: "document of a device", src: "//api:service openapi=Con.yaml\npackage p\n", diags: []want{{CodeBadValue, "Con.yaml", "no device of Windows"}}},
		{name: "document of a numbered device", src: "//api:service openapi=lpt1.v2.json\npackage p\n", diags: []want{{CodeBadValue, "lpt1.v2.json", "no device of Windows"}}},
		{name: "document with a mark that turns text round", src: "//api:service openapi=\"\\u202e.yaml\"\npackage p\n", diags: []want{{CodeBadValue, "\"\\u202e.yaml\"", "every system"}}},
		{name: "document with a long name", src: "//api:service openapi=" + strings.Repeat("a", 200) + ".yaml\npackage p\n", diags: []want{{CodeBadValue, strings.Repeat("a", 200) + ".yaml", "at most 200 bytes"}}},
		{name: "documents with fine names", src: "//api:service openapi=console_v1.2-Ünï+.yml\npackage p\n"},
		{name: "document in a folder", src: "//api:service openapi=docs\\api.yaml\npackage p\n", diags: []want{{CodeBadValue, "docs\\api.yaml", "write openapi=api.yaml"}}},
		{name: "no arguments", src: onType("//api:problem x\n//api:envelope a=b"), diags: []want{{CodeUnexpectedArgument, "x", "takes no arguments"}, {CodeUnknownKey, "a", "it takes no arguments"}}},
		{name: "claims places", src: onType("//api:claims Auth in=Authorization:Token,header:X-Token,cookie:__Host-token,cookie:__Secure-at,query:access_token")},
		{name: "bad places", src: onType("//api:claims auth in=Bearer,authorization:X,Header:Y,header:,header:Authorization,header:Cookie,header:host,body:x,cookie:a,query:b[],header:a/b"), diags: []want{
			{CodeBadValue, "auth", "exported"},
			{CodeBadPlace, "Bearer", "Authorization:Word, header:Name, cookie:__Host-name or query:name, not Bearer"},
			{CodeBadPlace, "authorization", "the place is written Authorization"},
			{CodeBadPlace, "Header", "written header"},
			{CodeBadPlace, ":", "nothing behind"},
			{CodeBadPlace, "Authorization", "in=Authorization:Bearer"},
			{CodeBadPlace, "Cookie", "write in=cookie:__Host-token"},
			{CodeBadPlace, "host", "no token"},
			{CodeBadPlace, "body", "unknown place body; write Authorization, header, cookie or query before the colon"},
			{CodeBadPlace, "a", "write in=cookie:__Host-a"},
			{CodeBadPlace, "b[]", "write in=query:access_token"},
			{CodeBadPlace, "a/b", "no name of a header"},
		}},
		{name: "bad cookies", src: onType("//api:claims Auth in=Cookie:__Host-a,cookie:,cookie:__host-b,cookie:__Secure-,cookie:__Host-,cookie:__SECURE-c,\"cookie:__Host-a b\",__Host-d,cookie:__Host-é"), diags: []want{
			{CodeBadPlace, "Cookie", "the place is written cookie"},
			{CodeBadPlace, ":", "write cookie:__Host-token"},
			{CodeBadPlace, "__host-b", "write in=cookie:__Host-b"},
			{CodeBadPlace, "__Secure-", "write in=cookie:__Secure-token"},
			{CodeBadPlace, "__Host-", "write in=cookie:__Host-token"},
			{CodeBadPlace, "__SECURE-c", "write in=cookie:__Secure-c"},
			{CodeBadPlace, "__Host-a b", "no name of a cookie"},
			{CodeBadPlace, "__Host-d", "write cookie:__Host-d"},
			{CodeBadPlace, "__Host-é", "no name of a cookie"},
		}},
		{name: "bad parameters", src: onType("//api:claims Auth in=QUERY:a,query:,query:a&b,query:a=b,query:a%20,query:ä,query:a+b,\"query:a b\",query:a~b._-9"), diags: []want{
			{CodeBadPlace, "QUERY", "the place is written query"},
			{CodeBadPlace, ":", "write query:access_token"},
			{CodeBadPlace, "a&b", "write in=query:access_token"},
			{CodeBadPlace, "a=b", "letters, digits and -._~"},
			{CodeBadPlace, "a%20", "letters, digits and -._~"},
			{CodeBadPlace, "ä", "letters, digits and -._~"},
			{CodeBadPlace, "a+b", "letters, digits and -._~"},
			{CodeBadPlace, "a b", "letters, digits and -._~"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { scanSource(t, tt.src, tt.diags...) })
	}
}
