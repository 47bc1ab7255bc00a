package annotate

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// verdict is what one value of a key must come to: nothing reported, or a code
// at the given part of the source.
type verdict struct{ value, code, at string }

func accepted(values ...string) []verdict {
	var out []verdict
	for _, v := range values {
		out = append(out, verdict{value: v})
	}
	return out
}

func refused(code string, values ...string) []verdict {
	var out []verdict
	for _, v := range values {
		out = append(out, verdict{v, code, v})
	}
	return out
}

// verdicts say of each form of value what is taken and what is not. A form
// without them fails the test.
var verdicts = map[KeyType][]verdict{
	String:    slices.Concat(accepted("x", `"a b, c"`, "`a\"b`", "\"\\u00e4\"", "a=b"), []verdict{{`"a\nb"`, CodeBadValue, `\n`}, {`"a\x00"`, CodeBadValue, `\x00`}, {`"\xff"`, CodeBadValue, `\xff`}}, badlyQuoted),
	Word:      slices.Concat(accepted("x", "1.2.0", `"quoted"`), []verdict{{`"a b"`, CodeBadValue, " "}, {`"a\tb"`, CodeBadValue, `\t`}}, badlyQuoted),
	Ident:     slices.Concat(accepted("A", "a1", "_a", "ä"), refused(CodeBadValue, "1a", "a-b", "_", "func", `"a b"`), badlyQuoted),
	Exported:  slices.Concat(accepted("A", "Äb"), refused(CodeBadValue, "a", "1a", "A-b", "_", "A.B"), badlyQuoted),
	Enum:      slices.Concat(refused(CodeBadValue, "frobnicate", "none", "OPEN", `"open "`), badlyQuoted),
	Status:    slices.Concat(refused(CodeBadValue, "20", "2000", "x", "099", "2e2", "+20", "600", "none", "-20"), badlyQuoted),
	Bytes:     slices.Concat(accepted("1", "64KiB", "1MB", "9223372036854775807"), refused(CodeBadValue, "0", "-1", "KiB", "1XB", "1.5MiB", "9223372036854775808", "none", "1k"), badlyQuoted),
	Duration:  slices.Concat(accepted("3s", "1m30s", "0s", "1.5h"), refused(CodeBadValue, "3", "-3s", "soon", "3d", "none"), badlyQuoted),
	Method:    slices.Concat(accepted(methods...), refused(CodeBadMethod, "get", "GTE", "CONNECT", "TRACE", "GET|POST", "PURGE"), badlyQuoted),
	Path:      slices.Concat(accepted("/", "/a", "/a/", "/{id}", "/a/{rest...}", `"/\u00e4"`), []verdict{{"a", CodePathSyntax, ""}, {"/a//b", CodePathSyntax, "/"}, {"/:id", CodePathSyntax, ":id"}, {"/{a}b", CodePathSyntax, "{a}b"}, {"/{a}/{a}", CodePathSyntax, "a"}, {"/a/..", CodePathSyntax, ".."}, {"/%20", CodePathSyntax, "%"}, {"/a?b", CodePathSyntax, "?b"}, {"/{$}", CodePathSyntax, "{$}"}, {"/{r...}/a", CodePathSyntax, "{r...}"}, {"/{", CodePathSyntax, "{"}}, badlyQuoted),
	Prefix:    slices.Concat(accepted("/a", "/a/{id}"), []verdict{{"a", CodePrefixSyntax, ""}, {"/", CodePrefixSyntax, "/"}, {"/a/", CodePrefixSyntax, "/"}, {"/{r...}", CodePrefixSyntax, "{r...}"}, {"/:id", CodePrefixSyntax, ":id"}}, badlyQuoted),
	SchemeRef: slices.Concat(accepted("Auth", "pkg.Auth", `"a.org/b".Auth`), refused(CodeSchemeName, "auth"), foreignNames, badlyQuoted),
	ErrorRef:  slices.Concat(accepted("ErrX", "errX", "pkg.ErrX", `"a.org/b".ErrX`), foreignNames, badlyQuoted),
	FuncRef:   slices.Concat(accepted("F", "f", "pkg.F", `"a.org/b".F`), foreignNames, badlyQuoted),
	Scope:     slices.Concat(accepted("a", "orders:read", "!"), []verdict{{"ä", CodeBadValue, "\xc3"}, {`"a b"`, CodeBadValue, " "}, {`"a\\b"`, CodeBadValue, `\\`}}, badlyQuoted),
	Place:     slices.Concat(accepted("Authorization:Bearer", "Authorization:Token", "header:X-Token"), []verdict{{"Bearer", CodeBadPlace, "Bearer"}, {"authorization:X", CodeBadPlace, "authorization"}, {"Header:X", CodeBadPlace, "Header"}, {"body:X", CodeBadPlace, "body"}, {"header:", CodeBadPlace, ":"}, {"header:a/b", CodeBadPlace, "a/b"}, {"header:authorization", CodeBadPlace, "authorization"}, {"header:Cookie", CodeBadPlace, "Cookie"}, {"header:host", CodeBadPlace, "host"}}, badlyQuoted),
	Document:  slices.Concat(accepted("api.yaml", "api.yml", "x.json"), refused(CodeBadValue, "api", ".yaml", "a/api.yaml", "../api.yaml", "api.md", "api.go", `"a\\api.yaml"`, "a:b.yaml"), []verdict{{`"a b.yaml"`, CodeBadValue, " "}}, badlyQuoted),
	URL:       slices.Concat(accepted("https://a.example", "http://localhost:8080/v1", "/", "/v1"), refused(CodeBadValue, "a.example", "ftp://a.example", "https://u:p@a.example", "https://a.example?x", "https://a.example#x", "https:", "mailto:a@b.example"), badlyQuoted),
	Contact:   slices.Concat(accepted("a@b.example", "https://a.example/help"), refused(CodeBadValue, "nobody", "mailto:a@b.example", `"A <a@b.example>"`, "https://u:p@a.example"), badlyQuoted),
	Flag:      nil, // has no values, see flagCells
}

// badlyQuoted are wrong for every value.
var badlyQuoted = []verdict{
	{`""`, CodeEmptyValue, `""`},
	{`"a`, CodeBadQuote, `"`},
	{"`a", CodeBadQuote, "`"},
	{`"\q"`, CodeBadQuote, `\q`},
}

// foreignNames are wrong for every name of another declaration.
var foreignNames = slices.Concat(
	refused(CodeNotExported, "pkg.a"),
	refused(CodeBadReference, "a-b", "F()", "a.b.C", "a.org/b.C", `"a.org/b"`, `"F"`, "1", "_", ".A"),
	[]verdict{{"*A", CodeBadReference, "*A"}, {`"a b".C`, CodeBadReference, `"a b"`}, {`"../a".C`, CodeBadReference, `"../a"`}},
)

// checkCell checks the line on the first target that the directive takes. The
// diagnostic, if any, must enclose exactly at, and at must be in the line
// behind from.
func checkCell(t *testing.T, spec *Spec, line, code, at, from string) {
	t.Helper()
	src := onTarget(spec.Targets[0], line, spec)
	fset, f := parseSource(t, src)
	_, diags := Scan(fset, f)
	if code == "" {
		if len(diags) > 0 {
			t.Errorf("%s: got %v", line, diags)
		}
		return
	}
	start := strings.Index(src, line) + strings.Index(line, from)
	for _, d := range diags {
		if d.Code == code && d.Pos.Offset >= start && src[d.Pos.Offset:d.End.Offset] == at {
			if d.Message == "" || len(diags) > 1 {
				t.Errorf("%s: %d diagnostics for one mistake: %v", line, len(diags), diags)
			}
			return
		}
	}
	t.Errorf("%s: got %v, want %s at %q behind %q", line, diags, code, at, from)
}

// onTarget is a source with line in the comment of a target. An api:error gets
// the directive it needs beside it.
func onTarget(target Target, line string, spec *Spec) string {
	switch target {
	case TargetPackage:
		return line + "\npackage p\n"
	case TargetType:
		if spec.Name == "error" {
			line = "//api:server\n" + line
		}
		return "package p\n\n" + line + "\ntype S struct{}\n"
	default:
		if spec.Name == "error" {
			line = "//api:route GET /\n" + line
		}
		return "package p\n\ntype S struct{}\n\n" + line + "\nfunc (S) M() {}\n"
	}
}

// positionals are the samples of the first n positional arguments.
func positionals(spec *Spec, n int) string {
	line := "//api:" + spec.Name
	for i := range n {
		line += " " + spec.Positional[i].Sample
	}
	return line
}

// valuesOf are the verdicts of a key: those of its form, and those of its own
// words and bounds.
func valuesOf(t *testing.T, key *Key) []verdict {
	t.Helper()
	form, ok := verdicts[key.Type]
	if !ok {
		t.Fatalf("%s: no verdicts for values of its form", key.Name)
	}
	all := slices.Clone(form)
	all = append(all, accepted(key.Sample)...)
	all = append(all, accepted(key.Values...)...)
	if key.Type == Status {
		all = append(all, accepted(fmt.Sprint(key.Min), fmt.Sprint(key.Max))...)
		all = append(all, refused(CodeBadValue, fmt.Sprint(key.Min-1), fmt.Sprint(key.Max+1))...)
	}
	return slices.DeleteFunc(all, func(v verdict) bool { return v.value == key.Sample && v.code != "" || key.None && v.value == "none" })
}

// TestSchemaCells goes over every cell of the table of directives.
func TestSchemaCells(t *testing.T) {
	for i := range Schema {
		spec := &Schema[i]
		t.Run(spec.Name, func(t *testing.T) {
			targetCells(t, spec)
			if spec.Later {
				return
			}
			for p := range spec.Positional {
				positionalCells(t, spec, p)
			}
			full := positionals(spec, len(spec.Positional))
			checkCell(t, spec, strings.TrimSpace("//api:"+spec.Name+" "+spec.Sample), "", "", "")
			checkCell(t, spec, full+" frobnicate", CodeUnexpectedArgument, "frobnicate", " frobnicate")
			checkCell(t, spec, full+" frobnicate=1", CodeUnknownKey, "frobnicate", " frobnicate")
			checkCell(t, spec, full+" // x", CodeCommentInDirective, "// x", " // x")
			if n := len(spec.Positional); n == 0 || keyLen(spec.Positional[n-1].Sample) == 0 { // a name would be a key
				checkCell(t, spec, full+" =x", CodeUnexpectedArgument, "=x", " =x")
			}
			for k := range spec.Keys {
				keyCells(t, spec, &spec.Keys[k], full)
			}
		})
	}
}

// targetCells checks where a directive may stand.
func targetCells(t *testing.T, spec *Spec) {
	t.Helper()
	line := strings.TrimSpace("//api:" + spec.Name + " " + spec.Sample)
	if len(spec.Targets) == 0 || spec.On == "" || spec.Doc == "" {
		t.Fatal("the row is not complete")
	}
	for _, target := range []Target{TargetPackage, TargetType, TargetMethod} {
		src := onTarget(target, line, spec)
		if spec.Name == "error" && target == TargetPackage {
			src = line + "\npackage p\n"
		}
		switch {
		case spec.Later:
			scanSource(t, src, want{CodeLaterDirective, line, "not supported yet"})
		case spec.takes(target):
			scanSource(t, src)
		default:
			scanSource(t, src, want{CodeWrongPlace, line, spec.On})
		}
	}
	if !spec.Later {
		repeatCells(t, spec, line)
	}
}

// repeatCells checks two lines of a directive on one declaration.
func repeatCells(t *testing.T, spec *Spec, line string) {
	t.Helper()
	twice := onTarget(spec.Targets[0], line+"\n"+line, spec)
	switch {
	case spec.Name == "route":
		scanSource(t, twice, want{CodeRouteNeedsID, line, "id="})
		scanSource(t, onTarget(TargetMethod, line+"\n"+line+" id=B", spec))
	case spec.Merge:
		for i := range spec.Keys {
			key := &spec.Keys[i]
			if key.Later {
				continue
			}
			given := "//api:" + spec.Name + " " + argument(key)
			both := onTarget(spec.Targets[0], given+"\n"+given, spec)
			if key.Merge == MergeAdd {
				scanSource(t, both)
				scanSource(t, onTarget(spec.Targets[0], given+"\n//api:"+spec.Name+" "+key.Name+"=none", spec), want{CodeNoneNotAlone, key.Name + "=none", ""})
				continue
			}
			scanSource(t, both, want{CodeDuplicateKey, argument(key), "twice"})
		}
	case spec.Repeatable:
		scanSource(t, twice)
	default:
		scanSource(t, twice, want{CodeDuplicateDirective, line, "twice"})
	}
}

// argument writes a key as it fits.
func argument(key *Key) string {
	if key.Type == Flag {
		return key.Name
	}
	return key.Name + "=" + key.Sample
}

func positionalCells(t *testing.T, spec *Spec, p int) {
	t.Helper()
	key := &spec.Positional[p]
	before := positionals(spec, p)
	rest := strings.TrimPrefix(positionals(spec, len(spec.Positional)), positionals(spec, p+1))
	if key.Optional {
		checkCell(t, spec, before, "", "", "")
	} else {
		checkCell(t, spec, before, CodeMissingArgument, before, "")
	}
	for _, v := range valuesOf(t, key) {
		if key.Type == Status && v.code == CodeBadValue && startsName(v.value) {
			v.code = CodeMissingArgument // it may be the error
		}
		checkCell(t, spec, before+" "+v.value+rest, v.code, v.at, " "+v.value)
	}
	checkCell(t, spec, before+" "+key.Name+"="+key.Sample+rest, CodeUnexpectedArgument, key.Name, " "+key.Name)
}

func keyCells(t *testing.T, spec *Spec, key *Key, full string) {
	t.Helper()
	line := full + " " + key.Name
	name := " " + key.Name
	if key.Doc == "" || key.Sample == "" && key.Type != Flag {
		t.Errorf("%s: the row is not complete", key.Name)
	}
	if key.Later {
		checkCell(t, spec, line, CodeLaterKey, key.Name, name)
		checkCell(t, spec, line+"="+key.Sample, CodeLaterKey, key.Name, name)
		return
	}
	checkCell(t, spec, full+" "+strings.ToUpper(key.Name)+"="+sample(key), CodeUnknownKey, strings.ToUpper(key.Name), strings.ToUpper(name))
	checkCell(t, spec, line+"=", CodeEmptyValue, key.Name+"=", name)
	checkCell(t, spec, line+" ="+sample(key), CodeSpacing, " ", key.Name+" =")
	checkCell(t, spec, full+" "+argument(key)+" "+argument(key), CodeDuplicateKey, key.Name, argument(key)+" "+argument(key))
	if key.Type == Flag {
		flagCells(t, spec, key, line)
		return
	}
	checkCell(t, spec, line, CodeEmptyValue, key.Name, name)
	for _, v := range valuesOf(t, key) {
		checkCell(t, spec, line+"="+v.value, v.code, v.at, "="+v.value)
	}
	listCells(t, spec, key, line)
}

func sample(key *Key) string {
	if key.Type == Flag {
		return "true"
	}
	return key.Sample
}

func flagCells(t *testing.T, spec *Spec, key *Key, line string) {
	t.Helper()
	checkCell(t, spec, line, "", "", "")
	checkCell(t, spec, line+"=true", "", "", "")
	checkCell(t, spec, line+"=false", "", "", "")
	checkCell(t, spec, line+"=yes", CodeBadValue, "yes", "=yes")
	checkCell(t, spec, line+`=""`, CodeBadValue, `""`, `=""`)
	checkCell(t, spec, line+"=true,false", CodeTooManyValues, "false", ",false")
	if key.List || key.None {
		t.Errorf("%s: a flag has no values", key.Name)
	}
}

// listCells checks several values, none, and a value given twice.
func listCells(t *testing.T, spec *Spec, key *Key, line string) {
	t.Helper()
	first := strings.Split(key.Sample, ",")[0]
	second := otherValue(t, key, first)
	both := line + "=" + first + "," + second
	switch {
	case !key.List:
		checkCell(t, spec, both, CodeTooManyValues, second, ","+second)
	default:
		checkCell(t, spec, both, "", "", "")
		checkCell(t, spec, line+"="+first+", "+second, CodeSpacing, " ", ", "+second)
		checkCell(t, spec, line+"="+first+",,"+second, CodeEmptyValue, ",", ",,"+second)
		checkCell(t, spec, line+"="+first+",", CodeEmptyValue, ",", first+",")
		if key.Unique {
			checkCell(t, spec, line+"="+first+","+first, CodeDuplicateValue, first, ","+first)
		} else {
			checkCell(t, spec, line+"="+first+","+first, "", "", "")
		}
	}
	if key.None {
		checkCell(t, spec, line+"=none", "", "", "")
		if key.List {
			checkCell(t, spec, line+"="+first+",none", CodeNoneNotAlone, "none", ",none")
			checkCell(t, spec, line+"=none,"+first, CodeNoneNotAlone, "none", "=none")
		}
	}
}

// otherValue is a value that fits and differs from first.
func otherValue(t *testing.T, key *Key, first string) string {
	t.Helper()
	for _, v := range valuesOf(t, key) {
		if v.code == "" && v.value != first && v.value != key.Sample {
			return v.value
		}
	}
	return first // an enum of one word
}
