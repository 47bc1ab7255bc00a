package fix

import (
	"errors"
	"go/token"
	"testing"

	"github.com/apigen-go/apigen/annotate"
)

func edit(name string, from, to int, text string) annotate.Edit {
	return annotate.Edit{
		Pos: token.Position{Filename: name, Offset: from, Line: 1, Column: from + 1},
		End: token.Position{Filename: name, Offset: to, Line: 1, Column: to + 1},
		New: text,
	}
}

func diagnostic(code string, fixes ...annotate.Fix) annotate.Diagnostic {
	return annotate.Diagnostic{Code: code, Pos: fixes[0].Edits[0].Pos, Fixes: fixes}
}

func TestApply(t *testing.T) {
	one := func(e ...annotate.Edit) annotate.Fix { return annotate.Fix{Edits: e} }
	tests := []struct {
		name  string
		diags []annotate.Diagnostic
		want  string
		fixed int
	}{
		{"one", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 3, "ONE")))}, "ONE two three", 1},
		{"two in any order", []annotate.Diagnostic{diagnostic("B", one(edit("a", 8, 13, "3"))), diagnostic("A", one(edit("a", 0, 3, "1")))}, "1 two 3", 2},
		{"several edits", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 4, ""), edit("a", 13, 13, "!")))}, "two three!", 1},
		{"overlap", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 5, "x"))), diagnostic("B", one(edit("a", 4, 7, "y")))}, "xwo three", 1},
		{"half an overlap", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 5, "x"))), diagnostic("B", one(edit("a", 4, 7, "y"), edit("a", 9, 10, "z")))}, "xwo three", 1},
		{"neighbours", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 3, "x"))), diagnostic("B", one(edit("a", 3, 4, "_")))}, "x_two three", 2},
		{"two insertions at one place", []annotate.Diagnostic{diagnostic("A", one(edit("a", 3, 3, "x"))), diagnostic("B", one(edit("a", 3, 3, "y")))}, "onex two three", 1},
		{"one cause", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 3, "x"))), diagnostic("B", one(edit("a", 0, 3, "x")))}, "x two three", 2},
		{"a choice", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 3, "x")), one(edit("a", 0, 3, "y")))}, "", 0},
		{"beyond the end", []annotate.Diagnostic{diagnostic("A", one(edit("a", 10, 99, "x")))}, "", 0},
		{"two files", []annotate.Diagnostic{diagnostic("A", one(edit("a", 0, 3, "x"), edit("b", 0, 1, "x")))}, "", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			files, err := Apply(tt.diags, func(string) ([]byte, error) { return []byte("one two three"), nil })
			if err != nil {
				t.Fatal(err)
			}
			got, fixed := "", 0
			for _, f := range files {
				got, fixed = got+string(f.New), fixed+len(f.Fixed)
			}
			if got != tt.want || fixed != tt.fixed {
				t.Errorf("got %q with %d fixed, want %q with %d", got, fixed, tt.want, tt.fixed)
			}
		})
	}
}

func TestApplyUnreadable(t *testing.T) {
	broken := errors.New("broken")
	_, err := Apply([]annotate.Diagnostic{diagnostic("A", annotate.Fix{Edits: []annotate.Edit{edit("a", 0, 1, "")}})}, func(string) ([]byte, error) { return nil, broken })
	if !errors.Is(err, broken) {
		t.Errorf("error is %v", err)
	}
}
