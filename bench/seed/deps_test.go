package seed

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestDependencies: a generated server with tokens links golang-jwt and the
// JSON mirror, and nothing else beyond the standard library and the runtime.
func TestDependencies(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{if .Module}}{{.Module.Path}} {{.ImportPath}}{{end}}", ".")
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := map[string]bool{}
	for line := range strings.Lines(string(out)) {
		module, path, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || strings.HasPrefix(path, "github.com/apigen-go/apigen/bench/") {
			continue
		}
		linked[module] = true
		switch module {
		case "github.com/golang-jwt/jwt/v5", "github.com/go-json-experiment/json":
		case "github.com/apigen-go/apigen":
			if !strings.HasPrefix(path, module+"/runtime") {
				t.Errorf("links %s, which is no part of the runtime", path)
			}
		default:
			t.Errorf("links %s of module %s", path, module)
		}
	}
	if len(linked) != 3 {
		t.Errorf("links the modules %v, want the runtime's, golang-jwt and the JSON mirror", linked)
	}
}
