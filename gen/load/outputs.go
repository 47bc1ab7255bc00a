package load

import (
	"os"
	"path/filepath"
	"strings"

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

// outputsIn returns the files in dir under our exact names with our marker.
func outputsIn(dir string) []string {
	var out []string
	for _, base := range marker.Names {
		if name := filepath.Join(dir, base); isOutput(name) {
			out = append(out, name)
		}
	}
	return out
}
