package annotate

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/directives.md, docs/tags.md and docs/diagnostics.md")

func TestMarkdown(t *testing.T) {
	for path, got := range map[string]string{"../docs/directives.md": Markdown(), "../docs/tags.md": MarkdownTags(), "../docs/diagnostics.md": MarkdownCodes()} {
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.ReplaceAll(string(want), "\r\n", "\n") != got {
			t.Errorf("%s is out of date; run go test ./annotate -update", path)
		}
	}
}

func TestHelp(t *testing.T) {
	for i := range Schema {
		s := &Schema[i]
		text := Help(s.Name)
		if !strings.HasPrefix(text, "//api:"+s.Name) || !strings.Contains(text, s.On) {
			t.Errorf("Help(%q) = %q", s.Name, text)
		}
		for _, k := range s.Keys {
			if strings.Contains(text, "  "+k.Name) == k.Later {
				t.Errorf("Help(%q): key %s shown: %v", s.Name, k.Name, !k.Later)
			}
		}
		for line := range strings.Lines(text) {
			if len(line) > 120 || strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") {
				t.Errorf("Help(%q): bad line %q", s.Name, line)
			}
		}
	}
	if Help("api:route") != Help("route") || Help("") == "" || Help("rout") != "" {
		t.Error("Help takes api:route, nothing, and no unknown name")
	}
}
