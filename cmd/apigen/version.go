package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/apigen-go/apigen/gen"
	"github.com/apigen-go/apigen/runtime/genrt"
)

// runVersion prints what this apigen is and which runtimes its code fits.
func runVersion(_ context.Context, a *app) int {
	if len(a.words) > 0 {
		return a.usageError("version takes no arguments, got %q", a.words[0])
	}
	version, goVersion := "(unknown)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version, goVersion = info.Main.Version, info.GoVersion
		if version == "" {
			version = "(devel)"
		}
	}
	fmt.Fprintf(a.out, "apigen %s %s\n", version, goVersion)
	fmt.Fprintf(a.out, "writes code for version %d of the runtime; the runtime it was built with accepts %d to %d\n", gen.Version, genrt.MinVersion, genrt.MaxVersion)
	return exitOK
}
