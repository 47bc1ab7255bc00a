package annotate

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestDiagnosticText(t *testing.T) {
	at := func(file string, line int) token.Position {
		return token.Position{Filename: file, Line: line, Column: 2}
	}
	d := Diagnostic{Code: CodeDuplicateKey, Pos: at("/m/a.go", 3), Message: "no", Related: []Related{{at("/m/b.go", 1), "first"}, {at("/other/c.go", 1), "second"}}}
	if got := d.Relative("/m").String(); got != "a.go:3:2: no (AG104)\n\tb.go:1:2: first\n\t/other/c.go:1:2: second" {
		t.Error(got)
	}
	if d.Related[0].Pos.Filename != "/m/b.go" {
		t.Error("Relative changed the original")
	}
	sorted := Sort([]Diagnostic{
		{Code: "AG102", Pos: at("b", 1)},
		{Code: "AG102", Pos: at("a", 10)},
		{Code: "AG102", Pos: at("a", 9)},
		{Code: "AG101", Pos: at("a", 9), Message: "y"},
		{Code: "AG101", Pos: at("a", 9), Message: "x"},
		{Code: "AG102", Pos: at("b", 1)},
	})
	var got []string
	for _, d := range sorted {
		got = append(got, d.Pos.Filename+strconv.Itoa(d.Pos.Line)+d.Code+d.Message)
	}
	if strings.Join(got, " ") != "a9AG101x a9AG101y a9AG102 a10AG102 b1AG102" {
		t.Error(got)
	}
}

// TestCodes checks that each constant stands in the table under a number of
// its own, and the other way round.
func TestCodes(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var constants []string
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			code, err := strconv.Unquote(lit.Value)
			if err != nil || len(code) != 5 || code[:2] != "AG" {
				t.Errorf("odd code %s", lit.Value)
			}
			constants = append(constants, code)
		}
		return true
	})
	var listed []string
	for _, c := range Codes {
		if c.Title == "" || CodeTitle(c.Code) != c.Title {
			t.Errorf("%s has no title of its own", c.Code)
		}
		listed = append(listed, c.Code)
	}
	if !slices.IsSorted(listed) || len(slices.Compact(slices.Clone(listed))) != len(listed) {
		t.Error("the table is not sorted or holds a number twice")
	}
	slices.Sort(constants)
	if !slices.Equal(constants, listed) {
		t.Errorf("constants %v\nand table %v differ", constants, listed)
	}
}

func TestSchema(t *testing.T) {
	for i := range Schema {
		s := &Schema[i]
		seen := map[string]bool{}
		for _, k := range slices.Concat(s.Positional, s.Keys) {
			if seen[k.Name] {
				t.Errorf("api:%s has %s twice", s.Name, k.Name)
			}
			seen[k.Name] = true
			if k.Doc == "" || !strings.HasSuffix(k.Doc, ".") || k.Type != Flag && k.Sample == "" {
				t.Errorf("%s of api:%s has no documentation or sample", k.Name, s.Name)
			}
			if k.Type == Enum && len(k.Values) == 0 || k.Type == Status && k.Min == 0 {
				t.Errorf("%s of api:%s allows no value", k.Name, s.Name)
			}
		}
		if s.Doc == "" || s.On == "" || len(s.Targets) == 0 {
			t.Errorf("api:%s has no documentation", s.Name)
		}
		if s.Later {
			continue
		}
		// The samples of the table are themselves correct.
		line := "//api:" + s.Name + " " + s.Sample
		for k := range s.Keys {
			if key := &s.Keys[k]; !key.Later && !strings.Contains(s.Sample, key.Name+"=") {
				sample, _, _ := strings.Cut(keySample(key), "|")
				line += " " + sample
			}
		}
		switch {
		case s.takes(TargetPackage):
			scanSource(t, line+"\npackage p\n")
		case s.Name == "error":
			scanSource(t, onMethod("//api:route GET /x\n"+line))
		case s.takes(TargetMethod):
			scanSource(t, onMethod(line))
		default:
			scanSource(t, onType(line))
		}
	}
	if Lookup("nothing") != nil || LookupTag("json") == nil || LookupTag("nothing") != nil {
		t.Error("Lookup or LookupTag")
	}
}
