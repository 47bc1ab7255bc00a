package gen

import (
	"fmt"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/gogen"
	"github.com/apigen-go/apigen/gen/load"
)

// Version is the handshake number of the code this generator writes. The
// generated files do not compile against a runtime that does not accept it;
// Run finds out before it writes them.
const Version = gogen.Version

// handshake reports whether the runtime of the module accepts what this
// generator writes, and otherwise what to do about it.
func handshake(loaded *load.Result) (annotate.Diagnostic, bool) {
	rt := loaded.Runtime
	if len(loaded.Packages) == 0 || rt.Accepts(Version) {
		return annotate.Diagnostic{}, true
	}
	d := annotate.Diagnostic{Code: annotate.CodeRuntimeVersion}
	if rt.Module.Dir != "" {
		d.Pos = token.Position{Filename: filepath.Join(rt.Module.Dir, "go.mod"), Line: 1, Column: 1}
		d.End = d.Pos
	}
	switch {
	case rt.Missing:
		d.Code = annotate.CodeRuntimeMissing
		d.Message = fmt.Sprintf("module %s does not require the apigen runtime: run go get github.com/apigen-go/apigen@latest; to use a clone, first run go mod edit -replace github.com/apigen-go/apigen=FOLDER", rt.Module.Path)
	case rt.Err != nil:
		text := strings.Join(strings.Fields(rt.Err.Error()), " ") // the second line often is the command that helps
		d.Code = annotate.CodeRuntimeMissing
		d.Message = "the apigen runtime of the module cannot be loaded: " + text + vendorHint(text) + tidyHint(text)
	case rt.Max < Version:
		d.Message = fmt.Sprintf("this apigen writes code for version %d of its runtime, and the module's runtime accepts %s: run go get github.com/apigen-go/apigen@latest", Version, between(rt.Min, rt.Max))
	default:
		d.Message = fmt.Sprintf("this apigen writes code for version %d of its runtime, and the module's runtime accepts %s: use the apigen of the module, go get -tool github.com/apigen-go/apigen/cmd/apigen and then go tool apigen", Version, between(rt.Min, rt.Max))
	}
	return d, false
}

// vendorHint explains how the runtime gets into a vendor folder before there
// is generated code that imports it.
func vendorHint(text string) string {
	if !strings.Contains(text, "vendor") {
		return ""
	}
	return "; name the generator as a tool, go get -tool github.com/apigen-go/apigen/cmd/apigen, and run go mod vendor"
}

// tidyHint explains the most frequent reason why a runtime that is there cannot
// be compiled.
func tidyHint(text string) string {
	if !strings.Contains(text, "does not compile") {
		return ""
	}
	return "; where go.sum lacks lines for it, go mod tidy adds them"
}

func between(low, high int64) string {
	if low == high {
		return fmt.Sprint(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}
