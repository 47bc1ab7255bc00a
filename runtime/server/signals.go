package server

import (
	"os"
	"os/signal"
	"syscall"
)

// signals are those that stop a service.
type signals struct{ c chan os.Signal }

var stopSignals = []os.Signal{os.Interrupt, syscall.SIGTERM}

func catch() signals {
	s := signals{make(chan os.Signal, 1)}
	signal.Notify(s.c, stopSignals...)
	return s
}

// reset gives the signals their first effect back, for everyone in the process:
// who presses Ctrl-C twice wants it to end, whoever else listens.
func (s signals) reset() { signal.Reset(stopSignals...) }

// release stops listening. Others go on.
func (s signals) release() { signal.Stop(s.c) }

// last stops listening and returns a signal that has come before, or nil.
func (s signals) last() os.Signal {
	s.release() // waits until a signal that is under way has reached everyone
	select {
	case sig := <-s.c:
		return sig
	default:
		return nil
	}
}
