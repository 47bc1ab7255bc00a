package snippets

import (
	"flag"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/internal/modules"
)

var update = flag.Bool("update", false, "write the snippets of the documentation anew from their sources")

// generated pages have tests of their own for what they show.
var generated = []string{"docs/directives.md", "docs/diagnostics.md", "docs/tags.md"}

// pages returns the names of all pages, with slashes, and the tree they are in.
func pages(t *testing.T) (names []string, root string) {
	t.Helper()
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "codes" || len(name) > 1 && strings.HasPrefix(d.Name(), ".")):
			return fs.SkipDir
		case path.Ext(name) == ".md":
			names = append(names, name)
		}
		return nil
	})
	if err != nil || len(names) < 5 {
		t.Fatalf("%d pages (%v)", len(names), err)
	}
	return names, root
}

// Code in the documentation is code that is compiled.
func TestSnippets(t *testing.T) {
	names, root := pages(t)
	tree := os.DirFS(root)
	for _, name := range names {
		if slices.Contains(generated, name) {
			continue
		}
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			t.Fatal(err)
		}
		text := Replace(string(data), func(b Block) string { return checked(t, root, name, b) })
		if *update && text != string(data) {
			if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// checked reports a block that is not what its source says, and returns what it
// should be.
func checked(t *testing.T, root, page string, b Block) string {
	t.Helper()
	tree := os.DirFS(root)
	if dir, ok := strings.CutSuffix(b.Source, " lines"); ok {
		if !inPackages(dir) {
			t.Errorf("%s:%d: %s is compiled in no module", page, b.Line, dir)
		}
		if line, err := Missing(tree, dir, b.Text); err != nil {
			t.Errorf("%s:%d: %v", page, b.Line, err)
		} else if line != "" {
			t.Errorf("%s:%d: no file in %s has the line %s", page, b.Line, dir, line)
		}
		return b.Text
	}
	if b.Source == "" {
		if b.Lang == "go" || b.Lang == "golang" {
			t.Errorf("%s:%d: nobody compiles this block: write <!-- snippet: FILE#REGION --> before it and the code into the file (package snippets has the forms)", page, b.Line)
		}
		return b.Text
	}
	want, err := Region(tree, b.Source)
	switch {
	case err != nil:
		t.Errorf("%s:%d: %v", page, b.Line, err)
		return b.Text
	case !compiled(root, b.Source):
		t.Errorf("%s:%d: %s is compiled in no module", page, b.Line, b.Source)
	case want != b.Text && !*update:
		t.Errorf("%s:%d: differs from %s: run go test ./internal/snippets -update", page, b.Line, b.Source)
	}
	return want
}

// compiled reports whether the go command compiles the file of a source, on this
// machine and without tags. A file that is no Go counts as compiled.
func compiled(root, src string) bool {
	file, _, _ := strings.Cut(src, "#")
	if path.Ext(file) != ".go" {
		return true
	}
	ok, err := build.Default.MatchFile(filepath.Join(root, filepath.FromSlash(path.Dir(file))), path.Base(file))
	return err == nil && ok && inPackages(path.Dir(file))
}

// inPackages reports whether the go command looks into a folder.
func inPackages(dir string) bool {
	return !slices.ContainsFunc(strings.Split(dir, "/"), func(part string) bool {
		return part == "testdata" || strings.HasPrefix(part, ".") || strings.HasPrefix(part, "_")
	})
}

func TestCompiled(t *testing.T) {
	_, root := pages(t)
	for src, want := range map[string]bool{
		"example/guide/shop/orders.go#errors": true,
		"bench/scale/peak_unix.go":            build.Default.GOOS != "windows",
		"bench/scale/peak_other.go":           build.Default.GOOS == "windows",
		"annotate/testdata/a.go":              false,
		"annotate/none.go":                    false,
		"example/guide/shop/etc/shop.yaml":    true,
	} {
		if got := compiled(root, src); got != want {
			t.Errorf("%s: %t", src, got)
		}
	}
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6} (.+)$`)
	inline  = regexp.MustCompile("`[^`\n]+`")
	named   = regexp.MustCompile(`<a id="([^"]+)">`)
	special = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// Links within the documentation lead somewhere.
func TestLinks(t *testing.T) {
	names, root := pages(t)
	known := make(map[string][]string) // the anchors of pages, most of which are asked for often
	for _, name := range names {
		text := page(t, root, name)
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") || strings.HasPrefix(target, "mailto:") {
				continue
			}
			file := name
			if target != "" {
				file = path.Join(path.Dir(name), target)
			}
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(file))); err != nil {
				t.Errorf("%s: the link %s leads nowhere", name, m[1])
				continue
			}
			if anchor == "" {
				continue
			}
			if known[file] == nil {
				known[file] = anchors(page(t, root, file))
			}
			if !slices.Contains(known[file], anchor) {
				t.Errorf("%s: %s has no heading for the link %s", name, file, m[1])
			}
		}
	}
}

// page returns a page without its blocks, which have brackets of other meaning.
func page(t *testing.T, root, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return inline.ReplaceAllStringFunc(Replace(string(data), func(Block) string { return "" }), func(code string) string {
		return strings.NewReplacer("[", "", "]", "").Replace(code)
	})
}

// anchors are what headings become in links, and names given by hand.
func anchors(text string) []string {
	var all []string
	for _, m := range heading.FindAllStringSubmatch(text, -1) {
		all = append(all, strings.ReplaceAll(special.ReplaceAllString(strings.ToLower(strings.TrimSpace(m[1])), ""), " ", "-"))
	}
	for _, m := range named.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	return all
}
