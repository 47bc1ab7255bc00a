package load

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/build"
	"os"
	"os/exec"
	"strings"
)

// goEnv is what the go command says of its surroundings. Those below CGO_ENABLED
// matter only in so far as export data depends on them.
type goEnv struct {
	GOOS, GOARCH, GOFLAGS, GOMOD, GOWORK string
	CGO_ENABLED                          string
	GOVERSION, GOROOT, GOEXPERIMENT      string
	GOMODCACHE, GOCACHE, GOFIPS140       string
	GOAMD64, GOARM64, GOARM, GO386       string
	GOMIPS, GOMIPS64, GOPPC64, GORISCV64 string
	CC, CGO_CFLAGS, CGO_CPPFLAGS         string
}

// readEnv asks the go command for its settings, which may come from go env -w
// as well as from the environment.
func (l *loader) readEnv() error {
	out, err := l.run("env", "-json",
		"GOOS", "GOARCH", "GOFLAGS", "GOMOD", "GOWORK", "CGO_ENABLED",
		"GOVERSION", "GOROOT", "GOEXPERIMENT", "GOMODCACHE", "GOCACHE", "GOFIPS140",
		"GOAMD64", "GOARM64", "GOARM", "GO386", "GOMIPS", "GOMIPS64", "GOPPC64", "GORISCV64", "CC", "CGO_CFLAGS", "CGO_CPPFLAGS")
	if err != nil {
		return err
	}
	if err := json.Unmarshal(out, &l.env); err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	l.build = build.Default
	l.build.GOOS = l.env.GOOS
	l.build.GOARCH = l.env.GOARCH
	l.build.CgoEnabled = l.env.CGO_ENABLED == "1"
	l.build.BuildTags = l.tags()
	l.build.ReleaseTags = releases(l.env.GOVERSION)
	return l.readOverlay()
}

// tags returns the build tags: those of the configuration, else those of
// GOFLAGS, as the go command has it.
func (l *loader) tags() []string {
	list := l.cfg.Tags
	if list == "" {
		list = l.env.flag("tags")
	}
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}

// inModule reports whether the go command sees a module here.
func (e *goEnv) inModule() bool {
	return e.GOMOD != "" && e.GOMOD != os.DevNull || e.inWorkspace()
}

func (e *goEnv) inWorkspace() bool { return e.GOWORK != "" && e.GOWORK != "off" }

func (l *loader) addModule(m Module) {
	for _, known := range l.res.Main {
		if known.Path == m.Path {
			return
		}
	}
	l.res.Main = append(l.res.Main, m)
}

// run returns what the go command prints.
func (l *loader) run(args ...string) ([]byte, error) {
	cmd := exec.CommandContext(l.ctx, "go", args...)
	cmd.Dir = l.cfg.Dir
	cmd.Env = append(l.cfg.Env[:len(l.cfg.Env):len(l.cfg.Env)], "PWD="+l.cfg.Dir)
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && len(exit.Stderr) > 0 {
		return nil, &goError{args[0], strings.TrimSpace(string(exit.Stderr))}
	}
	if err != nil {
		return nil, fmt.Errorf("cannot run the go command: %w", err)
	}
	return out, nil
}

// goError is a complaint of the go command, as opposed to a failure to run it.
type goError struct{ verb, text string }

func (e *goError) Error() string { return "go " + e.verb + ": " + e.text }
