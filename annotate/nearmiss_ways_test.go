package annotate

import (
	"fmt"
	"go/format"
	"strings"
	"testing"
)

// missed is a source with one comment that looks like ours and is none, or
// stands where none may: its code, and the text the diagnostic points at. A
// space behind // does not count, because gofmt puts one there.
type missed struct{ name, src, code, text string }

const (
	line   = "//api:route GET /x"
	server = "//api:server"
)

// places where nothing of ours may stand, with what is wrong there.
var misplacedDirectives = []missed{
	{"body", "package p\n\nfunc F() {\n\t" + line + "\n\t_ = 1\n}\n", CodeInBody, line},
	{"end of body", "package p\n\nfunc F() {\n\t_ = 1\n\t" + line + "\n}\n", CodeInBody, line},
	{"body of a method", "package p\n\ntype S struct{}\n\nfunc (S) M() {\n\t" + line + "\n}\n", CodeInBody, line},
	{"function literal", "package p\n\nvar F = func() {\n\t" + line + "\n}\n", CodeInBody, line},
	{"local type", "package p\n\nfunc F() {\n\t" + server + "\n\ttype S struct{}\n}\n", CodeInBody, server},
	{"field of a local type", "package p\n\nfunc F() {\n\ttype S struct {\n\t\t" + server + "\n\t\tA int\n\t}\n}\n", CodeInBody, server},
	{"composite literal in a body", "package p\n\nfunc F() {\n\t_ = []int{\n\t\t" + line + "\n\t\t1,\n\t}\n}\n", CodeInBody, line},
	{"trailing in a body", "package p\n\nfunc F() {\n\t_ = 1 " + line + "\n}\n", CodeInBody, line},

	{"group of types", "package p\n\n" + server + "\ntype (\n\tS struct{}\n)\n", CodeOnGroup, server},
	{"group of constants", "package p\n\n" + server + "\nconst (\n\tA = 1\n)\n", CodeWrongPlace, server},
	{"constant", "package p\n\n" + server + "\nconst A = 1\n", CodeWrongPlace, server},
	{"constant of a group", "package p\n\nconst (\n\t" + server + "\n\tA = 1\n)\n", CodeWrongPlace, server},
	{"variable", "package p\n\n" + line + "\nvar V int\n", CodeWrongPlace, line},
	{"variable of a group", "package p\n\nvar (\n\t" + line + "\n\tV int\n)\n", CodeWrongPlace, line},
	{"import", "package p\n\n" + server + "\nimport \"fmt\"\n", CodeWrongPlace, server},
	{"import of a group", "package p\n\nimport (\n\t" + server + "\n\t\"fmt\"\n)\n", CodeWrongPlace, server},
	{"end of a group", "package p\n\nimport (\n\t\"fmt\"\n\t" + server + "\n)\n", CodeWrongPlace, server},
	{"empty group", "package p\n\ntype (\n\t" + server + "\n)\n", CodeWrongPlace, server},
	{"function", "package p\n\n" + line + "\nfunc F() {}\n", CodeWrongPlace, line},
	{"field", "package p\n\ntype S struct {\n\t" + line + "\n\tA int\n}\n", CodeWrongPlace, line},
	{"field of a nested struct", "package p\n\ntype S struct {\n\tA struct {\n\t\t" + line + "\n\t\tB int\n\t}\n}\n", CodeWrongPlace, line},
	{"embedded field", "package p\n\ntype T int\n\ntype S struct {\n\t" + server + "\n\tT\n}\n", CodeWrongPlace, server},
	{"end of a struct", "package p\n\ntype S struct {\n\tA int\n\n\t" + line + "\n}\n", CodeWrongPlace, line},
	{"empty struct", "package p\n\ntype S struct {\n\t" + line + "\n}\n", CodeWrongPlace, line},
	{"embedded interface", "package p\n\ntype T interface{ M() }\n\ntype S interface {\n\t" + line + "\n\tT\n}\n", CodeWrongPlace, line},
	{"union", "package p\n\ntype S interface {\n\t" + line + "\n\t~int | ~string\n}\n", CodeWrongPlace, line},
	{"end of an interface", "package p\n\ntype S interface {\n\tM()\n\n\t" + line + "\n}\n", CodeWrongPlace, line},
	{"method of a nested interface", "package p\n\ntype S struct {\n\tA interface {\n\t\t" + line + "\n\t\tM()\n\t}\n}\n", CodeWrongPlace, line},
	{"parameter", "package p\n\nfunc F(\n\t" + line + "\n\ta int,\n) {\n}\n", CodeWrongPlace, line},
	{"receiver", "package p\n\ntype S struct{}\n\nfunc (\n\t" + line + "\n\ts S,\n) M() {\n}\n", CodeWrongPlace, line},
	{"type parameter", "package p\n\ntype S[\n\t" + server + "\n\tT any,\n] struct{}\n", CodeWrongPlace, server},
	{"value of a variable", "package p\n\nvar V = []int{\n\t" + line + "\n\t1,\n}\n", CodeWrongPlace, line},
	{"route on a type", "package p\n\n" + line + "\ntype S struct{}\n", CodeWrongPlace, line},
	{"server on a method", "package p\n\ntype S struct{}\n\n" + server + "\nfunc (S) M() {}\n", CodeWrongPlace, server},
	{"service on a type", "package p\n\n//api:service\ntype S struct{}\n", CodeWrongPlace, "//api:service"},
	{"service behind everything", "package p\n\nvar V int\n\n//api:service\n", CodeWrongPlace, "//api:service"},
	{"server on the package", server + "\npackage p\n", CodeWrongPlace, server},
	{"server before the package and a blank line", server + "\n\npackage p\n", CodeWrongPlace, server},
	{"server among build constraints", "//go:build !x\n\n" + server + "\n\npackage p\n", CodeWrongPlace, server},

	{"trailing a type", "package p\n\ntype S struct{} " + server + "\n", CodeTrailing, server},
	{"trailing a method", "package p\n\ntype S struct{}\n\nfunc (S) M() {} " + line + "\n", CodeTrailing, line},
	{"trailing a field", "package p\n\ntype S struct {\n\tA int " + line + "\n}\n", CodeTrailing, line},
	{"trailing a method of an interface", "package p\n\ntype S interface {\n\tM() " + line + "\n}\n", CodeTrailing, line},
	{"trailing a constant", "package p\n\nconst A = 1 " + server + "\n", CodeTrailing, server},
	{"trailing an import", "package p\n\nimport \"fmt\" " + server + "\n", CodeTrailing, server},
	{"trailing the package clause", "package p //api:service\n\nvar V int\n", CodeTrailing, "//api:service"},
	{"trailing a brace", "package p\n\ntype S struct { " + server + "\n\tA int\n}\n", CodeTrailing, server},
	{"trailing a closing brace", "package p\n\ntype S struct {\n\tA int\n} " + server + "\n", CodeTrailing, server},
	{"trailing a group", "package p\n\ntype (\n\tS struct{}\n) " + server + "\n", CodeTrailing, server},
	{"trailing a parenthesis", "package p\n\ntype ( " + server + "\n\tS struct{}\n)\n", CodeTrailing, server},

	{"detached from a type", "package p\n\n" + server + "\n\ntype S struct{}\n", CodeDetached, server},
	{"detached from a doc comment", "package p\n\n" + server + "\n\n// S is.\ntype S struct{}\n", CodeDetached, server},
	{"detached from a method", "package p\n\ntype S struct{}\n\n" + line + "\n\nfunc (S) M() {}\n", CodeDetached, line},
	{"behind the last declaration", "package p\n\ntype S struct{}\n\n" + server + "\n", CodeDetached, server},
	{"in a file without declarations", "package p\n\n" + server + "\n", CodeDetached, server},
	{"detached in a group", "package p\n\ntype (\n\t" + server + "\n\n\tS struct{}\n)\n", CodeDetached, server},
	{"detached in an interface", "package p\n\ntype S interface {\n\t" + line + "\n\n\tM()\n}\n", CodeDetached, line},
}

// forms are comments that are no directives and look like one; each belongs
// above a method. Two are not among them, because what gofmt makes of them has
// another meaning: behind two spaces a line is code in a doc comment, and
// "// api route GET /x" is a sentence.
var forms = []string{
	"// api:route GET /x", "// API:route GET /x", "// Api:Route GET /x", "// api: route GET /x", "// api :route GET /x",
	"//api:Route GET /x", "//api:ROUTE GET /x", "//API:route GET /x", "//api: route GET /x", "//api :route GET /x", "//api：route GET /x", "// api：route GET /x",
	"//apigen:route GET /x", "// apigen:route GET /x", "//apigen:Route GET /x", "//apigen：route GET /x",
	"//@api:route GET /x", "// @api:route GET /x", "// @api.route GET /x", "// @api route GET /x", "// @apiRoute GET /x", "// @api GET /x", "// @api {get} /x",
	"//aip:route GET /x", "//+api:route GET /x", "//!api:route GET /x", "///api:route GET /x", "//api:\u200broute GET /x", "//\u200bapi:route GET /x",
	"//api.route GET /x", "//api-route GET /x", "//api_route GET /x", "//api/route GET /x", "//api;route GET /x", "//apiroute GET /x",
	"/* api:route GET /x */", "/*api:route GET /x*/", "/** api:route GET /x */", "/*api:Route GET /x*/", "/*api：route GET /x*/", "/* @api:route GET /x */",
	"// api:error 404 ErrX", "// api:error 404", "//api:Error 404 ErrX", "/* api:error 404 ErrX */",
}

// ways gives a source as it is written, after gofmt, and both with carriage
// returns.
func ways(t *testing.T, src string) map[string]string {
	t.Helper()
	formatted, err := format.Source([]byte(src))
	if err != nil {
		t.Fatalf("source of the test: %v\n%s", err, src)
	}
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	return map[string]string{"written": src, "gofmt": string(formatted), "CRLF": crlf(src), "gofmt CRLF": crlf(string(formatted))}
}

// glued takes the space behind // away.
func glued(comment string) string {
	if rest, ok := strings.CutPrefix(comment, "//"); ok {
		return "//" + strings.TrimLeft(rest, " ")
	}
	return comment
}

// check asks for exactly one diagnostic, in every way.
func (m missed) check(t *testing.T) {
	t.Helper()
	for way, src := range ways(t, m.src) {
		fset, f := parseSource(t, src)
		found, diags := Scan(fset, f)
		var got []string
		for _, d := range diags {
			got = append(got, fmt.Sprintf("%s %q", d.Code, glued(src[d.Pos.Offset:d.End.Offset])))
		}
		if want := fmt.Sprintf("%s %q", m.code, glued(m.text)); strings.Join(got, "\n") != want || len(found) > 0 {
			t.Errorf("%s, %s: got %v and %d directives, want %s\n%s", m.name, way, got, len(found), want, src)
		}
	}
}

func TestMisplacedEveryWay(t *testing.T) {
	for _, m := range misplacedDirectives {
		m.check(t)
	}
}

func TestFormsEveryWay(t *testing.T) {
	for _, form := range forms {
		for place, src := range map[string]string{
			"alone":         "package p\n\ntype S struct{}\n\n%s\nfunc (S) M() {}\n",
			"below a doc":   "package p\n\ntype S struct{}\n\n// M does.\n//\n%s\nfunc (S) M() {}\n",
			"in a body":     "package p\n\nfunc F() {\n\t%s\n\t_ = 1\n}\n",
			"at the end":    "package p\n\ntype S struct{}\n\n%s\n",
			"detached":      "package p\n\n%s\n\ntype S struct{}\n",
			"on a field":    "package p\n\ntype S struct {\n\t%s\n\tA int\n}\n",
			"on an import":  "package p\n\n%s\nimport \"fmt\"\n",
			"in a group":    "package p\n\nconst (\n\t%s\n\tA = 1\n)\n",
			"of an element": "package p\n\ntype S interface {\n\t%s\n\tM()\n}\n",
			"on a package":  "%s\n\npackage p\n",
			"constrained":   "//go:build !x\n\n%s\n\npackage p\n",
		} {
			missed{form + " " + place, fmt.Sprintf(src, form), CodeNearMiss, form}.check(t)
		}
	}
}

// prose are doc comments as people write them, which speak of directives and
// of other things, and must pass.
var prose = []string{
	"// UserAPI is the api: it serves users.",
	"// NewClient returns a client of the payment API: see https://api.example.com/route.",
	"// Routes are declared with api:route, see the documentation of apigen.",
	"// Server holds what the handlers share. It carries an api:server directive\n// with a prefix, and jwt=Auth.",
	"// The directive\n//\n//\tapi:route POST /login\n//\n// serves a method.",
	"// The directive\n//\n//\t//api:route POST /login\n//\n// serves a method.",
	"// M is not routed: api:route comes when the handler is done.",
	"// M replaces the old endpoint.\n//\n// TODO(ann): add an api:error 404 ErrNotFound line once the store knows\n// missing users.",
	"// M answers what\n// api:error lines\n// declare.",
	"// API errors are mapped in one place. An API error 404 is sent as it is.",
	"// Package api: everything that speaks HTTP.",
	"// API: v1\n// Host: example.com",
	"// api - the public API\n// api.v1 - its first version",
	"// api/server.go holds the server, api/route.go its routes.",
	"// api.Server is the type of the old framework; api.Route(\"GET\", \"/x\") was a call.",
	"// The kube-apiserver is asked for tokens. apiserver flags are\n// documented elsewhere.",
	"// See http://localhost:8080/api:route and mailto:team@api.example.com.",
	"// Deprecated: use the api:route of V2.",
	"// - api:server on the type\n// - api:route on its methods\n// - api:error on either",
	"// M wants `api:route GET /x` above it; \"//api:route\" with a space is none.",
	"// # The api: directives\n//\n// They are comments.",
	"// M has an api:route, which is why\n// api:server stands on S.",
	"// @param id query int true \"api:route\"\n// @Router /x [get]",
	"//go:generate apigen ./...\n// runs api: all of it",
	"//nolint:revive // api: names are stuttering",
	"/*\nM is served; its api:route\nstands below.\n*/",
	"/* M: the api: part */",
}

func TestProseEveryWay(t *testing.T) {
	for _, text := range prose {
		for _, src := range []string{
			"package p\n\ntype S struct{}\n\n" + text + "\nfunc (S) M() {}\n",
			"package p\n\n" + text + "\ntype S struct{}\n",
			text + "\npackage p\n",
			"package p\n\nfunc F() {\n\t" + strings.ReplaceAll(text, "\n", "\n\t") + "\n\t_ = 1\n}\n",
			"package p\n\ntype S struct {\n\t" + strings.ReplaceAll(text, "\n", "\n\t") + "\n\tA int\n}\n",
		} {
			for way, src := range ways(t, src) {
				fset, f := parseSource(t, src)
				if found, diags := Scan(fset, f); len(found)+len(diags) > 0 {
					t.Errorf("%s: %d directives, %v\n%s", way, len(found), diags, src)
				}
			}
		}
	}
}
