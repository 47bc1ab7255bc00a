package scale

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// releaseVersion is the version under which the module of this repository is
// measured: users have it from a proxy, and what lies in the module cache cannot
// change.
const releaseVersion = "v0.0.0-bench"

const modulePath = "github.com/apigen-go/apigen"

// publish puts the repository at root into proxy as a module proxy serves it.
func publish(root, proxy string) error {
	dir := filepath.Join(proxy, filepath.FromSlash(modulePath), "@v")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, releaseVersion+".zip"))
	if err != nil {
		return err
	}
	err = zip.CreateFromDir(f, module.Version{Path: modulePath, Version: releaseVersion}, root)
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	info := fmt.Sprintf(`{"Version":%q}`, releaseVersion)
	for name, data := range map[string][]byte{".mod": mod, ".info": []byte(info)} {
		if err := os.WriteFile(filepath.Join(dir, releaseVersion+name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// userEnv returns the settings of a user who has the modules from a proxy: the
// given one, and what the module cache of this machine holds.
func userEnv(proxy, modcache string) ([]string, error) {
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		return nil, err
	}
	have := filepath.Join(strings.TrimSpace(string(out)), "cache", "download")
	return []string{
		"GOPROXY=file://" + filepath.ToSlash(proxy) + ",file://" + filepath.ToSlash(have),
		"GOMODCACHE=" + modcache, "GOFLAGS=-mod=mod -modcacherw", "GONOSUMDB=*", "GOSUMDB=off",
	}, nil
}
