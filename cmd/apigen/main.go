// Command apigen generates HTTP servers from annotated Go packages. Run
// apigen help for what it takes.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/apigen-go/apigen/gen/check"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // diagnostics or drift
	exitUsage  = 2 // wrong usage, or what is no fault of the source
)

func main() {
	if isVetTool(os.Args[1:]) {
		unitchecker.Main(check.Analyzer)
	}
	if os.Getenv("GOGC") == "" {
		// A run is short and what it allocates mostly lives to its end.
		debug.SetGCPercent(400)
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// isVetTool reports whether the go command calls apigen as the tool of
// go vet -vettool, which has a protocol of its own: -V=full, -flags, or flags
// and the file vet.cfg of a package.
func isVetTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := len(args) - 1
	if filepath.Base(args[last]) != "vet.cfg" {
		return last == 0 && (args[0] == "-V=full" || args[0] == "-flags")
	}
	return !slices.ContainsFunc(args[:last], func(arg string) bool { return !strings.HasPrefix(arg, "-") })
}

func run(args []string, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{out: out, err: errOut}
	if code, done := a.parse(args); done {
		return code
	}
	if err := a.enter(); err != nil {
		return a.fail(err)
	}
	return a.command.run(ctx, a)
}
