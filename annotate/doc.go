// Package annotate reads what people write for apigen in Go source: directive
// comments, struct tags, validation rules and paths. It knows syntax only,
// with the exact position of every token; what the words mean for a type is
// decided by the packages that build on it.
//
// The schema table of this package drives the parser, the help texts and the
// documentation. Its table of codes owns the numbers of all diagnostics.
package annotate
