package load

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/marker"
)

// isOutput reports whether the named file was written by apigen.
func isOutput(name string) bool {
	base := filepath.Base(name)
	if !marker.MayCarry(base) {
		return false
	}
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return false // reading a pipe would wait for ever
	}
	src, err := os.ReadFile(name)
	return err == nil && marker.Ours(base, src)
}

// aboutOutput reports whether a complaint of the go command about a package is
// one about what apigen wrote there: a file that was cut, or that has the name
// the package had before.
func aboutOutput(dir, msg string) bool {
	for _, name := range outputsIn(dir) {
		base := filepath.Base(name)
		if strings.HasPrefix(msg, "found packages ") && strings.Contains(msg, "("+base+")") {
			return true
		}
	}
	return false
}

// outputsIn returns the files in dir under our exact names, and the documents
// under any that openapi= gave them, with our marker. A document that apigen
// openapi -o wrote there, or a copy that is kept to compare with, is the user's.
func outputsIn(dir string) []string {
	var out []string
	for _, base := range marker.Names {
		if name := filepath.Join(dir, base); isOutput(name) {
			out = append(out, name)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return out
	}
	for _, e := range entries {
		if marker.IsDocument(e.Name()) && e.Type().IsRegular() && isDocument(filepath.Join(dir, e.Name())) {
			out = append(out, filepath.Join(dir, e.Name()))
		}
	}
	return out
}

// isDocument reports whether the head of the named file has our marker and that
// very name. Files of data may be large.
func isDocument(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 4<<10)
	n, _ := io.ReadFull(f, head)
	return marker.IsNamed(filepath.Base(name), head[:n])
}

// missingDocument reports a complaint about a go:embed line whose file is the
// document that is to be written.
func missingDocument(directives []*annotate.Directive, msg string) bool {
	for _, d := range directives {
		if a := d.Arg("openapi"); d.Name == "service" && a != nil && len(a.Values) == 1 &&
			strings.Contains(msg, "pattern "+a.Values[0].Text+": no matching files found") {
			return true
		}
	}
	return false
}
