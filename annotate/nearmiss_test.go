package annotate

import (
	"strings"
	"testing"
)

func TestNearMisses(t *testing.T) {
	// Each comment is reported as a whole; the second column is what the
	// message proposes.
	tests := []struct{ line, instead string }{
		{"// api:route POST /login", "//api:route POST /login"},
		{"//  api:route POST /login", "//api:route POST /login"},
		{"// api:route POST /login timeout=3s", "//api:route POST /login timeout=3s"},
		{"// api:route post /login", "//api:route post /login"},
		{"// api:error 404 ErrNotFound", "//api:error 404 ErrNotFound"},
		{"// api:error 404 store.ErrNotFound code=x", "//api:error 404 store.ErrNotFound code=x"},
		{"// api:Route POST /login", "//api:route POST /login"},
		{"// API:route POST /login", "//api:route POST /login"},
		{"// api: route POST /login", "//api:route POST /login"},
		{"// api :route POST /login", "//api:route POST /login"},
		{"// api：route POST /login", "//api:route POST /login"},
		{"//api：route POST /login", "//api:route POST /login"},
		{"//api:\u200broute POST /login", "//api:route POST /login"},
		{"//\u200bapi:route POST /login", "//api:route POST /login"},
		{"//api:Route POST /login", "//api:route POST /login"},
		{"//api:ROUTE", "//api:route"},
		{"//api: route POST /login", "//api:route POST /login"},
		{"//api :route POST /login", "//api:route POST /login"},
		{"//API:route POST /login", "//api:route POST /login"},
		{"//Api:Route POST /login", "//api:route POST /login"},
		{"//api:Rout POST /login", "//api:route POST /login"},
		{"//apigen:route POST /login", "//api:route POST /login"},
		{"//apigen:Route POST /login", "//api:route POST /login"},
		{"// apigen:route POST /login", "//api:route POST /login"},
		{"//aip:route POST /login", "//api:route POST /login"},
		{"//apiroute POST /login", "//api:route POST /login"},
		{"//api.route POST /login", "//api:route POST /login"},
		{"// api.route POST /login", "//api:route POST /login"},
		{"// api.server prefix=/x", "//api:server prefix=/x"},
		{"// apiroute POST /login", "//api:route POST /login"},
		{"//api-route POST /login", "//api:route POST /login"},
		{"//api_route POST /login", "//api:route POST /login"},
		{"//api/route POST /login", "//api:route POST /login"},
		{"//api;route POST /login", "//api:route POST /login"},
		{"//api route POST /login", "//api:route POST /login"},
		{"///api:route POST /login", "//api:route POST /login"},
		{"//+api:route POST /login", "//api:route POST /login"},
		{"//!api:route POST /login", "//api:route POST /login"},
		{"// @api:route POST /login", "//api:route POST /login"},
		{"//@api:route POST /login", "//api:route POST /login"},
		{"// @api.route POST /login", "//api:route POST /login"},
		{"// @apiRoute POST /login", "//api:route POST /login"},
		{"// @api POST /login", "looks like a directive"},
		{"// @api {post} /login", "looks like a directive"},
		{"// @apiVersion 1.0", "looks like a directive"},
		{"//apigen:frobnicate x", "looks like a directive"},
		{"//api:Frobnicate x", "looks like a directive"},
		{"/*api:route POST /login*/", "//api:route POST /login"},
		{"/* api:route POST /login */", "//api:route POST /login"},
		{"/** api:route POST /login */", "//api:route POST /login"},
		{"/*api:Route*/", "//api:route"},
	}
	for _, tt := range tests {
		t.Run(tt.line, func(t *testing.T) {
			scanSource(t, onMethod(tt.line), want{CodeNearMiss, tt.line, tt.instead})
			scanSource(t, "package p\n\nfunc F() {\n\t"+tt.line+"\n}\n", want{CodeNearMiss, tt.line, tt.instead})
		})
	}
}

func TestNearMissBare(t *testing.T) {
	miss := want{CodeNearMiss, "// api:server", "//api:server"}
	scanSource(t, "package p\n\n// api:server\ntype S struct{}\n", miss)
	scanSource(t, "package p\n\n// S is a server.\n// api:server\ntype S struct{}\n", miss)
	scanSource(t, "package p\n\n// S is a server\n//\n// api:server\ntype S struct{}\n", miss)
	scanSource(t, "package p\n\n// S is a server.\n// api:server\n//api:error 404\ntype S struct{}\n", miss)
	scanSource(t, "package p\n\n// S carries an\n// api:server\ntype S struct{}\n")
	scanSource(t, "package p\n\n// S is.\n// api:server\n// is a directive.\ntype S struct{}\n")
}

func TestNearMissLines(t *testing.T) {
	miss := want{CodeNearMiss, "api:route POST /login", "//api:route POST /login"}
	scanSource(t, "package p\n\n/*\nM does.\n\napi:route POST /login\n*/\nfunc M() {}\n", miss)
	scanSource(t, "package p\n\n/*\n * M does.\n * api:route POST /login\n */\nfunc M() {}\n", miss)
	scanSource(t, strings.ReplaceAll("package p\n\n/*\n * M does.\n * api:route POST /login\n */\nfunc M() {}\n", "\n", "\r\n"), miss)
	scanSource(t, "package p\n\n/* api:route POST /login\n*/\nfunc M() {}\n", miss)
	scanSource(t, "package p\n\n/*\nEvery method has an\napi:route GET /x\nthat is read.\n*/\nfunc M() {}\n")
}

// TestProse holds comments that speak of directives, or of other things, and
// must pass.
func TestProse(t *testing.T) {
	lines := []string{
		"// See api:route for the form of a route.",
		"// Every method needs an api:route POST /login line.",
		"// api:route directives are read by the generator.",
		"// api:route is a directive",
		"// api:route, api:error and api:claims are directives.",
		"// api:server lines merge",
		"// api:error lines come in source order",
		"// api:error 404 lines",
		"// api:server optional keys",
		"// api:server with jwt=Auth",
		"// api:claims types embed auth.Claims",
		"// api:server prefix=/user.",
		"// api: the whole of it",
		"// api: a server",
		"// API: error 404",
		"// API server",
		"// api server",
		"// api error 500",
		"// api route POST /login",
		"// API.route POST /login",
		"// api.route POST /login serves it",
		"// api.server options",
		"// apierror 404",
		"// apiserver prefix=/x",
		"// apigen: the generator",
		"// apigen:route is not what is written",
		"// apigen generates code",
		"//apitest:server",
		"//apifox:route GET /x",
		"//go:generate apigen ./...",
		"// go:generate apigen",
		"// capi:route POST /login",
		"// @Summary api:route POST /login",
		"// @api-team owns this",
		"// mail foo@api.example.com",
		"//	api:route POST /login",
		"//     api:route POST /login",
		"//	//api:route POST /login",
		"// //api:route POST /login",
		"// - api:route POST /login",
		"// `api:route POST /login`",
		"//API:client,",
		"//apis: x",
		"// https://api:8080/route",
		"//nolint:gocritic // api:route is fine here",
		"/* see api:route POST /login */",
		"/* api:route is a directive */",
		"// api",
		"//api",
		"//api:",
		"//",
		"// @api-docs",
		"// map: api:route",
	}
	for _, line := range lines {
		t.Run(line, func(t *testing.T) {
			scanSource(t, onMethod(line))
			scanSource(t, "package p\n\nfunc F() {\n\t"+line+"\n}\n")
		})
	}
	t.Run("wrapped", func(t *testing.T) {
		scanSource(t, "package p\n\n// Every handler carries an\n// api:route POST /login\n// line in its comment.\nfunc F() {}\n")
	})
}
