package observe

import (
	"net/http"

	"go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp"
)

// Trace is a middleware that makes a span for each request, within the trace that
// the caller began if any, and records the metrics of OpenTelemetry for servers.
// Without options it uses the global providers and propagators. A span is called
// by the method and the route, or by the method alone where there is no route.
//
// The span is in the context of handlers: trace.SpanContextFromContext has the ids
// for logs.
func Trace(opts ...otelhttp.Option) func(http.Handler) http.Handler {
	instrument := otelhttp.NewMiddleware("", opts...)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, outer *http.Request) {
			instrument(http.HandlerFunc(func(w http.ResponseWriter, inner *http.Request) {
				// Middlewares around this one want to know the route, too, and net/http
				// the form whose files it removes.
				defer func() {
					outer.Pattern = inner.Pattern
					if outer.MultipartForm == nil {
						outer.MultipartForm = inner.MultipartForm
					}
				}()
				next.ServeHTTP(w, inner)
			})).ServeHTTP(w, outer)
		})
	}
}
