package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/token"
	"os"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/annotate"
)

const dir = "/src"

// at is a stretch of a line of a.go.
func at(line, from, to int) (pos, end token.Position) {
	pos = token.Position{Filename: dir + "/a.go", Line: line, Column: from}
	end = token.Position{Filename: dir + "/a.go", Line: line, Column: to}
	return pos, end
}

func mistake(message string, line, from, to int) annotate.Diagnostic {
	d := annotate.Diagnostic{Code: annotate.CodeUnknownKey, Message: message}
	d.Pos, d.End = at(line, from, to)
	return d
}

func printed(t *testing.T, p Printer, source string, diags ...annotate.Diagnostic) string {
	t.Helper()
	p.Dir = dir
	p.ReadFile = func(name string) ([]byte, error) {
		if name != dir+"/a.go" {
			return nil, errors.New("no such file")
		}
		return []byte(source), nil
	}
	var b strings.Builder
	if err := p.Print(&b, diags); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFrames(t *testing.T) {
	tests := []struct {
		name, source string
		d            annotate.Diagnostic
		want         string
	}{
		{"word", "abc def", mistake("m", 1, 5, 8), "    1 | abc def\n      |     ^^^\n"},
		{"carriage return", "abc\r\ndef\r\n", mistake("m", 2, 1, 4), "    2 | def\n      | ^^^\n"},
		{"tabs stay", "\tab\tcd", mistake("m", 1, 5, 7), "    1 | \tab\tcd\n      | \t  \t^^\n"},
		{"wide letters", "日本 x", mistake("m", 1, 8, 9), "    1 | 日本 x\n      |      ^\n"},
		{"wide mark", "a日b", mistake("m", 1, 2, 5), "    1 | a日b\n      |  ^^\n"},
		{"combining", "e\u0301 x", mistake("m", 1, 5, 6), "    1 | e\u0301 x\n      |   ^\n"},
		{"word without an end", "abc def1 ", mistake("m", 1, 5, 5), "    1 | abc def1 \n      |     ^^^^\n"},
		{"nothing", "abc", mistake("m", 1, 4, 4), "    1 | abc\n      |    ^\n"},
		{"to the next line", "abc\ndef", annotate.Diagnostic{Code: "AG103", Message: "m", Pos: token.Position{Filename: dir + "/a.go", Line: 1, Column: 2}, End: token.Position{Filename: dir + "/a.go", Line: 2, Column: 1}}, "    1 | abc\n      |  ^^\n"},
		{"line that is gone", "abc", mistake("m", 7, 1, 2), ""},
		{"column that is gone", "abc", mistake("m", 1, 9, 10), ""},
		{"escape to the terminal", "a\x1b[2Jb c", mistake("m", 1, 8, 9), "    1 | a�[2Jb c\n      |        ^\n"},
		{"direction", "a\u202eb c", mistake("m", 1, 7, 8), "    1 | a�b c\n      |     ^\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := printed(t, Printer{Frames: true}, tt.source, tt.d)
			_, frame, _ := strings.Cut(got, "\n")
			if frame != tt.want {
				t.Errorf("frame is\n%swant\n%s", frame, tt.want)
			}
		})
	}
}

// A long line is cut around the mark, which stays whole.
func TestLongLines(t *testing.T) {
	source := strings.Repeat("x", 400) + "MARK" + strings.Repeat("y", 400)
	got := printed(t, Printer{Frames: true}, source, mistake("m", 1, 401, 405))
	lines := strings.Split(got, "\n")
	if len(lines[1]) > 8+frameWidth+8 || !strings.Contains(lines[1], "MARK…") || strings.Index(lines[2], "^^^^") != 8+strings.Index(strings.ReplaceAll(lines[1][8:], "…", "."), "MARK") {
		t.Errorf("frame is\n%s", got)
	}
	whole := printed(t, Printer{Frames: true}, source, mistake("m", 1, 1, 805))
	if lines := strings.Split(whole, "\n"); strings.Count(lines[2], "^") != frameWidth {
		t.Errorf("frame is\n%s", whole)
	}
}

func TestPrinter(t *testing.T) {
	d := mistake("what\x1b[31m is wrong", 1, 1, 2)
	related, _ := at(2, 1, 1)
	d.Related = []annotate.Related{{Pos: related, Message: "the first"}}
	d.Fixes = []annotate.Fix{{Message: "replace by x"}}
	plain := "a.go:1:1: what�[31m is wrong (AG103)\n\ta.go:2:1: the first\n"
	if got := printed(t, Printer{}, "a\nb", d); got != plain {
		t.Errorf("plain is\n%s", got)
	}
	framed := "a.go:1:1: what�[31m is wrong (AG103)\n    1 | a\n      | ^\n\ta.go:2:1: the first\n    2 | b\n      | ^\n  apigen fix: replace by x\n"
	if got := printed(t, Printer{Frames: true}, "a\nb", d); got != framed {
		t.Errorf("framed is\n%s", got)
	}
	if got := printed(t, Printer{Color: true}, "", d); !strings.HasPrefix(got, "\x1b[1ma.go:1:1\x1b[0m: \x1b[31mwhat�[31m") {
		t.Errorf("coloured is %q", got)
	}
	run := annotate.Diagnostic{Code: "AG802", Message: "nothing matches"}
	capped := "apigen: nothing matches (AG802)\n" + plain + ".: and 2 more mistakes; -max 0 shows all\n"
	if got := printed(t, Printer{Max: 1}, "", run, d, d, d); got != capped {
		t.Errorf("capped is\n%s", got)
	}
}

// A folder inside stands between the files of one, whose cap counts them all.
func TestPrinterCapsFolders(t *testing.T) {
	var diags []annotate.Diagnostic
	for _, name := range []string{"/a/a.go", "/a/b\x1b[2J/b.go", "/a/b\x1b[2J/c.go", "/a/y.go", "/a/z.go"} {
		diags = append(diags, annotate.Diagnostic{Code: "AG103", Message: "m", Pos: token.Position{Filename: dir + name}})
	}
	want := "a/a.go: m (AG103)\na/b�[2J/b.go: m (AG103)\na/b�[2J: and 1 more mistake; -max 0 shows all\na: and 2 more mistakes; -max 0 shows all\n"
	if got := printed(t, Printer{Max: 1}, "", diags...); got != want {
		t.Errorf("capped is\n%s", got)
	}
}

// What has no line may be a folder or a pipe: it is not read.
func TestFramesReadSourceOnly(t *testing.T) {
	p := Printer{Frames: true, ReadFile: func(name string) ([]byte, error) {
		t.Errorf("%s is read", name)
		return nil, nil
	}}
	d := annotate.Diagnostic{Code: annotate.CodeForeignFile, Message: "m", Pos: token.Position{Filename: dir + "/api_gen.go"}}
	if err := p.Print(&strings.Builder{}, []annotate.Diagnostic{d}); err != nil {
		t.Error(err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestPrinterFails(t *testing.T) {
	if err := (Printer{}).Print(failing{}, []annotate.Diagnostic{mistake("m", 1, 1, 2)}); err == nil || err.Error() != "full" {
		t.Errorf("error is %v", err)
	}
}

// Columns of SARIF count code points, and names of files are URIs.
func TestSARIF(t *testing.T) {
	root := t.TempDir()
	d := annotate.Diagnostic{
		Code: annotate.CodeUnknownKey, Message: "m",
		Pos: token.Position{Filename: root + "/a b%.go", Line: 1, Column: 8, Offset: 7},
		End: token.Position{Filename: root + "/a b%.go", Line: 1, Column: 9, Offset: 8},
	}
	d.Fixes = []annotate.Fix{{Message: "write y", Edits: []annotate.Edit{{Pos: d.Pos, End: d.End, New: "y"}}}}
	d.Related = []annotate.Related{{Pos: token.Position{Filename: "/elsewhere/b.go", Line: 2, Column: 1}, Message: "there"}}
	write(t, root+"/a b%.go", "日本 x\n")
	var b bytes.Buffer
	if err := SARIF(&b, root, "v1", []annotate.Diagnostic{d, {Code: "AG802", Message: "nothing"}, d}); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Tool.Driver.Rules) != 2 || len(run.Results) != 3 || run.Results[1].RuleIndex != 1 || run.Results[1].Locations != nil {
		t.Errorf("log is %s", b.String())
	}
	r := run.Results[0]
	if got := r.Locations[0].Physical; got.File.URI != "a%20b%25.go" || got.File.BaseID != "SRCROOT" || got.Region.StartColumn != 4 || got.Region.EndColumn != 5 {
		t.Errorf("location is %+v", got)
	}
	if got := r.Related[0].Physical.File; got.URI != "file:///elsewhere/b.go" || got.BaseID != "" {
		t.Errorf("related location is %+v", got)
	}
	if got := r.Fixes[0].Changes[0].Replacements[0]; got.Deleted.StartColumn != 4 || got.Inserted.Text != "y" {
		t.Errorf("fix is %+v", got)
	}
}

// A name is no scheme, and the folder of the call ends with one slash.
func TestSARIFNames(t *testing.T) {
	s := &sarifWriter{dir: "/"}
	for name, want := range map[string]string{"/a:b.go": "./a:b.go", "/a?b#c.go": "a%3Fb%23c.go"} {
		if got := s.file(name); got.URI != want || got.BaseID != baseID {
			t.Errorf("%s is %+v", name, got)
		}
	}
	var b bytes.Buffer
	if err := SARIF(&b, "/", "v1", nil); err != nil || !strings.Contains(b.String(), `"uri": "file:///"`) {
		t.Errorf("log is %v, %s", err, b.String())
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
