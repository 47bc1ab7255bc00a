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
	goVersion := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		goVersion = info.GoVersion
	}
	fmt.Fprintf(a.out, "apigen %s %s\n", version(), goVersion)
	fmt.Fprintf(a.out, "writes code for version %d of the runtime; the runtime it was built with accepts %d to %d\n", gen.Version, genrt.MinVersion, genrt.MaxVersion)
	return exitOK
}

// version is that of the module apigen was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	switch {
	case !ok:
		return "(unknown)"
	case info.Main.Version == "":
		return "(devel)"
	}
	return info.Main.Version
}
