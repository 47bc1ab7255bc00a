//go:build !windows

package server

import "syscall"

var (
	errsInUse      = []error{syscall.EADDRINUSE}
	errsNotAllowed = []error{syscall.EACCES}
	errsNotOurs    = []error{syscall.EADDRNOTAVAIL}
)
