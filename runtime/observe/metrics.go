package observe

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"go.opentelemetry.io/otel/trace"
)

// unmatched is the route of requests that have none.
const unmatched = "unmatched"

// Metrics returns a middleware that measures requests for Prometheus:
//
//   - http_server_request_duration_seconds, a histogram by method, route and code
//   - http_server_requests_in_flight
//
// The route is the path of the pattern, /user/{id}; what has no route is
// "unmatched", and a method that HTTP does not define "unknown". Observations of
// a traced request have its trace_id as exemplar. A request whose handler panics
// has no answer to measure: runtime.Recover inside of this middleware gives it
// one. It returns an error when reg has metrics of these names already.
// promhttp.Handler serves what is measured.
func Metrics(reg prometheus.Registerer) (func(http.Handler) http.Handler, error) {
	durations := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name:    "http_server_request_duration_seconds",
		Help:    "How long requests took, until their handler returned.",
		Buckets: []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
	}, []string{"method", "route", "code"})
	inFlight := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "http_server_requests_in_flight",
		Help: "How many requests are being served.",
	})
	if err := errors.Join(reg.Register(durations), reg.Register(inFlight)); err != nil {
		return nil, err
	}
	return func(next http.Handler) http.Handler {
		return promhttp.InstrumentHandlerInFlight(inFlight, promhttp.InstrumentHandlerDuration(durations, next,
			promhttp.WithLabelFromRequest("route", route),
			promhttp.WithExemplarFromContext(exemplar)))
	}, nil
}

// route is the path of the pattern that served r.
func route(r *http.Request) string {
	if r.Pattern == "" {
		return unmatched
	}
	return r.Pattern[strings.IndexByte(r.Pattern, ' ')+1:]
}

// exemplar names the trace of a request, where it is kept.
func exemplar(ctx context.Context) prometheus.Labels {
	if span := trace.SpanContextFromContext(ctx); span.IsSampled() {
		return prometheus.Labels{"trace_id": span.TraceID().String()}
	}
	return nil
}
