package annotate

import (
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

// repair applies the first fix of each diagnostic.
func repair(src string, diags []Diagnostic) string {
	var edits []Edit
	for _, d := range diags {
		if len(d.Fixes) > 0 {
			edits = append(edits, d.Fixes[0].Edits...)
		}
	}
	slices.SortFunc(edits, func(a, b Edit) int { return b.Pos.Offset - a.Pos.Offset })
	for _, e := range edits {
		src = src[:e.Pos.Offset] + e.New + src[e.End.Offset:]
	}
	return src
}

func TestFixes(t *testing.T) {
	tests := []struct{ src, want string }{
		{onMethod("//api:rote GET /x"), onMethod("//api:route GET /x")},
		{onMethod("//api:route: GET /x"), onMethod("//api:route GET /x")},
		{onMethod("// api:route GET /x"), onMethod("//api:route GET /x")},
		{onMethod("//api: route GET /x  "), onMethod("//api:route GET /x  ")},
		{onMethod("//api:route gte x timeut=1s jwt = auth"), onMethod("//api:route GET /x timeout=1s jwt=Auth")},
		{onMethod("//api:route GET /:id/*rest scopes=a, b"), onMethod("//api:route GET /{id}/{rest...} scopes=a,b")},
		{onMethod("//api:route GET /x jwt=example.com/x.v2/authn.Auth"), onMethod("//api:route GET /x jwt=\"example.com/x.v2/authn\".Auth")},
		{"package p\n\n//api:server\n\n// S is.\ntype S struct{}\n", "package p\n\n//api:server\n// S is.\ntype S struct{}\n"},
		{"package p\n\n//api:server\n\n\n\ntype S struct{}\n", "package p\n\n//api:server\ntype S struct{}\n"},
		// Not for what the directive does not belong on, or with something between.
		{"package p\n\n//api:server\n\nvar V int\n", "package p\n\n//api:server\n\nvar V int\n"},
		{"package p\n\n//api:server\n\n// Other.\n\ntype S struct{}\n", "package p\n\n//api:server\n\n// Other.\n\ntype S struct{}\n"},
	}
	for _, tt := range tests {
		fset, f := parseSource(t, tt.src)
		_, diags := Scan(fset, f)
		if len(diags) == 0 {
			t.Errorf("%q: nothing reported", tt.src)
		}
		got := repair(tt.src, diags)
		if got != tt.want {
			t.Errorf("repaired to %q, want %q", got, tt.want)
		}
		if got != tt.src {
			scanSource(t, got)
		}
	}
}

// TestCRLF checks that carriage returns neither disturb nor move anything.
func TestCRLF(t *testing.T) {
	src := onMethod("//api:route GET /a/{id} timeut=3s jwt=Auth\n//api:error 404 ErrX\n// api:route GET /b")
	src = strings.ReplaceAll(src, "\n", "\r\n")
	found := scanSource(t, src, want{CodeUnknownKey, "timeut", "timeout"}, want{CodeNearMiss, "// api:route GET /b", ""})
	if len(found) != 2 || render(found[0]) != "route method=GET path=/a/{id} jwt=Auth" {
		t.Errorf("understood %d", len(found))
	}
}

// TestLineDirectives checks that positions are those of the file on disk.
func TestLineDirectives(t *testing.T) {
	src := "package p\n\n//line y.go:100\n//api:nothing\ntype S struct{}\n"
	fset, f := parseSource(t, src)
	_, diags := Scan(fset, f)
	if len(diags) != 1 || diags[0].Pos.Line != 4 || diags[0].Pos.Column != 7 || diags[0].Pos.Filename != "x.go" {
		t.Errorf("got %v", diags)
	}
}

func TestValuePositions(t *testing.T) {
	src := onMethod("//api:route GET \"/\\x61/{id}\"")
	found := scanSource(t, src)
	v := found[0].Arg("path").Value()
	if v.Text != "/a/{id}" {
		t.Fatal(v.Text)
	}
	// The file begins at position 1.
	if at := src[v.At(3)-1:]; !strings.HasPrefix(at, "{id}") {
		t.Errorf("offset 3 is at %q", at)
	}
	if found[0].Arg("jwt").Text() != "" || found[0].Arg("method").Text() != "GET" {
		t.Error("Arg")
	}
}

func TestRelatedPlaces(t *testing.T) {
	src := onMethod("//api:route GET /x id=A id=B")
	fset, f := parseSource(t, src)
	_, diags := Scan(fset, f)
	if len(diags) != 1 || len(diags[0].Related) != 1 {
		t.Fatal(diags)
	}
	if first := diags[0].Related[0].Pos.Offset; !strings.HasPrefix(src[first:], "id=A") || diags[0].Pos.Offset != strings.Index(src, "id=B") {
		t.Error("the places are wrong")
	}
}

func FuzzLexArgs(f *testing.F) {
	for _, s := range []string{
		`POST /x a=b,c "q r".S`, "a = b , c", "k=", `"`, "'x' y='z", "a=,,", "=x", `k="\q"z,`, "// x", "k=\u00a0v", "é=1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words, errs := lexArgs(s, func(name string) bool { return len(name) == 2 })
		inside := func(start, end int) {
			if start < 0 || end < start || end > len(s) {
				t.Fatalf("%q: %d to %d is outside", s, start, end)
			}
		}
		for _, e := range errs {
			inside(e.start, e.end)
		}
		last := 0
		for _, w := range words {
			inside(w.start, w.end)
			if w.start < last {
				t.Fatalf("%q: word at %d overlaps", s, w.start)
			}
			last = w.end
			for _, v := range w.values {
				inside(v.start, v.end)
			}
		}
	})
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{
		"//api:route POST /login timeout=3s", "// api:server", "/*api:route GET /x*/", "//api:error 404 \"a/b\".C\n//api:claims A in=header:X",
		"//api:route GET \"/\\u00e4/{a}b\" prefix=/x/ id=\"", "//api：x", "// @api {get} /", "/*\r\n * api:route GET /x\r\n*/", "//api:service title=\"\\n\"",
	} {
		f.Add(s, "//api:server\r\n// api:problem")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		src := a + "\npackage p\n\n" + b + "\ntype S struct{\n" + a + "\n}\n\n" + b + "\n\n" + a + "\nfunc (S) M() {}\n"
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "x.go", src, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Skip()
		}
		found, diags := Scan(fset, file)
		if !HasDirectives(file) && len(found)+len(diags) > 0 {
			t.Fatal("HasDirectives missed something")
		}
		for _, d := range diags {
			if d.Pos.Offset < 0 || d.End.Offset < d.Pos.Offset || d.End.Offset > len(src) || d.Pos.Line == 0 {
				t.Fatalf("%v to %v is outside", d.Pos, d.End)
			}
			if CodeTitle(d.Code) == "" || strings.ContainsAny(d.Message, "\n\r") {
				t.Fatalf("bad diagnostic %q", d)
			}
		}
		for _, d := range found {
			if d.Pos < file.FileStart || d.End > file.FileEnd || d.Spec == nil || d.Target == TargetNone {
				t.Fatalf("bad directive %+v", d)
			}
		}
	})
}
