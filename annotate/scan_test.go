package annotate

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// want is a diagnostic a test expects: its code, the exact text it points at
// and a part of its message.
type want struct{ code, text, message string }

func parseSource(t testing.TB, src string) (*token.FileSet, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "x.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatalf("source of the test does not parse: %v", err)
	}
	return fset, f
}

// scanSource scans src and compares the diagnostics with wants, in order.
func scanSource(t *testing.T, src string, wants ...want) []*Directive {
	t.Helper()
	fset, f := parseSource(t, src)
	found, diags := Scan(fset, f)
	for i, d := range diags {
		got := fmt.Sprintf("%s %q %s", d.Code, src[d.Pos.Offset:d.End.Offset], d.Message)
		if i >= len(wants) {
			t.Errorf("unexpected: %s", got)
			continue
		}
		w := wants[i]
		if d.Code != w.code || src[d.Pos.Offset:d.End.Offset] != w.text || !strings.Contains(d.Message, w.message) {
			t.Errorf("diagnostic %d:\n got %s\nwant %s %q %s", i, got, w.code, w.text, w.message)
		}
	}
	for _, w := range wants[min(len(diags), len(wants)):] {
		t.Errorf("missing: %s %q %s", w.code, w.text, w.message)
	}
	return found
}

// render writes a directive in one line, to compare what was understood.
func render(d *Directive) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s", d.Name)
	for i := range d.Args {
		a := &d.Args[i]
		fmt.Fprintf(&b, " %s", a.KeySpec.Name)
		if a.Flag {
			fmt.Fprintf(&b, "=%v", a.On)
		}
		for k, v := range a.Values {
			b.WriteString([]string{"=", ","}[min(k, 1)])
			switch {
			case v.Pkg != "":
				fmt.Fprintf(&b, "[%s]", v.Pkg)
			case v.Qual != "":
				fmt.Fprintf(&b, "%s|", v.Qual)
			}
			b.WriteString(v.Text)
			if v.Int != 0 {
				fmt.Fprintf(&b, "#%d", v.Int)
			}
			if v.Duration != 0 {
				fmt.Fprintf(&b, "@%v", v.Duration)
			}
		}
		if a.None {
			b.WriteString("!")
		}
	}
	return b.String()
}

// onMethod wraps directive lines in a file where they document a method.
func onMethod(lines string) string {
	return "package p\n\ntype S struct{}\n\n// M does.\n//\n" + lines + "\nfunc (s *S) M() {}\n"
}

func onType(lines string) string {
	return "package p\n\n// S is.\n//\n" + lines + "\ntype S struct{}\n"
}

func TestArguments(t *testing.T) {
	tests := []struct {
		line, want string
		diags      []want
	}{
		{line: "//api:route POST /login", want: "route method=POST path=/login"},
		{line: "//api:route\tGET\t/a/{id}/{rest...}  id=Get  ", want: "route method=GET path=/a/{id}/{rest...} id=Get"},
		{line: "//api:route GET / optional timeout=1m30s maxBytes=64KiB", want: "route method=GET path=/ optional=true timeout=1m30s@1m30s maxBytes=64KiB#65536"},
		{line: "//api:route optional=false GET /x status=200,201", want: "route optional=false method=GET path=/x status=200#200,201#201"},
		{line: `//api:route GET /x jwt="example.com/app/authn".Auth middleware=mw.Limit,Audit,"e.com/x".F`, want: "route method=GET path=/x jwt=[example.com/app/authn]Auth middleware=mw|Limit,Audit,[e.com/x]F"},
		{line: "//api:route GET /x jwt=none scopes=none middleware=none", want: "route method=GET path=/x jwt=none! scopes=none! middleware=none!"},
		{line: "//api:route GET /x scopes=orders:read,a timeout=0s dots=allow nulls=absent unknown=reject", want: "route method=GET path=/x scopes=orders:read,a timeout=0s dots=allow nulls=absent unknown=reject"},
		{line: "//api:route GET /a,b maxBytes=1MB", want: "route method=GET path=/a,b maxBytes=1MB#1000000"},
		{line: "//api:route GET `/back quoted`", want: "route method=GET", diags: []want{{CodePathSyntax, " ", "must not hold"}}},
		{line: "//api:route GET /x tags=\"a b\",c", want: "route method=GET path=/x tags=a b,c"},

		{line: "//api:route GET /x timeut=3s", want: "route method=GET path=/x", diags: []want{{CodeUnknownKey, "timeut", "did you mean timeout?"}}},
		{line: "//api:route GET /x timeOut=3s maxbytes=1", want: "route method=GET path=/x", diags: []want{{CodeUnknownKey, "timeOut", "timeout"}, {CodeUnknownKey, "maxbytes", "maxBytes"}}},
		{line: "//api:route GET /x group=a", want: "route method=GET path=/x", diags: []want{{CodeUnknownKey, "group", "the Go package is the group"}}},
		{line: "//api:route GET /x invalid=422", want: "route method=GET path=/x", diags: []want{{CodeUnknownKey, "invalid", "belongs to api:service"}}},
		{line: "//api:route GET /x timeout=3 maxBytes=5XB jwt=auth", want: "route method=GET path=/x", diags: []want{{CodeBadValue, "3", "needs a unit; write 3s"}, {CodeBadValue, "5XB", "unknown unit XB"}, {CodeSchemeName, "auth", "begins with a capital: Auth"}}},
		{line: "//api:route GET /x id=A id=B", want: "route method=GET path=/x id=A", diags: []want{{CodeDuplicateKey, "id", "given twice"}}},
		{line: "//api:route GET /x optional optional=false", want: "route method=GET path=/x optional=true", diags: []want{{CodeDuplicateKey, "optional", "given twice"}}},
		{line: "//api:route GET /x optional=yes", want: "route method=GET path=/x", diags: []want{{CodeBadValue, "yes", "optional is a flag"}}},
		{line: "//api:route GET /x jwt id= optional", want: "route method=GET path=/x optional=true", diags: []want{{CodeEmptyValue, "jwt", "jwt needs a value: jwt=Auth"}, {CodeEmptyValue, "id=", "no value"}}},
		{line: "//api:route GET /x id=", want: "route method=GET path=/x", diags: []want{{CodeEmptyValue, "id=", "no value"}}},
		{line: "//api:route GET /x id= timeout=1s", want: "route method=GET path=/x timeout=1s@1s", diags: []want{{CodeEmptyValue, "id=", "no value"}}},
		{line: `//api:route GET /x id="" timeout=1s`, want: "route method=GET path=/x timeout=1s@1s", diags: []want{{CodeEmptyValue, `""`, "id is empty"}}},
		{line: "//api:route GET /x jwt = Auth id=A", want: "route method=GET path=/x jwt=Auth id=A", diags: []want{{CodeSpacing, " ", "before the ="}, {CodeSpacing, " ", "behind the ="}}},
		{line: "//api:route GET /x scopes=a, b", want: "route method=GET path=/x scopes=a,b", diags: []want{{CodeSpacing, " ", "behind the ,"}}},
		{line: "//api:route GET /x scopes=a, id=B", want: "route method=GET path=/x scopes=a id=B", diags: []want{{CodeEmptyValue, ",", "behind the comma"}}},
		{line: "//api:route GET /x scopes=a,,b", want: "route method=GET path=/x scopes=a,b", diags: []want{{CodeEmptyValue, ",", "before the comma"}}},
		{line: "//api:route GET /x scopes=a,none", want: "route method=GET path=/x scopes=a,none", diags: []want{{CodeNoneNotAlone, "none", "stands alone"}}},
		{line: "//api:route GET /x scopes=a,a", want: "route method=GET path=/x scopes=a,a", diags: []want{{CodeDuplicateValue, "a", "twice"}}},
		{line: `//api:route GET /x scopes="a b"`, want: "route method=GET path=/x", diags: []want{{CodeBadValue, " ", "separate scopes with commas"}}},
		{line: "//api:route GET /x id=A,B", want: "route method=GET path=/x", diags: []want{{CodeTooManyValues, "B", "one value"}}},
		{line: `//api:route GET /x id="A`, want: "route method=GET path=/x", diags: []want{{CodeBadQuote, `"`, "no closing one"}}},
		{line: `//api:route GET /x tags="a\qb" id=B`, want: "route method=GET path=/x id=B", diags: []want{{CodeBadQuote, `\q`, "no valid Go string"}}},
		{line: `//api:route GET /x tags="a"b`, want: "route method=GET path=/x tags=a", diags: []want{{CodeBadQuote, "b", "right behind"}}},
		{line: `//api:route GET /x tags=a"b c"`, want: `route method=GET path=/x tags=a"b c"`, diags: []want{{CodeBadQuote, `"`, "quote the whole value"}}},
		{line: "//api:route GET /x tags='a b'", want: "route method=GET path=/x", diags: []want{{CodeBadQuote, "'a b'", "back quotes"}}},
		{line: "//api:route GET /x =y", want: "route method=GET path=/x", diags: []want{{CodeUnexpectedArgument, "=y", "without a key"}}},
		{line: "//api:route GET /x // see below", want: "route method=GET path=/x", diags: []want{{CodeCommentInDirective, "// see below", "takes no comment"}}},
		{line: "//api:route GET /x optinal", want: "route method=GET path=/x", diags: []want{{CodeUnexpectedArgument, "optinal", "did you mean optional?"}}},
		{line: "//api:route GET /x /y", want: "route method=GET path=/x", diags: []want{{CodeUnexpectedArgument, "/y", "the form is //api:route POST /login"}}},
		{line: "//api:route method=GET /x", want: "route method=GET path=/x", diags: []want{{CodeUnexpectedArgument, "method", "stands without its name"}}},

		{line: "//api:route path=/x", want: "route", diags: []want{{CodeUnexpectedArgument, "path", "stands without its name"}}},

		{line: "//api:route post /x", want: "route path=/x", diags: []want{{CodeBadMethod, "post", "in capitals: POST"}}},
		{line: "//api:route GTE /x", want: "route path=/x", diags: []want{{CodeBadMethod, "GTE", "did you mean GET?"}}},
		{line: "//api:route TRACE /x", want: "route path=/x", diags: []want{{CodeBadMethod, "TRACE", "cannot be served"}}},
		{line: "//api:route GET,POST /x", want: "route path=/x", diags: []want{{CodeBadMethod, "GET,POST", "one method"}}},
		{line: "//api:route /x", want: "route path=/x", diags: []want{{CodeMissingArgument, "/x", "method is missing"}}},
		{line: "//api:route POST", want: "route method=POST", diags: []want{{CodeMissingArgument, "//api:route POST", "path is missing"}}},
		{line: "//api:route", want: "route", diags: []want{{CodeMissingArgument, "//api:route", "method is missing"}}},
		{line: "//api:route POST login", want: "route method=POST", diags: []want{{CodePathSyntax, "", "begins with /; write /login"}}},
		{line: "//api:route POST example.com/x", want: "route method=POST", diags: []want{{CodePathSyntax, "example.com", "no host; write /x"}}},
		{line: "//api:route GET /a/:id/{x}y", want: "route method=GET", diags: []want{{CodePathSyntax, ":id", "write {id}"}, {CodePathSyntax, "{x}y", "whole segment"}}},
		{line: "//api:route GET /x prefix=/a/", want: "route method=GET path=/x", diags: []want{{CodePrefixSyntax, "/", "must not end with /"}}},
		{line: "//api:route GET /x status=404", want: "route method=GET path=/x", diags: []want{{CodeBadValue, "404", "declared with //api:error 404"}}},
		{line: "//api:route GET /x status=20", want: "route method=GET path=/x", diags: []want{{CodeBadValue, "20", "three digits"}}},
		{line: "//api:route GET /x unknown=rejct", want: "route method=GET path=/x", diags: []want{{CodeBadValue, "rejct", "ignore or reject"}}},
		{line: "//api:route GET /x jwt=example.com/app/authn.Auth", want: "route method=GET path=/x", diags: []want{{CodeBadReference, "example.com/app/authn.Auth", `is quoted: "example.com/app/authn".Auth`}}},
		{line: `//api:route GET /x jwt="authn"`, want: "route method=GET path=/x", diags: []want{{CodeBadReference, `"authn"`, "without quotes"}}},
		{line: `//api:route GET /x jwt="a b".Auth`, want: "route method=GET path=/x", diags: []want{{CodeBadReference, `"a b"`, "no import path"}}},
		{line: "//api:route GET /x middleware=mw.Limit(10)", want: "route method=GET path=/x", diags: []want{{CodeBadReference, "mw.Limit(10)", "that calls mw.Limit(10), and write its name"}}},
		{line: "//api:route GET /x middleware=mw.limit,a.b.C", want: "route method=GET path=/x", diags: []want{{CodeNotExported, "mw.limit", "not exported"}, {CodeBadReference, "a.b.C", "not a.b.C"}}},
		{line: "//api:route GET /x auth=A|B", want: "route method=GET path=/x", diags: []want{{CodeLaterKey, "auth", "not supported yet"}}},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			found := scanSource(t, onMethod(tt.line), tt.diags...)
			if len(found) != 1 {
				t.Fatalf("found %d directives", len(found))
			}
			if got := render(found[0]); got != tt.want {
				t.Errorf("understood %q, want %q", got, tt.want)
			}
			if broken := len(tt.diags) > 0; found[0].Broken != broken {
				t.Errorf("Broken = %v", found[0].Broken)
			}
		})
	}
}

// What Mentions denies, Scan does not see.
func TestMentions(t *testing.T) {
	for src, want := range map[string]bool{
		"package a\n": false,
		"package a\n\n//api:server\ntype T struct{}\n":  true,
		"package a\n\n// API:server\ntype T struct{}\n": true,
		"package a\n\nvar api = 1\n":                    false,
		"package a\n\nvar api = 1 // x\n":               true,
		"package a\n\nvar a, api = 1, 2\n//x\n":         false,
		"package a\n\n/*\napi:server\n*/\n":             true,
		"package a\n\nvar x = 1 //aip:server":           true,
		"//pai:server\r\npackage a\r\n":                 true,
	} {
		if got := Mentions([]byte(src)); got != want {
			t.Errorf("Mentions(%q) = %v", src, got)
		}
	}
}
