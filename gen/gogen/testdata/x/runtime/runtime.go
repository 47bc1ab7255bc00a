// Package runtime has the name of a package that generated code imports.
package runtime

import "github.com/apigen-go/apigen/runtime"

// Thing is a thing.
type Thing struct{ B runtime.Opt[string] }
