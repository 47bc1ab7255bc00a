// Package around puts everything around a service that go-zero's server puts
// around its routes.
package around

import (
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/observe"
	"github.com/apigen-go/apigen/runtime/resilience"
)

// New returns the service with all of them.
func New(c api.Config, h api.Handlers, registry prometheus.Registerer, log *slog.Logger) (http.Handler, error) {
	service, err := api.NewHandler(c, h, runtime.WithLogger(log))
	if err != nil {
		return nil, err
	}
	//snippet:around
	metrics, err := observe.Metrics(registry)
	if err != nil {
		return nil, err
	}
	for _, around := range []func(http.Handler) http.Handler{
		runtime.Gunzip(4 << 20),
		runtime.MaxInFlight(1000),
		resilience.Shed(nil),
		runtime.Recover,
		metrics,
		observe.Trace(),
		runtime.AccessLog(log),
		runtime.RequestID,
		runtime.TrustProxies(netip.MustParsePrefix("10.0.0.0/8")), // the outermost one
	} {
		service = around(service)
	}
	//snippet:end
	return service, nil
}
