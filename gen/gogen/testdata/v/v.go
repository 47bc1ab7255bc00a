// Package v has a name that is a variable in generated code.
package v

// Value is a value.
type Value struct{ A string }
