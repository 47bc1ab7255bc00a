// Package runtime is what the code of a service written with apigen touches
// beside its own types: the problem documents that answer errors, the options
// of the generated constructors, and values that can be absent or null.
//
// Its names are few and differ from those of the standard package runtime, so
// that a file that uses both is told at once which one is meant. What generated
// code calls lives in runtime/genrt, authentication in runtime/auth.
package runtime
