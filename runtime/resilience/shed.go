package resilience

import (
	"net/http"

	"github.com/failsafe-go/failsafe-go/adaptivelimiter"

	"github.com/apigen-go/apigen/runtime"
)

// Shed returns a middleware that answers 503 for requests beyond what the limiter
// allows at a time. An adaptive limiter lowers that when requests begin to take
// longer than they used to, and raises it again; a nil one has failsafe-go's
// defaults, which begin with 20 requests and end with 200. It goes around the
// whole service, or in middleware= around servers, which share the limiter then.
// Event streams and WebSockets keep their place until they end and are no measure
// of load: keep routes that have them outside.
func Shed(limiter adaptivelimiter.AdaptiveLimiter[any]) func(http.Handler) http.Handler {
	if limiter == nil {
		limiter = adaptivelimiter.NewWithDefaults[any]()
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			permit, ok := limiter.TryAcquirePermit()
			if !ok {
				refuse(w, r, "the service has more to do than it can: try again later", "1")
				return
			}
			served := false
			defer func() {
				if served {
					permit.Record()
				} else { // how long a panic took says nothing
					permit.Drop()
				}
			}()
			next.ServeHTTP(w, r)
			served = true
		})
	}
}

// refuse answers 503.
func refuse(w http.ResponseWriter, r *http.Request, detail, retryAfter string) {
	(&runtime.Problem{
		Status: http.StatusServiceUnavailable,
		Detail: detail,
		Header: http.Header{"Retry-After": {retryAfter}},
	}).ServeHTTP(w, r)
}
