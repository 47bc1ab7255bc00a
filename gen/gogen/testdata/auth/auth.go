// Package auth has the name of a package that generated code imports.
package auth

// Thing is a thing.
type Thing struct{ B string }
