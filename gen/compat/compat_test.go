package compat

import (
	"context"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/model"
)

// at is a place by its line alone.
func at(line int) model.Pos { return model.Pos{File: "api.go", Line: line, Col: 1} }

// sample has a route with parameters, members, nested types and an envelope.
func sample() []*model.Package {
	field := func(name string, in model.In, typ model.TypeID, line int) *model.Field {
		return &model.Field{Name: name, In: in, Type: typ, Pos: at(line)}
	}
	types := []*model.Type{
		{ID: 0, Kind: model.String, Elem: model.NoType},
		{ID: 1, Kind: model.Struct, Elem: model.NoType, Pos: at(10), Fields: []*model.Field{field("name", model.InBody, 0, 11), field("lines", model.InBody, 2, 12)}},
		{ID: 2, Kind: model.Slice, Elem: 3},
		{ID: 3, Kind: model.Pointer, Elem: 4},
		{ID: 4, Kind: model.Struct, Elem: model.NoType, Pos: at(20), Fields: []*model.Field{field("count", model.InBody, 0, 21), field("items", model.InBody, 5, 22)}},
		{ID: 5, Kind: model.Map, Elem: 1},
		{ID: 6, Kind: model.Struct, Elem: model.NoType, Pos: at(30), Fields: []*model.Field{field("data", model.InBody, 3, 31)}},
	}
	create := &model.Route{
		Method: "POST", Path: "/orders/{id}", Pos: at(40),
		Request: &model.Request{
			Type: 1, Members: types[1].Fields,
			Params: []*model.Field{field("id", model.InPath, 0, 13), field("X-Trace", model.InHeader, 0, 14)},
		},
		Response: &model.Response{Type: 3},
	}
	wrapped := &model.Route{
		Method: "PUT", Path: "/all/{rest...}", Pos: at(50),
		Request:  &model.Request{Type: 1, Body: field("Body", model.InBody, 2, 51)},
		Response: &model.Response{Type: 3, Envelope: &model.Envelope{Type: 6}},
	}
	open := &model.Route{Method: "GET", Path: "/", Pos: at(60)}
	return []*model.Package{
		{Types: types},
		{Types: types, Servers: []*model.Server{{Routes: []*model.Route{create, wrapped, open}}}},
	}
}

func TestLocate(t *testing.T) {
	for _, test := range []struct {
		method, path string
		in, name     string
		line         int
	}{
		{"POST", "/orders/{id}", "", "", 40},
		{"POST", "/orders/{other}", "", "", 40},
		{"POST", "/orders/{id}", "path", "id", 13},
		{"POST", "/orders/{id}", "header", "x-trace", 14},
		{"POST", "/orders/{id}", "query", "id", 10}, // gone: the request type
		{"POST", "/orders/{id}", "request", "name", 11},
		{"POST", "/orders/{id}", "request", "gone", 10},
		{"POST", "/orders/{id}", "request", "lines", 12},
		{"POST", "/orders/{id}", "request", "lines/items/count", 21},
		{"POST", "/orders/{id}", "request", "lines/items/items", 22},
		{"POST", "/orders/{id}", "request", "lines/items/items/additionalProperties/name", 11},
		{"POST", "/orders/{id}", "request", "lines/items/gone", 20},
		{"POST", "/orders/{id}", "request", "name/deeper", 11},
		{"POST", "/orders/{id}", "response", "count", 21},
		{"POST", "/orders/{id}", "response", "gone", 20},
		{"PUT", "/all/{rest}", "request", "items/count", 21},
		{"PUT", "/all/{rest}", "response", "data/count", 21},
		{"PUT", "/all/{rest}", "response", "message", 30},
		{"GET", "/", "response", "message", 60},
		{"GET", "/", "request", "message", 60},
		{"DELETE", "/", "", "", 0},
		{"GET", "/none", "", "", 0},
	} {
		f := &found{Method: test.method, Path: test.path}
		if test.in != "" {
			f.Subject = &subject{In: test.in, Name: test.name}
		}
		if pos := locate(sample(), f); pos.Line != test.line {
			t.Errorf("%s %s, %s %s: line %d, want %d", test.method, test.path, test.in, test.name, pos.Line, test.line)
		}
	}
}

func TestOrder(t *testing.T) {
	changes := []Change{
		{Path: "/a", Method: "GET", Level: Compatible},
		{Path: "/b", Method: "GET", Level: Compatible, ID: "1"},
		{Path: "/b", Method: "GET", Level: Breaking, ID: "2"},
		{Path: "/b", Method: "DELETE", Level: Warning},
		{Path: "/c", Method: "GET", Level: Breaking},
	}
	sortChanges(changes)
	var got []string
	for _, c := range changes {
		got = append(got, c.Method+c.Path+" "+string(c.Level))
	}
	want := []string{"GET/b breaking", "GET/b compatible", "GET/c breaking", "DELETE/b warning", "GET/a compatible"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDocuments(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "plain"), []byte("openapi: 3.0.4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for word, want := range map[string]bool{
		"openapi.yaml": true, "a/b.YML": true, "x.json": true, "main:api/openapi": true, "plain": true,
		".": false, "./...": false, "./api": false, "example.com/app": false, "main.go": false, "all": false,
	} {
		if got := IsDocument(dir, word); got != want {
			t.Errorf("%s: %t, want %t", word, got, want)
		}
	}
	d, err := Read(t.Context(), dir, "plain")
	if err != nil || !d.Is30() {
		t.Errorf("got %v, %v", d, err)
	}
	for content, want := range map[string]bool{
		"openapi: \"3.0.3\"": true, "# x\n'openapi': 3.0.0": true, `{"openapi":"3.0.4"}`: true, "{\n\t\"openapi\" : \"3.0.4\"": true,
		"openapi: 3.1.0": false, "x-openapi: 3.0.0": false, "": false,
	} {
		if got := (&Document{content: []byte(content)}).Is30(); got != want {
			t.Errorf("%q: %t, want %t", content, got, want)
		}
	}
	big := filepath.Join(dir, "big.yaml")
	if err := os.WriteFile(big, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, maxBytes+1); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(t.Context(), dir, "big.yaml"); err == nil || !strings.Contains(err.Error(), "more than 32 MiB") {
		t.Errorf("got %v", err)
	}
}

// Of a release the comparer is that of the release, where there is none at hand.
func TestFind(t *testing.T) {
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(goCommand))
	t.Setenv("GOFLAGS", "")
	dir := t.TempDir()
	for version, want := range map[string]string{
		"v1.2.3":                               "go run " + comparer + "@v1.2.3",
		"v1.2.0-rc.1":                          "go run " + comparer + "@v1.2.0-rc.1",
		"(devel)":                              "",
		"v0.0.0-20261126120000-0123456789ab":   "",
		"v1.2.4-0.20261126120000-0123456789ab": "",
		"v1.2.3+dirty":                         "",
	} {
		tool, err := Find(t.Context(), dir, version)
		switch {
		case want == "" && (err == nil || !strings.Contains(err.Error(), "go install "+comparer+"@latest")):
			t.Errorf("%s: got %v, %v", version, tool, err)
		case want != "" && (err != nil || tool.String() != want || !slices.Contains(tool.env, "GOFLAGS=")):
			t.Errorf("%s: got %v, %v", version, tool, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Find(ctx, dir, "v1.2.3"); err == nil {
		t.Error("a cancelled search found something")
	}
}

func TestPositions(t *testing.T) {
	f := &found{}
	file := filepath.Join(t.TempDir(), "openapi.yaml")
	for _, test := range []struct {
		doc  *Document
		at   *place
		want token.Position
	}{
		{&Document{Name: "main:a.yaml"}, &place{Line: 3, Column: 2}, token.Position{Filename: "main:a.yaml", Line: 3, Column: 2}},
		{&Document{Name: "a.yaml", file: file}, &place{Line: 3, Column: 2}, token.Position{Filename: file, Line: 3, Column: 2}},
		{&Document{Name: "a.yaml", file: file, real: file}, &place{File: "parts/x.yaml", Line: 1, Column: 1}, token.Position{Filename: filepath.Join(filepath.Dir(file), "parts", "x.yaml"), Line: 1, Column: 1}},
		{&Document{Name: "a.yaml", file: file}, nil, token.Position{}},
		{&Document{pkgs: sample()}, &place{Line: 9, Column: 9}, token.Position{}},
	} {
		if got := test.doc.position(f, test.at); got != test.want {
			t.Errorf("got %v, want %v", got, test.want)
		}
	}
}
