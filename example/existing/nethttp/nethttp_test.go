package nethttp_test

import (
	"net/http"
	"testing"

	"github.com/apigen-go/apigen/example/existing/internal/hosttest"
	"github.com/apigen-go/apigen/example/existing/nethttp"
)

func TestRegistered(t *testing.T) {
	hosttest.Host(t, nethttp.New)
	hosttest.Routes(t, nethttp.New, true)
	hosttest.Paths(t, nethttp.New, true)
	hosttest.Bodies(t, nethttp.New)
	hosttest.HostPrefix(t, nethttp.New, http.StatusNotFound, http.StatusNotFound) // the route of the host's 404 takes every method
	hosttest.Head(t, nethttp.New)
	hosttest.Panics(t, nethttp.New, true)
	hosttest.Aborts(t, nethttp.New)
	hosttest.Flushes(t, nethttp.New)
	hosttest.Leaving(t, nethttp.New)
}

func TestMounted(t *testing.T) {
	hosttest.Host(t, nethttp.NewMounted)
	hosttest.Routes(t, nethttp.NewMounted, true)
	hosttest.Paths(t, nethttp.NewMounted, true)
	hosttest.Bodies(t, nethttp.NewMounted)
	hosttest.OwnPrefix(t, nethttp.NewMounted, true)
	hosttest.Panics(t, nethttp.NewMounted, true)
	hosttest.Aborts(t, nethttp.NewMounted)
	hosttest.Flushes(t, nethttp.NewMounted)
	hosttest.Leaving(t, nethttp.NewMounted)
}
