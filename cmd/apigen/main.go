// Command apigen generates HTTP servers from annotated Go packages. Run
// apigen help for what it takes.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // diagnostics or drift
	exitUsage  = 2 // wrong usage, or what is no fault of the source
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
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
