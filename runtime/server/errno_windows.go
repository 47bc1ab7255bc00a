package server

import "syscall"

// The errors of Winsock, which are not those that package syscall names after
// POSIX.
var (
	errsInUse      = []error{syscall.Errno(10048)} // WSAEADDRINUSE
	errsNotAllowed = []error{syscall.Errno(10013)} // WSAEACCES
	errsNotOurs    = []error{syscall.Errno(10049)} // WSAEADDRNOTAVAIL
)
