package gogen

import (
	"go/format"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/gen/model"
)

func TestRules(t *testing.T) {
	b := newPackage("p")
	str, num := b.kind(model.String), b.kind(model.Int)
	name := b.named("Name", model.Type{Kind: model.String})
	color := b.enum("Color", model.String, "red", "green")
	names := b.slice(name)
	b.p.Types[color].Enum.Open = false
	open := b.enum("Open", model.String, "a", "b")
	b.p.Types[open].Enum.Open = true
	long := oneof(`"monday"`, `"tuesday"`, `"wednesday"`, `"thursday"`, `"friday"`, `"saturday"`, `"sunday"`)
	skip := model.Rule{Name: "omitempty", Of: "runes"}
	for _, tt := range []struct {
		title string
		typ   model.TypeID
		rules []model.Rule
		want  string
	}{
		{"none", str, nil, `read`},
		{"one", num, []model.Rule{rule("max", "value", "9", "D")}, `if read && v.X > 9 { d.Fail("max", "D") }`},
		{"two", num, []model.Rule{rule("min", "value", "1", "D"), rule("max", "value", "9", "E")}, `if read { if v.X < 1 { d.Fail("min", "D") } else if v.X > 9 { d.Fail("max", "E") } }`},
		{"len of a number", num, []model.Rule{rule("len", "value", "3", "D")}, `if read && v.X != 3 { d.Fail("len", "D") }`},
		{"characters once", str, []model.Rule{rule("len", "runes", "3", "D")}, `if read && utf8.RuneCountInString(v.X) != 3 { d.Fail("len", "D") }`},
		{"characters of a named string", name, []model.Rule{rule("max", "runes", "3", "D")}, `if read && utf8.RuneCountInString(string(v.X)) > 3 { d.Fail("max", "D") }`},
		{
			"characters counted once", str,
			[]model.Rule{oneof(`"a"`), rule("min", "runes", "2", "D"), rule("email", "runes", "", "E"), rule("max", "runes", "9", "F")},
			`if read { if v.X != "a" { d.Fail("oneof", "must be one of a") } else if n := utf8.RuneCountInString(v.X); n < 2 { d.Fail("min", "D") } ` +
				`else if !genrt.Email(v.X) { d.Fail("email", "E") } else if n > 9 { d.Fail("max", "F") } }`,
		},
		{"at least one character", str, []model.Rule{rule("min", "runes", "1", "D")}, `if read && v.X == "" { d.Fail("min", "D") }`},
		{"at least none", str, []model.Rule{rule("min", "runes", "0", "D")}, `read`},
		{"no items", names, []model.Rule{rule("len", "items", "0", "D")}, `if read && len(v.X) != 0 { d.Fail("len", "D") }`},
		{"some items", names, []model.Rule{rule("required", "items", "", "D"), rule("max", "items", "2", "E")}, `if read { if len(v.X) == 0 { d.Fail("required", "D") } else if len(v.X) > 2 { d.Fail("max", "E") } }`},
		{"duration", b.kind(model.Duration), []model.Rule{rule("min", "duration", "int64(1500000000)", "D"), rule("max", "duration", "0", "E")}, `if read { if v.X < 1500*time.Millisecond { d.Fail("min", "D") } else if v.X > 0 { d.Fail("max", "E") } }`},
		{"bounds of the kind", b.kind(model.Int8), []model.Rule{rule("min", "value", "-128", "D"), rule("max", "value", "127", "E")}, `read`},
		{"no sign", b.kind(model.Uint64), []model.Rule{rule("min", "value", "0", "D"), rule("max", "value", "18446744073709551615", "E")}, `read`},
		{"numbers of a list", num, []model.Rule{oneof("1", "2")}, `if read && v.X != 1 && v.X != 2 { d.Fail("oneof", "must be one of 1, 2") }`},
		{
			"long list", str,
			[]model.Rule{long},
			`if read && v.X != "monday" && v.X != "tuesday" && v.X != "wednesday" && v.X != "thursday" && v.X != "friday" && v.X != "saturday" && v.X != "sunday" ` +
				`{ d.Fail("oneof", "must be one of monday, tuesday, wednesday, thursday, friday, saturday, sunday") }`,
		},
		{"empty is allowed", str, []model.Rule{skip, rule("email", "runes", "", "D")}, `if read && v.X != "" && !genrt.Email(v.X) { d.Fail("email", "D") }`},
		{
			"empty is allowed, then two", str,
			[]model.Rule{skip, rule("min", "runes", "2", "D"), rule("max", "runes", "4", "E")},
			`if read && v.X != "" { if n := utf8.RuneCountInString(v.X); n < 2 { d.Fail("min", "D") } else if n > 4 { d.Fail("max", "E") } }`,
		},
		{
			"behind another rule", str,
			[]model.Rule{rule("max", "runes", "4", "E"), skip, rule("email", "runes", "", "D")},
			`if read { if utf8.RuneCountInString(v.X) > 4 { d.Fail("max", "E") } else if v.X != "" { if !genrt.Email(v.X) { d.Fail("email", "D") } } }`,
		},
		{"nothing behind it", str, []model.Rule{skip}, `read`},
		{"enum by itself", color, nil, `if read && !knownColor(v.X) { d.Fail("enum", "must be one of red, green") }`},
		{"enum as told", color, []model.Rule{{Name: "enum", Detail: "D"}}, `if read && !knownColor(v.X) { d.Fail("enum", "D") }`},
		{"open enum", open, nil, `read`},
	} {
		g := newGenerator(b.p)
		f := newFile("x.go", g.names)
		f.L("//body")
		f.read(opening{}, "d", x("read"), g.checks(b.p.Type(tt.typ), pointed("v").field([]string{"X"}), tt.rules))
		if g.err != nil {
			t.Errorf("%s: %v", tt.title, g.err)
		}
		if got := oneLine(t, b.p, f); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.title, got, tt.want)
		}
	}
}

// oneLine renders statements with a space for each line break.
func oneLine(t *testing.T, p *model.Package, f *file) string {
	t.Helper()
	out, err := f.render(p)
	if err != nil {
		t.Fatal(err)
	}
	_, body, ok := strings.Cut(string(out), "//body\n")
	if !ok {
		t.Fatalf("no body in %s", out)
	}
	src, err := format.Source([]byte("package p\n\nfunc f() {\n" + body + "}\n"))
	if err != nil {
		t.Fatalf("%v\n%s", err, body)
	}
	body = strings.TrimSuffix(strings.TrimPrefix(string(src), "package p\n\nfunc f() {\n"), "\n}\n")
	return strings.Join(strings.Fields(body), " ")
}
