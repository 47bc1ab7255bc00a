package load

import (
	"os"
	"path/filepath"

	"github.com/apigen-go/apigen/gen/marker"
)

// isOutput reports whether the named file was written by apigen.
func isOutput(name string) bool {
	if !marker.MayCarry(filepath.Base(name)) {
		return false
	}
	src, err := os.ReadFile(name)
	return err == nil && marker.In(src)
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
