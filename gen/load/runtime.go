package load

import (
	"fmt"
	"go/constant"
	"go/types"
	"strings"
)

// RuntimePath is the package that says which generators its runtime accepts.
const RuntimePath = "github.com/apigen-go/apigen/runtime/genrt"

// Runtime is what the module's apigen runtime says of itself.
type Runtime struct {
	// Min and Max bound the handshake numbers it accepts.
	Min, Max int64
	// Missing tells that no module of the build provides it.
	Missing bool
	// Module is the main module whose build it is part of.
	Module Module
	// Err is why Min and Max are not known.
	Err error
}

// Accepts reports whether code generated under number n compiles against the
// runtime.
func (r Runtime) Accepts(n int64) bool { return r.Err == nil && r.Min <= n && n <= r.Max }

// readRuntime finds out which generators the module's runtime accepts.
func (l *loader) readRuntime() {
	r := &l.res.Runtime
	if m := l.res.Packages[0].module; m != nil {
		r.Module = *m
	}
	pkg, err := importer{l, l.res.Packages[0]}.Import(RuntimePath)
	if err != nil {
		text := err.Error()
		r.Err = err
		r.Missing = strings.Contains(text, "no required module provides") ||
			strings.Contains(text, "cannot find module providing") && !strings.Contains(text, "-mod=vendor")
		return
	}
	if r.Min, err = constantOf(pkg, "MinVersion"); err == nil {
		r.Max, err = constantOf(pkg, "MaxVersion")
	}
	r.Err = err
}

func constantOf(pkg *types.Package, name string) (int64, error) {
	c, ok := pkg.Scope().Lookup(name).(*types.Const)
	if !ok {
		return 0, fmt.Errorf("%s declares no constant %s", pkg.Path(), name)
	}
	n, exact := constant.Int64Val(constant.ToInt(c.Val()))
	if !exact {
		return 0, fmt.Errorf("%s.%s is not an integer", pkg.Path(), name)
	}
	return n, nil
}
