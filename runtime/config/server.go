package config

import "github.com/apigen-go/apigen/runtime/server"

// Server is where and within what limits a service listens, to be embedded in
// the struct that the file is loaded into. server.Run takes it.
type Server = server.Config
