package config

import "github.com/apigen-go/apigen/runtime/server"

// Server is where and within what limits a service listens, to be embedded in
// the struct that the file is loaded into. server.Run takes it.
type Server = server.Config

// Duration is a time that is written with its unit, such as 30s, and nothing
// else, where a time.Duration takes a number of seconds as well.
type Duration = server.Duration

// Size is a number of bytes, written alone or as 64KiB, 1MiB or 2GB.
type Size = server.Size
