package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/apigen-go/apigen/internal/leaks"
)

// event is a line of go test -json (go doc test2json).
type event struct {
	Action, Package, ImportPath, Test, Output string
}

// watcher prints what go test prints without -json, and looks at everything
// that tests print, also those that pass.
type watcher struct {
	out     io.Writer
	scanner *leaks.Scanner
	// held is what packages and tests have printed that may yet fail.
	held  map[string]*strings.Builder
	leaks []string
}

// exempt are the tests that print a token because that is what they test.
var exempt = map[string]bool{
	"github.com/apigen-go/apigen/cmd/apigen TestScripts/token": true,
	"github.com/apigen-go/apigen/cmd/apigen TestScripts/init":  true,
}

// watch reads the events of one run.
func (w *watcher) watch(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			w.line(line)
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (w *watcher) line(line []byte) {
	var e event
	if json.Unmarshal(line, &e) != nil { // what the go command says outside of events
		w.look(string(line), "go test")
		fmt.Fprintf(w.out, "%s", line)
		return
	}
	name := strings.TrimSpace(e.Package + " " + e.Test)
	switch e.Action {
	case "output":
		if !exempt[name] {
			w.look(e.Output, name)
		}
		w.hold(name).WriteString(e.Output)
	case "build-output":
		fmt.Fprint(w.out, e.Output)
	case "pass", "skip":
		if e.Test == "" {
			fmt.Fprint(w.out, summary(w.hold(name).String()))
		}
		delete(w.held, name)
	case "fail":
		fmt.Fprint(w.out, w.hold(name).String())
		delete(w.held, name)
	}
}

// hold is what the test or package has printed so far.
func (w *watcher) hold(name string) *strings.Builder {
	if w.held == nil {
		w.held = map[string]*strings.Builder{}
	}
	if w.held[name] == nil {
		w.held[name] = &strings.Builder{}
	}
	return w.held[name]
}

// summary is the line that tells how long a package took.
func summary(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "ok") || strings.HasPrefix(line, "?") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// look notes a secret in what was printed.
func (w *watcher) look(text, name string) {
	if found := w.scanner.Find([]byte(text)); found != "" {
		w.leaks = append(w.leaks, name+" prints "+found)
	}
}
