// Package arch_test holds the walls of the house: who may import whom, and how
// large a file or a function may grow.
package arch_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/internal/modules"
)

const module = "github.com/apigen-go/apigen"

// pkg is what go list says of a package.
type pkg struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string // of files that are no tests
	Deps       []string // and all that they import in turn
	Standard   bool
}

// name returns the path of p below the module.
func (p *pkg) name() string {
	return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
}

// list returns the packages of the root module by name.
func list(t *testing.T) map[string]*pkg {
	t.Helper()
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	// This reads every folder, so that the go command runs the test again, and
	// does not take its cached result, when there is a new file.
	if _, err := modules.Find(root); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,GoFiles,Imports,Deps,Standard", "./...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off")
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	pkgs := map[string]*pkg{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		p := new(pkg)
		if err := d.Decode(p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatal(err)
		}
		pkgs[p.name()] = p
	}
}

// in reports whether path is base or lies below it.
func in(path, base string) bool {
	return path == base || strings.HasPrefix(path, base+"/")
}

// foreign reports whether path is neither of the standard library nor ours.
func foreign(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".") && !in(path, module)
}

// The rules below would hold of packages that are gone or renamed.
func TestPackagesExist(t *testing.T) {
	pkgs := list(t)
	for _, name := range []string{
		"annotate", "cmd/apigen", "gen", "gen/build", "gen/check", "gen/compat", "gen/emit", "gen/fix", "gen/gogen", "gen/load", "gen/model", "gen/openapi", "gen/report", "gen/sample", "gen/scaffold",
		"runtime", "runtime/auth", "runtime/auth/authtest", "runtime/auth/jwks", "runtime/config", "runtime/genrt", "runtime/jsonrt", "runtime/server",
	} {
		if pkgs[name] == nil {
			t.Errorf("there is no package %s", name)
		}
	}
}

// Some packages are imported in one place only.
func TestOnlyImporter(t *testing.T) {
	pkgs := list(t)
	for _, rule := range []struct {
		imported  string
		importers []string
	}{
		{"golang.org/x/tools/go/packages", []string{"gen/load"}},
		{"golang.org/x/tools/go/analysis", []string{"gen/check", "cmd/apigen"}},
		{"github.com/dave/jennifer", []string{"gen/gogen"}},
		{"github.com/rivo/uniseg", []string{"gen/report"}},
		{"golang.org/x/term", []string{"cmd/apigen"}},
		{"go.yaml.in/yaml/v3", []string{"gen/openapi", "runtime/config"}},
	} {
		used := false
		for _, p := range pkgs {
			for _, path := range p.Imports {
				if !in(path, rule.imported) {
					continue
				}
				used = true
				if !slices.Contains(rule.importers, p.name()) {
					t.Errorf("%s imports %s: only %s may", p.name(), path, strings.Join(rule.importers, " and "))
				}
			}
		}
		if !used {
			t.Errorf("nothing imports %s", rule.imported)
		}
	}
}

// Some packages do not know of others, directly or through what they import.
func TestForbiddenDeps(t *testing.T) {
	pkgs := list(t)
	for _, rule := range []struct {
		name      string
		forbidden []string
	}{
		{"annotate", []string{"go/types", "golang.org/x/tools", module + "/gen", module + "/runtime"}},
		{"gen/model", []string{"go/types", "golang.org/x/tools", "github.com/dave/jennifer"}},
		{"gen/gogen", []string{"go/types", "golang.org/x/tools", module + "/gen/build", module + "/gen/load"}},
		{"gen/openapi", []string{"go/types", "golang.org/x/tools", "github.com/dave/jennifer", module + "/gen/build", module + "/gen/load", module + "/gen/gogen", module + "/gen/emit", module + "/runtime"}},
		{"gen/compat", []string{"go/types", "golang.org/x/tools", module + "/gen/build", module + "/gen/load", module + "/gen/gogen", module + "/gen/emit", module + "/runtime"}},
		{"gen/emit", []string{"go/types", module + "/gen/build", module + "/gen/load", module + "/gen/gogen"}},
		{"gen/report", []string{"go/types", "golang.org/x/tools", module + "/gen/build", module + "/gen/load", module + "/gen/gogen", module + "/gen/emit"}},
		{"gen/fix", []string{"go/types", "golang.org/x/tools", module + "/gen/build", module + "/gen/load", module + "/gen/gogen", module + "/gen/emit"}},
		{"gen/sample", []string{"go/types", "golang.org/x/tools", module + "/runtime", module + "/gen/build", module + "/gen/load", module + "/gen/gogen"}},
		{"gen/scaffold", []string{"go/types", "golang.org/x/tools", module + "/runtime", module + "/gen/build", module + "/gen/load", module + "/gen/gogen"}},
		{"gen/build", []string{module + "/gen/gogen", module + "/gen/emit", module + "/gen/load", "golang.org/x/tools/go/packages"}},
		{"gen/load", []string{module + "/gen/gogen", module + "/gen/emit", module + "/gen/build"}},
		{"runtime", []string{module + "/runtime/auth", module + "/runtime/genrt"}},
		{"runtime/server", []string{module + "/runtime/auth", module + "/runtime/genrt", module + "/runtime/config"}},
		{"runtime/auth", []string{module + "/runtime/auth/authtest", "testing"}},
		{"runtime/auth/jwks", []string{module + "/runtime/auth/authtest", module + "/runtime/genrt", "testing"}},
		{"runtime/jsonrt", []string{module + "/runtime/auth", module + "/runtime/genrt", "net/http"}},
	} {
		p := pkgs[rule.name]
		if p == nil {
			continue // TestPackagesExist has said so
		}
		for _, dep := range p.Deps {
			if slices.ContainsFunc(rule.forbidden, func(base string) bool { return in(dep, base) }) {
				t.Errorf("%s depends on %s", rule.name, dep)
			}
		}
	}
	for _, path := range pkgs["gen/model"].Imports {
		if in(path, "go/ast") {
			t.Errorf("gen/model imports %s: the model holds plain data", path)
		}
	}
	for _, path := range pkgs["annotate"].Deps {
		if foreign(path) || in(path, module) && path != module+"/annotate" {
			t.Errorf("annotate depends on %s: the standard library is all it may use", path)
		}
	}
}

// What a service links is the runtime and two modules, and a third one where it
// loads its configuration from a file.
func TestRuntimeStandsAlone(t *testing.T) {
	for name, p := range list(t) {
		if !in(name, "runtime") {
			continue
		}
		allowed := []string{"github.com/golang-jwt/jwt/v5", "github.com/go-json-experiment/json"}
		if name == "runtime/config" {
			allowed = append(allowed, "go.yaml.in/yaml/v3")
		} else if slices.Contains(p.Deps, module+"/runtime/config") {
			t.Errorf("%s depends on runtime/config: only services may", name)
		}
		for _, dep := range p.Deps {
			if in(dep, module) && !in(dep, module+"/runtime") {
				t.Errorf("%s depends on %s: the runtime knows nothing of the generator", name, dep)
			}
			if foreign(dep) && !slices.ContainsFunc(allowed, func(base string) bool { return in(dep, base) }) {
				t.Errorf("%s depends on %s: every service would link it", name, dep)
			}
		}
	}
}

// What helps tests imports testing, and no service links that.
func TestAuthtestIsForTests(t *testing.T) {
	const name = "runtime/auth/authtest"
	pkgs := list(t)
	if pkgs[name] == nil {
		t.Fatalf("there is no package %s", name)
	}
	for other, p := range pkgs {
		if slices.Contains(p.Deps, module+"/"+name) {
			t.Errorf("%s depends on %s: only tests may", other, name)
		}
	}
}

// Nothing that is built for users stands on what is there for contributors.
func TestInternalIsForContributors(t *testing.T) {
	for name, p := range list(t) {
		if in(name, "internal") {
			continue
		}
		for _, dep := range p.Deps {
			if in(dep, module+"/internal") {
				t.Errorf("%s depends on %s", name, dep)
			}
		}
	}
}
