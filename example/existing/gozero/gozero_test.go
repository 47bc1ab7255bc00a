package gozero_test

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/zeromicro/go-zero/core/conf"
	"github.com/zeromicro/go-zero/core/logx"
	"github.com/zeromicro/go-zero/rest"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/gozero"
	"github.com/apigen-go/apigen/example/existing/host"
	"github.com/apigen-go/apigen/example/existing/internal/hosttest"
)

func TestMain(m *testing.M) {
	logx.Disable() // it logs requests whole, with their tokens
	os.Exit(m.Run())
}

// config is a configuration as go-zero fills it in.
func config(t *testing.T) rest.RestConf {
	t.Helper()
	var c rest.RestConf
	if err := conf.LoadFromYamlBytes([]byte("{Name: notes, Host: 127.0.0.1, Port: 0, MaxBytes: 8388608, Log: {Level: severe, Stat: false}}"), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// serving returns what serves the routes of a server.
func serving(server *rest.Server, err error) (http.Handler, error) {
	if err != nil {
		return nil, err
	}
	s, err := rest.NewServerless(server)
	if err != nil {
		return nil, err
	}
	return http.HandlerFunc(s.Serve), nil
}

func TestRoutes(t *testing.T) {
	routes := func(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
		return serving(gozero.New(config(t), c, h, log))
	}
	hosttest.Host(t, routes)
	hosttest.Routes(t, routes, true)
	hosttest.Paths(t, routes, false)
	hosttest.Bodies(t, routes)
	hosttest.HostPrefix(t, routes, http.StatusMethodNotAllowed, http.StatusMethodNotAllowed)
	hosttest.Panics(t, routes, true)
	hosttest.Aborts(t, routes)
	hosttest.Flushes(t, routes)
	hosttest.Leaving(t, routes)
}

// go-zero finds routes by what path.Clean makes of a path; apigen by the path.
func TestUncleanPaths(t *testing.T) {
	hosttest.Unclean(t, func(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
		return serving(gozero.New(config(t), c, h, log))
	})
}

// timed has routes with a timeout of go-zero's. Without its log, which reads the
// request of a handler that is still at it.
func timed(t *testing.T, timeout time.Duration) hosttest.New {
	return func(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
		conf := config(t)
		conf.Middlewares.Log = false
		server, err := gozero.NewPlain(conf, log)
		if err != nil {
			return nil, err
		}
		service, err := api.NewHandler(c, h)
		server.AddRoutes(rest.WithMiddleware(gozero.Unpacked, []rest.Route{
			{Method: http.MethodPut, Path: "/api/notes/:id", Handler: service.ServeHTTP},
			{Method: http.MethodGet, Path: "/api/notes/:id/lines", Handler: service.ServeHTTP},
		}...), rest.WithTimeout(timeout))
		return serving(server, err)
	}
}

// go-zero keeps the answer of a route with a timeout to itself until it is whole
// or flushed.
func TestTimeout(t *testing.T) {
	hosttest.Bodies(t, timed(t, time.Hour))
	hosttest.Gunzip(t, timed(t, time.Hour))
	hosttest.Aborts(t, timed(t, time.Hour))
	hosttest.Flushes(t, timed(t, time.Hour))
	hosttest.HostTimeout(t, timed(t, 50*time.Millisecond), http.StatusServiceUnavailable, "Request Timeout")
}

func TestBehind(t *testing.T) {
	behind := func(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
		return serving(gozero.NewBehind(config(t), c, h, log))
	}
	hosttest.Routes(t, behind, false)
	hosttest.Paths(t, behind, true)
	hosttest.Bodies(t, behind)
	hosttest.OwnPrefix(t, behind, false)
	hosttest.Panics(t, behind, false)
	hosttest.Aborts(t, behind)
	hosttest.Flushes(t, behind)
	hosttest.Leaving(t, behind)
}

func TestInFront(t *testing.T) {
	inFront := func(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
		goZero, err := serving(gozero.NewPlain(config(t), log))
		if err != nil {
			return nil, err
		}
		service, err := api.NewHandler(c, h)
		server := &http.Server{Handler: goZero}
		gozero.InFront("/api/", service)(server)
		return server.Handler, err
	}
	hosttest.Host(t, inFront)
	hosttest.Routes(t, inFront, false)
	hosttest.Paths(t, inFront, true)
	hosttest.Bodies(t, inFront)
	hosttest.OwnPrefix(t, inFront, false)
	hosttest.Panics(t, inFront, false)
	hosttest.Aborts(t, inFront)
	hosttest.Flushes(t, inFront)
	hosttest.Leaving(t, inFront)
}
