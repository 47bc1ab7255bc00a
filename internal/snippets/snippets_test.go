package snippets

import (
	"slices"
	"testing"
	"testing/fstest"
)

var tree = fstest.MapFS{
	"a/a.go":   {Data: []byte("package a\n\nfunc F() {\n\t//snippet:one\n\tx := 1\n\n\tif x > 0 {\n\t\treturn\n\t}\n\t//snippet:end\n\t//snippet:open\n}\n\ntype T struct {\n\tA    int `json:\"a\"`\n\tLong string\n}\n")},
	"a/b.go":   {Data: []byte("package a\n\n//snippet:outer\n\n//snippet:inner\n\nvar B int\n\n//snippet:end\n")},
	"a/c.yaml": {Data: []byte("x: 1\n#snippet:part\ny: 2\n#snippet:end\n")},
}

func TestRegion(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"a/a.go#one", "x := 1\n\nif x > 0 {\n\treturn\n}\n"},
		{"a/c.yaml#part", "y: 2\n"},
		{"a/c.yaml", "x: 1\n#snippet:part\ny: 2\n#snippet:end\n"},
		{"a/a.go#open", ""},
		{"a/a.go#none", ""},
		{"a/none.go", ""},
		{"a/b.go#outer", ""}, // which end is its own?
		{"a/b.go#inner", "var B int\n"},
	} {
		got, err := Region(tree, c.src)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%s: %q (%v), want %q", c.src, got, err, c.want)
		}
	}
}

func TestMissing(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"type T struct {\n\tA int `json:\"a\"`\n}\n\nfunc F() { … }\n", ""},
		{"func F()\n", ""},
		{"type T struct {\n\tB int\n}\n", "\tB int"},
		{"func G() { … }\n", "func G() { … }"},
	} {
		if got, err := Missing(tree, "a", c.text); err != nil || got != c.want {
			t.Errorf("%q: %q (%v), want %q", c.text, got, err, c.want)
		}
	}
	if _, err := Missing(tree, "b", "x"); err == nil {
		t.Error("a folder without Go files has every line")
	}
}

func TestBlocks(t *testing.T) {
	const text = "# A\n\n<!-- snippet: a/a.go#one -->\n```go\nold\n```\n\ntext\n```sh\nrun\n```\n\n<!-- snippet: a/c.yaml#part -->\n```yaml\n```\nend\n"
	blocks := Blocks(text)
	if len(blocks) != 3 || blocks[0] != (Block{5, "go", "a/a.go#one", "old\n"}) || blocks[1] != (Block{10, "sh", "", "run\n"}) || blocks[2].Source != "a/c.yaml#part" {
		t.Fatalf("blocks are %+v", blocks)
	}
	const want = "# A\n\n<!-- snippet: a/a.go#one -->\n```go\nNEW\n```\n\ntext\n```sh\nrun\n```\n\n<!-- snippet: a/c.yaml#part -->\n```yaml\nNEW\n```\nend\n"
	if got := Replace(text, func(b Block) string {
		if b.Source != "" {
			return "NEW\n"
		}
		return b.Text
	}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Fences are what a reader sees as one.
func TestFences(t *testing.T) {
	const text = "~~~Go title\na\n```\nb\n~~~\n````text\n```go\nc\n```\n````\n```go\nd\n"
	want := []Block{{2, "go", "", "a\n```\nb\n"}, {7, "text", "", "```go\nc\n```\n"}, {12, "go", "", "d\n\n"}}
	if got := Blocks(text); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := Replace(text, func(b Block) string { return b.Text }); got != text {
		t.Errorf("the same blocks make another text: %q", got)
	}
}
