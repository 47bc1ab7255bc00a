package gen

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/fix"
)

// scanned is what annotate says of a source, nil and false when it does not
// parse.
func scanned(src string) (found []*annotate.Directive, diags []annotate.Diagnostic, ok bool) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "a.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, false
	}
	found, diags = annotate.Scan(fset, f)
	return found, diags, true
}

// FuzzDirectiveLine takes any comment in the places where a directive may
// stand, and where none may: what is said of it lies in the file, and fixes end
// after a few rounds in a file that parses and in which they are no more asked
// for.
func FuzzDirectiveLine(f *testing.F) {
	for _, line := range []string{
		"//api:route GET /x", "//api:route gte x timeut=1s jwt = auth", "//api:route GET /:id/*rest scopes=a, b", "//api:server prefix=/a/ optinal jwt=a.b/c.D",
		"// api:route GET /x", "//api:Route: POST a", "/* api:error 404 ErrX */", "//api:error ErrX 404", "//api:claims auth in=Header:X,authorization:Y",
		"//api:enum opne", "//api:service title=\"a\nversion='1'", "//api：route GET http://h/x", "//apigen:server middleware=*F,mw.G()", "//api:route \"\\u0047ET\" `/a//b/`",
		"//api:route GET /x jwt=\"Auth\" id=\"1\" maxBytes=1mib nulls=absnt", "// @api GET /x", "//api.route GET /x",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.Contains(line, "a.go") {
			t.Skip()
		}
		for _, src := range []string{
			line + "\npackage app\n",
			"package app\n\n" + line + "\ntype S struct{}\n",
			"package app\n\n" + line + "\n\ntype S struct{}\n",
			"package app\r\n\r\ntype S struct{}\r\n\r\n// M does.\r\n" + line + "\r\nfunc (S) M() {\r\n\t" + line + "\r\n}\r\n",
			"package app\n\ntype S interface {\n\t" + line + "\n\tM() " + line + "\n}\n",
		} {
			checkRounds(t, src)
		}
	})
}

func checkRounds(t *testing.T, src string) {
	t.Helper()
	found, diags, ok := scanned(src)
	if !ok {
		return
	}
	for _, d := range found {
		for i := range d.Args {
			a := &d.Args[i]
			if a.Pos < d.Pos || a.End > d.End || a.End < a.Pos {
				t.Fatalf("argument %d lies outside of its directive", i)
			}
			for _, v := range a.Values {
				if v.Pos < a.Pos || v.End > a.End || v.End < v.Pos {
					t.Fatalf("a value of argument %d lies outside of it", i)
				}
				for k := range len(v.Text) + 1 {
					if at := v.At(k); v.Pkg == "" && v.Qual == "" && (at < v.Pos || at > v.End) {
						t.Fatalf("byte %d of %q lies outside of the value", k, v.Text)
					}
				}
			}
		}
	}
	m := inMemory{"a.go": src}
	for _, d := range diags {
		for _, at := range []*token.Position{&d.Pos, &d.End} {
			if at.Offset < 0 || at.Offset > len(src) || m.offset(*at) != at.Offset {
				t.Fatalf("%v: %+v is not in the file", d, *at)
			}
		}
		if d.End.Offset < d.Pos.Offset || strings.ContainsAny(d.Message, "\n\r\x00") {
			t.Fatalf("bad diagnostic %q to %v", d.String(), d.End)
		}
	}
	for round := 0; ; round++ {
		changed, err := fix.Apply(diags, func(string) ([]byte, error) { return []byte(src), nil })
		if err != nil {
			t.Fatal(err)
		}
		if len(changed) == 0 {
			return
		}
		if round > 8 {
			t.Fatalf("fixes come to no end:\n%s\n%v", src, diags)
		}
		src = string(changed[0].New)
		_, left, ok := scanned(src)
		if !ok {
			t.Fatalf("the fixes broke the file:\n%s\n%v", src, diags)
		}
		for _, d := range changed[0].Fixed {
			if stillSaid(left, d, moved(changed[0], d.Pos.Offset)) {
				t.Fatalf("not repaired: %v\n%s", d, src)
			}
		}
		diags = left
	}
}
