//go:build !linux

package server

import "net"

// dropNew reports that this system has no way to ignore attempts to connect.
func dropNew(net.Listener) bool { return false }

// waiting is of use only where dropNew is.
func waiting(net.Listener) bool { return false }
