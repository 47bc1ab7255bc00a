package annotate

import (
	"fmt"
	"go/ast"
	"go/token"
	"reflect"
	"strings"
	"testing"
)

// tagOf parses a struct with the literal as its tag.
func tagOf(t testing.TB, literal string) (string, *token.FileSet, *ast.BasicLit) {
	t.Helper()
	src := "package p\n\ntype T struct {\n\tA int " + literal + "\n}\n"
	fset, f := parseSource(t, src)
	spec := f.Decls[0].(*ast.GenDecl).Specs[0].(*ast.TypeSpec)
	return src, fset, spec.Type.(*ast.StructType).Fields.List[0].Tag
}

func TestParseTag(t *testing.T) {
	tests := []struct{ literal, want, errs string }{
		{literal: "`json:\"a,omitempty\" validate:\"min=3\"`", want: "json=a,omitempty validate=min=3"},
		{literal: "``"},
		{literal: "` json:\"\"  `", want: "json="},
		{literal: `"json:\"ä\\t\" q:\"\u00e4b\""`, want: "json=ä\t q=äb"},
		{literal: "`json:\"a\"\n\tq:\"b\"`", want: "json=a q=b"},
		{literal: "`json`", errs: "json|has no value"},
		{literal: "`json:a q:\"b\"`", want: "q=b", errs: "json:a|in double quotes"},
		{literal: "`json: \"a\" q:\"b\"`", want: "json=a q=b", errs: " |space between json: and"},
		{literal: "`json:\"a\"q:\"b\"`", want: "json=a q=b", errs: "|a space separates"},
		{literal: "`json:\"a`", errs: "\"a|no closing quote"},
		{literal: "`json:\"a\\q\" q:\"b\"`", want: "q=b", errs: "\\q|no valid Go string"},
		{literal: "`json:\"a\" json:\"b\"`", want: "json=a", errs: "json|given twice"},
		{literal: "`json:\"a\",q:\"b\"`", want: "json=a ,q=b", errs: "|a space separates"},
		{literal: "`:\"a\" q:\"b\"`", want: "q=b", errs: ":\"a\"|pairs"},
	}
	for _, tt := range tests {
		t.Run(tt.literal, func(t *testing.T) {
			src, fset, lit := tagOf(t, tt.literal)
			tags, errs := ParseTag(lit)
			var got []string
			for _, tag := range tags {
				got = append(got, tag.Key+"="+tag.Value)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			var gotErrs []string
			for _, e := range errs {
				gotErrs = append(gotErrs, src[Position(fset, e.Pos).Offset:Position(fset, e.End).Offset]+"|"+e.Message)
			}
			all := strings.Join(gotErrs, "\n")
			text, message, _ := strings.Cut(tt.errs, "|")
			if (tt.errs == "") != (all == "") || !strings.HasPrefix(all, text+"|") && all != "" || !strings.Contains(all, message) {
				t.Errorf("errors %q, want %q", all, tt.errs)
			}
		})
	}
}

func TestTagPositions(t *testing.T) {
	// at gives, for the tag named key, the source from the byte at offset.
	tests := []struct {
		literal, key string
		offset       int
		want         string
	}{
		{"`json:\"a\" validate:\"min=3,max=5\"`", "validate", 6, "max=5"},
		{"`json:\"a\" validate:\"min=3,max=5\"`", "json", 0, "a\""},
		{"`v:\"\\x41bc\"`", "v", 1, "bc"},
		{"`v:\"\\u00e4bc\"`", "v", 2, "bc"},
		{"`v:\"äbc\"`", "v", 2, "bc"},
		{`"json:\"a\" v:\"xy\""`, "v", 1, `y\"`},
		{`"\u00e4:\"a\" v:\"\\txy\""`, "v", 1, "xy"},
		{"`json:\"a\"\n\tv:\"xy\"`", "v", 1, "y\""},
	}
	for _, tt := range tests {
		for _, crlf := range []bool{false, true} {
			literal := tt.literal
			if crlf {
				literal = strings.ReplaceAll(literal, "\n", "\r\n")
			}
			src, fset, lit := tagOf(t, literal)
			tags, errs := ParseTag(lit)
			if len(errs) > 0 {
				t.Fatalf("%s: %v", literal, errs)
			}
			for _, tag := range tags {
				if tag.Key != tt.key {
					continue
				}
				if got := src[Position(fset, tag.At(tt.offset)).Offset:]; !strings.HasPrefix(got, tt.want) {
					t.Errorf("%q: offset %d of %s is at %q, want %q", literal, tt.offset, tt.key, got, tt.want)
				}
				if key := tag.KeySpan(); src[Position(fset, key.From).Offset:Position(fset, key.To).Offset] != tt.key {
					t.Errorf("%q: the key is not at %v", literal, Position(fset, key.From))
				}
			}
		}
	}
}

func TestTagWords(t *testing.T) {
	_, _, lit := tagOf(t, "`json:\"a,omitempty,string\" q:\"\" r:\",x\"`")
	tags, _ := ParseTag(lit)
	got := fmt.Sprintf("%s %v %v %v %q %v", tags[0].Name(), tags[0].Options(), tags[1].Words(), tags[1].Options(), tags[2].Name(), tags[2].Options())
	if got != `a [{omitempty 2} {string 12}] [] [] "" [{x 1}]` {
		t.Error(got)
	}
}

func FuzzParseTag(f *testing.F) {
	for _, s := range []string{`json:"a" q:"b\n"`, "json", `:""`, `a:"\x4`, "ä:\"\r\n\"", `a:"b"c:"d"`, "a: \"b\""} {
		f.Add(s, true)
		f.Add(s, false)
	}
	f.Fuzz(func(t *testing.T, text string, raw bool) {
		literal := fmt.Sprintf("%q", text)
		if raw {
			literal = "`" + strings.NewReplacer("`", "", "\r", "").Replace(text) + "`"
		}
		lit := &ast.BasicLit{ValuePos: 1, ValueEnd: token.Pos(1 + len(literal)), Kind: token.STRING, Value: literal}
		tags, errs := ParseTag(lit)
		inside := func(from, to token.Pos) {
			if from < lit.Pos() || to < from || to > lit.End() {
				t.Fatalf("%s: %d to %d is outside", literal, from, to)
			}
		}
		for _, e := range errs {
			inside(e.Pos, e.End)
		}
		for _, tag := range tags {
			inside(tag.Pos, tag.End)
			for i := range len(tag.Value) + 1 {
				inside(tag.At(i), tag.At(i))
			}
			// Without mistakes reflect sees the same.
			if decoded := strings.Trim(literal, "`"); raw && len(errs) == 0 && !strings.Contains(decoded, "\n") && !strings.Contains(decoded, "\t") {
				if got, ok := reflect.StructTag(decoded).Lookup(tag.Key); !ok || got != tag.Value {
					t.Fatalf("%s: %s is %q, reflect says %q, %v", literal, tag.Key, tag.Value, got, ok)
				}
			}
		}
	})
}
