//go:build !unix

package server

// openFiles is how many files the process may have open, as far as is known.
func openFiles() uint64 { return 16384 }
