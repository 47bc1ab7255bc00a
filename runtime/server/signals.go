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

// resetAtNext begins to listen again, for the time of a stop that no signal
// began: the first that comes is the wish to stop, which is granted already, and
// only one after that ends the process. The function it returns ends that.
func (s signals) resetAtNext() (end func()) {
	signal.Notify(s.c, stopSignals...)
	done := make(chan struct{})
	go func() {
		select {
		case <-s.c:
			s.reset()
		case <-done:
		}
	}()
	return func() { close(done) }
}

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
