package load

import (
	"bytes"
	"go/parser"
	"os"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// leftOut reports the first directive in the files that build constraints leave
// out. It is asked when the others hold none though apigen wrote files there:
// those would be removed as leftovers.
func (l *loader) leftOut(ignored []string) []annotate.Diagnostic {
	for _, name := range ignored {
		if d := l.firstDirective(name); d != nil {
			return []annotate.Diagnostic{{
				Code: annotate.CodeNoPackages,
				Pos:  l.fset.PositionFor(d.Pos, false), End: l.fset.PositionFor(d.End, false),
				Message: "build constraints leave this file out, and without its directives what apigen wrote here would be removed; run apigen with the -tags, GOOS, GOARCH and CGO_ENABLED that select it, or delete what apigen wrote",
			}}
		}
	}
	return nil
}

// firstDirective returns the first directive of a file, nil where there is none.
func (l *loader) firstDirective(name string) *annotate.Directive {
	if !strings.HasSuffix(name, ".go") {
		return nil
	}
	src, err := os.ReadFile(name)
	if err != nil || !bytes.Contains(src, []byte("//api:")) {
		return nil
	}
	f, _ := parser.ParseFile(l.fset, name, src, parseMode)
	if f == nil {
		return nil
	}
	dirs, _ := annotate.Scan(l.fset, f)
	if len(dirs) == 0 {
		return nil
	}
	return dirs[0]
}
