package echo_test

import (
	"net/http"
	"testing"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/echo"
	"github.com/apigen-go/apigen/example/existing/host"
	"github.com/apigen-go/apigen/example/existing/internal/hosttest"
)

func mounted(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	return echo.New(c, h, log)
}

func routes(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	return echo.NewRoutes(c, h, log)
}

func TestMounted(t *testing.T) {
	hosttest.Host(t, mounted)
	hosttest.Routes(t, mounted, true)
	hosttest.Paths(t, mounted, true)
	hosttest.Bodies(t, mounted)
	hosttest.OwnPrefix(t, mounted, true)
	hosttest.Panics(t, mounted, true)
	hosttest.Aborts(t, mounted)
	hosttest.Flushes(t, mounted)
	hosttest.Leaving(t, mounted)
}

func TestRoutes(t *testing.T) {
	hosttest.Host(t, routes)
	hosttest.Routes(t, routes, true)
	hosttest.Paths(t, routes, true)
	hosttest.Bodies(t, routes)
	hosttest.HostPrefix(t, routes, http.StatusMethodNotAllowed, http.StatusNoContent)
	hosttest.Panics(t, routes, true)
}
