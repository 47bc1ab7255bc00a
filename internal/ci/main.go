// Command ci vets and tests every module of the repository:
//
//	go run ./internal/ci [flags of go test]
//	go run ./internal/ci -list
//
// The second names the modules and does nothing else.
//
// It goes through all of them, whatever fails, and exits with 1 when something
// did. A module that is not listed is a failure of its own, and so is a secret or
// a token in what a test prints, whether it passes or not. The race detector
// needs cgo and with it a C compiler; without one the tests run without it.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apigen-go/apigen/internal/leaks"
	"github.com/apigen-go/apigen/internal/modules"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "-list" {
		fmt.Println(strings.Join(modules.All, "\n"))
		return
	}
	failed, err := run(os.Args[1:])
	if err != nil {
		failed = append(failed, err.Error())
	}
	if len(failed) > 0 {
		fmt.Fprintf(os.Stderr, "ci: failed:\n  %s\n", strings.Join(failed, "\n  "))
		os.Exit(1)
	}
	fmt.Printf("ci: %d modules passed\n", len(modules.All))
}

// run returns what failed.
func run(testFlags []string) (failed []string, err error) {
	root, err := modules.Root(".")
	if err != nil {
		return nil, err
	}
	found, err := modules.Find(root)
	if err != nil {
		return nil, err
	}
	for _, m := range found {
		if !slices.Contains(modules.All, m) {
			failed = append(failed, fmt.Sprintf("%s/go.mod: not listed: add it to internal/modules", m))
		}
	}
	scanner, err := leaks.New(os.DirFS(root))
	if err != nil {
		return failed, err
	}
	test := []string{"test", "-json"}
	race, err := raceFlag(root)
	if err != nil {
		return failed, err
	}
	test = append(append(append(test, race...), testFlags...), "./...")
	w := &watcher{out: os.Stdout, scanner: scanner}
	for _, m := range modules.All {
		dir := filepath.Join(root, filepath.FromSlash(m))
		for _, args := range [][]string{{"vet", "./..."}, test} {
			if err := step(w, dir, m, args); err != nil {
				failed = append(failed, fmt.Sprintf("%s: go %s: %v", m, strings.Join(args, " "), err))
			}
		}
	}
	fmt.Printf("ci: %d secrets and all tokens looked for in what the tests print\n", scanner.Secrets())
	return append(failed, w.leaks...), nil
}

// raceFlag returns -race where the go command can do it.
func raceFlag(root string) ([]string, error) {
	cmd := exec.Command("go", "env", "CGO_ENABLED")
	cmd.Dir, cmd.Stderr = root, os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	if strings.TrimSpace(string(out)) == "1" {
		return []string{"-race"}, nil
	}
	fmt.Println("ci: no C compiler, or CGO_ENABLED=0: the tests run without the race detector")
	return nil, nil
}

// step runs the go command in dir, where the module m is.
func step(w *watcher, dir, m string, args []string) error {
	fmt.Printf("ci: %s: go %s\n", m, strings.Join(args, " "))
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Stderr = dir, os.Stderr
	// A workspace around this repository is no part of it.
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	err = w.watch(out)
	return errors.Join(err, cmd.Wait())
}
