package emit

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFormat(t *testing.T) {
	got, err := Format("x.go", []byte("package a\nvar  x=1"))
	if err != nil || string(got) != "package a\n\nvar x = 1\n" {
		t.Errorf("Format = %q, %v", got, err)
	}
	if _, err := Format("x.go", []byte("package a\nfunc {")); err == nil || !strings.Contains(err.Error(), "x.go") {
		t.Errorf("error is %v", err)
	}
}

// Parts give what the whole gives, for every golden and wherever it is cut.
func TestFormatParts(t *testing.T) {
	goldens, err := filepath.Glob("../gogen/testdata/*/*.golden")
	if err != nil || len(goldens) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	cut := 0
	for _, name := range goldens {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		rough := bytes.ReplaceAll(src, []byte("\t"), nil) // as it comes from the back end
		rough = bytes.ReplaceAll(rough, []byte("\n}\n\n"), []byte("\n}\n\n\n"))
		want, err := format.Source(rough)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, size := range []int{1, 100, 1000, 5000} {
			parts := split(rough, size)
			got, ok := formatParts(parts)
			if !ok || !bytes.Equal(got, want) {
				t.Errorf("%s in parts of %d bytes differs", name, size)
			}
			cut += len(parts) - 1
		}
	}
	if cut < 100 {
		t.Errorf("only %d cuts", cut)
	}
}

func TestFormatLarge(t *testing.T) {
	var b strings.Builder
	b.WriteString("package a\n\nimport \"fmt\"\n")
	for i := range 20000 {
		fmt.Fprintf(&b, "\nfunc f%d(){\nfmt.Println( %d )\n}\n", i, i)
	}
	b.WriteString("\nfunc g() {\nx:=`\n}\n\nfunc `\n_ = x\n}\n")
	src := []byte(b.String())
	want, err := format.Source(src)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := Format("a.go", src); err != nil || !bytes.Equal(got, want) {
		t.Errorf("a large file differs, %v", err)
	}
	if len(split(src, partSize)) < 5 {
		t.Error("a large file is not cut")
	}
}
