package scale

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// release is the version of a peer that is measured.
type release struct{ module, version, command string }

var releases = map[string]release{
	"goctl":        {"github.com/zeromicro/go-zero/tools/goctl", "v1.10.2", "."},
	"oapi-codegen": {"github.com/oapi-codegen/oapi-codegen/v2", "v2.8.2", "cmd/oapi-codegen"},
	"ogen":         {"github.com/ogen-go/ogen", "v1.24.0", "cmd/ogen"},
	"swag":         {"github.com/swaggo/swag", "v1.16.6", "cmd/swag"},
}

// install builds a peer once and returns its path. It is built in a module of
// its own, which asks only for the versions it needs.
func install(name string) (string, error) {
	r, ok := releases[name]
	if !ok {
		return "", fmt.Errorf("there is no release of %s", name)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "apigen-bench", name+"-"+r.version)
	bin := filepath.Join(dir, name)
	if _, err := os.Stat(bin); err == nil {
		return bin, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	command := r.module
	if r.command != "." {
		command += "/" + r.command
	}
	mod := fmt.Sprintf("module peer\n\ngo 1.26\n\nrequire %s %s\n\ntool %s\n", r.module, r.version, command)
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o644); err != nil {
		return "", err
	}
	cmd := exec.Command("go", "build", "-mod=mod", "-o", bin, command)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building %s: %w\n%s", name, err, out)
	}
	return bin, nil
}
