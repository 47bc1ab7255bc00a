package annotate

import (
	"net/http"
	"slices"
	"strings"
	"testing"
)

func TestParsePath(t *testing.T) {
	tests := []struct {
		path, vars string
		err        string // text it points at, ": " and a part of the message
	}{
		{path: "/"},
		{path: "/a"},
		{path: "/a/"},
		{path: "/a/{id}", vars: "id"},
		{path: "/a/{id}/b/{rest...}", vars: "id rest"},
		{path: "/{größe}/ä", vars: "größe"},
		{path: "/a.b-c_d~e,f;g=h@i+j*k:l!$&'()"},
		{path: "", err: ": empty"},
		{path: "a/b", err: ": begins with /"},
		{path: "https://example.com/a", err: "https://example.com: no host; write /a"},
		{path: "localhost:80/a", err: "localhost:80: no host"},
		{path: "//a", err: "/: empty segment"},
		{path: "/a//b", err: "/: empty segment"},
		{path: "/a//", err: "/: empty segment"},
		{path: "/a/./b", err: ".: clients resolve it"},
		{path: "/..", err: "..: clients resolve it"},
		{path: "/a?b=c", err: "?b=c: no query"},
		{path: "/a#b", err: "#b: no fragment"},
		{path: "/a b", err: " : must not hold"},
		{path: `/a\b`, err: `\: must not hold`},
		{path: "/a%20b", err: "%: written decoded"},
		{path: "/a\xff", err: "\xff: UTF-8"},
		{path: "/:id", err: ":id: write {id}"},
		{path: "/*rest", err: "*rest: write {rest...}"},
		{path: "/a/*", err: "*: write {rest...}"},
		{path: "/<id>", err: "<id>: write {id}"},
		{path: "/{$}", err: "{$}: leave {$} out"},
		{path: "/{$}/a", err: "$: made of letters"},
		{path: "/{}", err: "{}: needs a name"},
		{path: "/{...}", err: "{...}: needs a name"},
		{path: "/{a-b}", err: "a-b: made of letters"},
		{path: "/{1a}", err: "1a: made of letters"},
		{path: "/{id:[0-9]+}", err: "id:[0-9]+: write {id}"},
		{path: "/{id}.json", err: "{id}.json: whole segment"},
		{path: "/x{id}", err: "x{id}: whole segment"},
		{path: "/{a}{b}", err: "{a}{b}: whole segment"},
		{path: "/{id", err: "{: without its counterpart"},
		{path: "/id}", err: "}: without its counterpart"},
		{path: "/}{", err: "}: without its counterpart"},
		{path: "/{id}/{id}", err: "id: twice"},
		{path: "/{rest...}/a", err: "{rest...}: at its end"},
		{path: "/{rest...}/", err: "{rest...}: at its end"},
	}
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			p, errs := ParsePath(tt.path)
			if tt.err == "" {
				if len(errs) > 0 {
					t.Fatalf("unexpected: %v", errs)
				}
				if p.String() != tt.path || strings.Join(p.Vars(), " ") != tt.vars {
					t.Errorf("got %s with %v", p, p.Vars())
				}
				return
			}
			text, message, _ := strings.Cut(tt.err, ": ")
			if i := strings.LastIndex(tt.err, ": "); strings.HasPrefix(text, ":") || i == 0 {
				text, message = tt.err[:i], tt.err[i+2:]
			}
			if len(errs) != 1 || tt.path[errs[0].Offset:errs[0].End] != text || !strings.Contains(errs[0].Message, message) {
				t.Errorf("got %+v, want %s", errs, tt.err)
			}
		})
	}
}

func TestPathFixes(t *testing.T) {
	for path, want := range map[string]string{
		"a/b": "/a/b", "/a//b": "/a/b", "/:id/{$}": "/{id}/", "/*rest": "/{rest...}", "/a/<id>/x": "/a/{id}/x",
	} {
		_, errs := ParsePath(path)
		got := path
		for i := len(errs) - 1; i >= 0; i-- {
			got = got[:errs[i].Offset] + errs[i].Instead + got[errs[i].End:]
		}
		if _, again := ParsePath(got); got != want || len(again) > 0 {
			t.Errorf("%s repaired to %s, want %s", path, got, want)
		}
	}
}

func TestParsePrefix(t *testing.T) {
	for prefix, want := range map[string]string{
		"/a": "", "/a/{id}": "", "/": "leave it out", "/a/": "must not end with /", "/{r...}": "cannot hold {r...}", "a": "begins with /",
	} {
		_, errs := ParsePrefix(prefix)
		switch {
		case want == "" && len(errs) > 0:
			t.Errorf("%s: %v", prefix, errs)
		case want != "" && (len(errs) != 1 || !strings.Contains(errs[0].Message, want)):
			t.Errorf("%s: got %v, want %s", prefix, errs, want)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	for _, s := range []string{"/", "/a/{id}/{rest...}", "/a//b/", "x{", "/{$}", "/}{/:id/*", "http://h/p?q#f", "/\xff%"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, errs := ParsePath(s)
		for _, e := range errs {
			if e.Offset < 0 || e.End < e.Offset || e.End > len(s) {
				t.Fatalf("%q: %+v is outside", s, e)
			}
		}
		if len(errs) > 0 {
			return
		}
		if p.String() != s {
			t.Fatalf("%q renders as %q", s, p)
		}
		// What passes here, net/http takes.
		pattern := "GET " + s
		if p.TrailingSlash {
			pattern += "{$}"
		}
		http.NewServeMux().Handle(pattern, http.NotFoundHandler())
	})
}

// FuzzPrefix joins a prefix and a path: what passes here, net/http takes.
func FuzzPrefix(f *testing.F) {
	for _, s := range [][2]string{{"/v1", "/"}, {"/a/{id}", "/b/{rest...}"}, {"/", "/a"}, {"/a/", "/b/"}, {"/{a}", "/{a}"}, {"a", "/$"}, {"/{$}", "/{r...}"}, {"/{r...}", "/a"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, prefix, path string) {
		pre, errs := ParsePrefix(prefix)
		for _, e := range errs {
			if e.Offset < 0 || e.End < e.Offset || e.End > len(prefix) {
				t.Fatalf("%q: %+v is outside", prefix, e)
			}
		}
		p, pathErrs := ParsePath(path)
		vars := append(pre.Vars(), p.Vars()...)
		slices.Sort(vars)
		if len(errs)+len(pathErrs) > 0 || len(slices.Compact(vars)) < len(pre.Vars())+len(p.Vars()) {
			return
		}
		whole := strings.TrimSuffix(prefix+path, "/")
		switch {
		case whole == "" || p.TrailingSlash:
			whole += "/{$}"
		}
		http.NewServeMux().Handle("GET "+whole, http.NotFoundHandler())
	})
}
