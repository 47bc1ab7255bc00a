package gin_test

import (
	"net/http"
	"testing"

	ginlib "github.com/gin-gonic/gin"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/gin"
	"github.com/apigen-go/apigen/example/existing/host"
	"github.com/apigen-go/apigen/example/existing/internal/hosttest"
)

func mounted(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	return gin.New(c, h, log)
}

func routes(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	return gin.NewRoutes(c, h, log)
}

// rawPath is a host that takes paths apart before it decodes them.
func rawPath(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	r, err := gin.NewRoutes(c, h, log)
	if err != nil {
		return nil, err
	}
	r.UseRawPath, r.HandleMethodNotAllowed = true, true
	return r, nil
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
	hosttest.Paths(t, routes, false) // unless UseRawPath is set
	hosttest.Bodies(t, routes)
	hosttest.HostPrefix(t, routes, http.StatusNotFound, http.StatusNotFound) // unless HandleMethodNotAllowed is set
	hosttest.Panics(t, routes, true)

	hosttest.Paths(t, rawPath, true)
	hosttest.HostPrefix(t, rawPath, http.StatusMethodNotAllowed, http.StatusMethodNotAllowed)
}

// before has a handler that was written for gin beside the new routes.
func before(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	r, err := gin.New(c, h, log)
	if err != nil {
		return nil, err
	}
	r.PUT("/gin/notes/:id", gin.PutNote(h.Notes.Store))
	return r, nil
}

// What is answered differently, as the documentation says.
func TestBefore(t *testing.T) {
	hosttest.Before(t, before, "/gin/notes/n1", []hosttest.Case{
		{Name: "fits", Body: `{"text":"x"}`, ContentType: "application/json", Before: 200, After: 200},
		{Name: "missing", Body: `{}`, ContentType: "application/json", Before: 400, After: 422},
		{Name: "wrong type", Body: `{"text":1}`, ContentType: "application/json", Before: 400, After: 422},
		{Name: "null", Body: `{"text":null}`, ContentType: "application/json", Before: 400, After: 422},
		{Name: "not JSON", Body: `{"text":`, ContentType: "application/json", Before: 400, After: 400},
		{Name: "unknown member", Body: `{"text":"x","more":1}`, ContentType: "application/json", Before: 200, After: 200},
		{Name: "another case", Body: `{"Text":"x"}`, ContentType: "application/json", Before: 200, After: 422},
		{Name: "member twice", Body: `{"text":"x","text":"y"}`, ContentType: "application/json", Before: 200, After: 400},
		{Name: "something behind", Body: `{"text":"x"} {}`, ContentType: "application/json", Before: 200, After: 400},
		{Name: "another type", Body: `{"text":"x"}`, ContentType: "text/plain", Before: 200, After: 415},
	})
}

// gin does not take routes of its own below a prefix that was left to others.
func TestPrefixIsWhole(t *testing.T) {
	r := ginlib.New()
	r.Any("/api/*path", func(*ginlib.Context) {})
	defer func() {
		if recover() == nil {
			t.Error("gin takes both now: the documentation says it does not")
		}
	}()
	r.GET("/api/old", func(*ginlib.Context) {})
}
