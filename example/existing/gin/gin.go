// Package gin is a service on gin that routes of apigen have joined.
package gin

import (
	"io"
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
)

// New returns a service that leaves everything below /api to the new routes.
func New(c api.Config, h api.Handlers, log host.Log) (*gin.Engine, error) {
	r := newEngine(log)

	//snippet:mount
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	r.Any("/api/*path", gin.WrapH(service))
	//snippet:end

	return r, nil
}

// NewRoutes returns a service that has two of the new routes below a prefix it
// has routes of its own in.
func NewRoutes(c api.Config, h api.Handlers, log host.Log) (*gin.Engine, error) {
	r := newEngine(log)

	//snippet:routes
	service, err := api.NewHandler(c, h)
	if err != nil {
		return nil, err
	}
	r.GET("/api/status", gin.WrapH(service))
	r.PUT("/api/notes/:id", gin.WrapH(service))
	//snippet:end

	return r, nil
}

// newEngine is the service before.
func newEngine(log host.Log) *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(logging(log), gin.RecoveryWithWriter(io.Discard))
	r.GET("/hello", func(c *gin.Context) {
		c.String(http.StatusOK, host.Greeting(c.Request.Context()))
	})
	r.NoRoute(func(c *gin.Context) { c.String(http.StatusNotFound, host.Nothing) })
	return r
}

// logging logs every request with what gin knows of it.
func logging(log host.Log) gin.HandlerFunc {
	return func(c *gin.Context) {
		id := c.GetHeader(host.Header)
		c.Header(host.Header, id)
		//snippet:context
		c.Request = c.Request.WithContext(host.WithRequestID(c.Request.Context(), id))
		//snippet:end
		defer func() {
			log(host.Entry{
				RequestID: id, Method: c.Request.Method, Path: c.Request.URL.Path,
				Pattern: c.Request.Pattern, Status: c.Writer.Status(),
			})
		}()
		c.Next()
	}
}
