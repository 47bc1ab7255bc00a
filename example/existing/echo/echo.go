// Package echo is a service on echo that routes of apigen have joined.
package echo

import (
	"errors"
	"io"
	"log/slog"
	"net/http"

	"github.com/labstack/echo/v5"
	"github.com/labstack/echo/v5/middleware"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
)

// New returns a service that leaves everything below /api to the new routes.
func New(c api.Config, h api.Handlers, log host.Log) (*echo.Echo, error) {
	e := newEcho(log)

	//snippet:mount
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	e.Any("/api/*", echo.WrapHandler(service))
	//snippet:end

	return e, nil
}

// NewRoutes returns a service that has two of the new routes below a prefix it
// keeps to itself.
func NewRoutes(c api.Config, h api.Handlers, log host.Log) (*echo.Echo, error) {
	e := newEcho(log)

	//snippet:routes
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	e.GET("/api/status", echo.WrapHandler(service))
	e.PUT("/api/notes/:id", echo.WrapHandler(service))
	//snippet:end

	return e, nil
}

// newEcho is the service before.
func newEcho(log host.Log) *echo.Echo {
	e := echo.New()
	e.Logger = slog.New(slog.NewTextHandler(io.Discard, nil))
	e.Use(logging(log), middleware.Recover())
	e.GET("/hello", func(c *echo.Context) error {
		return c.String(http.StatusOK, host.Greeting(c.Request().Context()))
	})
	fallback := e.HTTPErrorHandler
	e.HTTPErrorHandler = func(c *echo.Context, err error) {
		if errors.Is(err, echo.ErrNotFound) {
			err = c.String(http.StatusNotFound, host.Nothing)
		}
		if err != nil {
			fallback(c, err)
		}
	}
	return e
}

// logging logs every request with what echo knows of it.
func logging(log host.Log) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			r := c.Request()
			id := r.Header.Get(host.Header)
			c.Response().Header().Set(host.Header, id)
			r = r.WithContext(host.WithRequestID(r.Context(), id))
			c.SetRequest(r)
			defer func() {
				entry := host.Entry{RequestID: id, Method: r.Method, Path: r.URL.Path, Pattern: r.Pattern}
				if rec, err := echo.UnwrapResponse(c.Response()); err == nil {
					entry.Status = rec.Status
				}
				log(entry)
			}()
			return next(c)
		}
	}
}
