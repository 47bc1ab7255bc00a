package main

import (
	"encoding/json"
	"go/token"
	"os"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/compat"
	"github.com/apigen-go/apigen/gen/report"
)

// printChanges writes a line a change, with the source of those that break
// clients where a person looks.
func (a *app) printChanges(changes []compat.Change, docs ...*compat.Document) error {
	terminal := a.color == "always" || a.color != "never" && isTerminal(a.out)
	plain := report.Printer{Dir: a.wd}
	loud := plain
	loud.Frames = terminal
	loud.Color = terminal && (a.color == "always" || os.Getenv("NO_COLOR") == "")
	loud.ReadFile = func(name string) ([]byte, error) {
		for _, d := range docs {
			if content, ok := d.Source(name); ok {
				return content, nil
			}
		}
		return os.ReadFile(name)
	}
	for _, c := range changes {
		printer := plain
		if c.Level == compat.Breaking {
			printer = loud
		}
		if err := printer.Print(a.out, []annotate.Diagnostic{changeDiagnostic(c)}); err != nil {
			return err
		}
	}
	return nil
}

func changeDiagnostic(c compat.Change) annotate.Diagnostic {
	operation := ""
	if c.Path != "" {
		operation = strings.TrimSpace(c.Method+" "+c.Path) + ": "
	}
	text := strings.Join(strings.Fields(operation+c.Text), " ")
	return annotate.Diagnostic{Code: c.ID, Pos: c.Pos, End: c.Pos, Message: string(c.Level) + ": " + text}
}

// changeLine is a change as apigen diff -json prints it.
type changeLine struct {
	ID      string       `json:"id"`
	Level   compat.Level `json:"level"`
	Method  string       `json:"method,omitempty"`
	Path    string       `json:"path,omitempty"`
	Message string       `json:"message"`
	Comment string       `json:"comment,omitempty"`
	Place   *changePlace `json:"place,omitempty"`
	Old     *changePlace `json:"old,omitempty"`
}

type changePlace struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

func (a *app) changesJSON(changes []compat.Change) error {
	n := count(changes)
	out := struct {
		Breaking   int          `json:"breaking"`
		Warnings   int          `json:"warnings"`
		Compatible int          `json:"compatible"`
		Changes    []changeLine `json:"changes"`
	}{n.breaking, n.warnings, n.compatible, []changeLine{}}
	for _, c := range changes {
		out.Changes = append(out.Changes, changeLine{
			ID: c.ID, Level: c.Level, Method: c.Method, Path: c.Path, Message: c.Text, Comment: c.Comment,
			Place: a.changePlace(c.Pos), Old: a.changePlace(c.Old),
		})
	}
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

func (a *app) changePlace(pos token.Position) *changePlace {
	if !pos.IsValid() {
		return nil
	}
	file := pos.Filename
	if filepath.IsAbs(file) {
		file = filepath.ToSlash(a.relative(file))
	}
	return &changePlace{file, pos.Line, pos.Column}
}

// counted is how many changes there are of each level.
type counted struct{ breaking, warnings, compatible int }

func count(changes []compat.Change) (n counted) {
	for _, c := range changes {
		switch c.Level {
		case compat.Breaking:
			n.breaking++
		case compat.Warning:
			n.warnings++
		default:
			n.compatible++
		}
	}
	return n
}

func (n counted) String() string {
	var parts []string
	for _, p := range []struct {
		n    int
		what string
	}{{n.breaking, "breaking change"}, {n.warnings, "warning"}, {n.compatible, "compatible change"}} {
		if p.n > 0 {
			parts = append(parts, plural(p.n, p.what))
		}
	}
	if len(parts) == 0 {
		return "no changes that clients notice"
	}
	return strings.Join(parts, ", ")
}
