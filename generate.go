// Package apigen turns annotated Go packages into HTTP services.
//
// The request and response types, the handlers and their doc comments are the
// only specification. Directive comments such as
//
//	//api:route POST /user/login
//
// say what Go has no words for, and the apigen command writes the decoding,
// validation, authentication and encoding between net/http and the handlers.
//
// The command is in cmd/apigen, what generated code stands on in runtime, and
// a complete service in the nested module example. This package holds nothing
// but the lines that regenerate that example, the services of the benchmarks, the
// routes that join services of other frameworks, and those whose documents are
// held against their servers.
package apigen

//go:generate go -C bench generate ./...
//go:generate go -C example generate ./...
//go:generate go -C example/existing generate ./...
//go:generate go -C internal/verdict generate ./...
