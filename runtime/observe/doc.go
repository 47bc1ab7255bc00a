// Package observe traces and measures the requests of a service, by what
// OpenTelemetry and Prometheus offer for net/http. Spans and metrics are named by
// the pattern of the route, such as POST /user/{id}, so that their number stays
// that of the routes whatever clients ask for.
//
//	metrics, err := observe.Metrics(prometheus.DefaultRegisterer)
//	…
//	h = observe.Trace()(metrics(h))
//
// Both go around the whole service, NewHandler or a mux, in this order: metrics
// then have exemplars with the id of the trace. It is a module of its own, so
// that services without it link none of this.
package observe
