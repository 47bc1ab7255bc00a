package chi_test

import (
	"net/http"
	"testing"

	"github.com/apigen-go/apigen/example/existing/chi"
	"github.com/apigen-go/apigen/example/existing/internal/hosttest"
)

func TestMounted(t *testing.T) {
	hosttest.Host(t, chi.New)
	hosttest.Routes(t, chi.New, true)
	hosttest.Paths(t, chi.New, true)
	hosttest.Bodies(t, chi.New)
	hosttest.OwnPrefix(t, chi.New, true)
	hosttest.Panics(t, chi.New, true)
	hosttest.Aborts(t, chi.New)
	hosttest.Flushes(t, chi.New)
	hosttest.Leaving(t, chi.New)
}

func TestRoutes(t *testing.T) {
	hosttest.Host(t, chi.NewRoutes)
	hosttest.Routes(t, chi.NewRoutes, true)
	hosttest.Paths(t, chi.NewRoutes, true)
	hosttest.Bodies(t, chi.NewRoutes)
	hosttest.HostPrefix(t, chi.NewRoutes, http.StatusMethodNotAllowed, http.StatusMethodNotAllowed)
	hosttest.Panics(t, chi.NewRoutes, true)
}
