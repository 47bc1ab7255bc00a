package resilience

import (
	"net/http"
	"strconv"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/felixge/httpsnoop"
)

// Breaker returns a circuit breaker that opens when at least half of 20 or more
// requests within 10 seconds fail, lets requests through again after 5 seconds,
// and closes when 3 of them succeed.
func Breaker() circuitbreaker.CircuitBreaker[any] {
	return circuitbreaker.NewBuilder[any]().
		WithFailureRateThreshold(0.5, 20, 10*time.Second).
		WithDelay(5 * time.Second).
		WithSuccessThreshold(3).
		Build()
}

// Break returns a middleware that answers 503 while the circuit breaker of its
// handler is open. Answers of 500 and above, and panics, are failures. What is
// answered to clients that have left does not count, or while the breaker is
// half-open, as a success: it knows no other way to let the next request through.
//
// Every handler that the middleware is put around gets a breaker of its own from
// newBreaker, or from [Breaker] when it is nil. Named in middleware= of a server,
// the middleware stands around each of its routes, so that one that fails takes no
// other along; around NewHandler there is one breaker for all. A directive names
// a function:
//
//	var breaker = resilience.Break(nil)
//
//	// Break gives routes that fail a rest.
//	func Break(next http.Handler) http.Handler { return breaker(next) }
func Break(newBreaker func() circuitbreaker.CircuitBreaker[any]) func(http.Handler) http.Handler {
	if newBreaker == nil {
		newBreaker = Breaker
	}
	return func(next http.Handler) http.Handler {
		breaker := newBreaker()
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !breaker.TryAcquirePermit() {
				refuse(w, r, "the route fails too often at the moment: try again later", seconds(breaker.RemainingDelay()))
				return
			}
			status, failed := 0, true // unless it returns
			defer func() {
				switch gone := r.Context().Err() != nil; {
				case gone && !breaker.IsHalfOpen():
				case failed && !gone:
					breaker.RecordFailure()
				default: // a half-open one gets its permit back by results alone
					breaker.RecordSuccess()
				}
			}()
			next.ServeHTTP(noting(w, &status), r)
			failed = status >= http.StatusInternalServerError
		})
	}
}

// noting returns a writer that notes the status of the answer.
func noting(w http.ResponseWriter, status *int) http.ResponseWriter {
	return httpsnoop.Wrap(w, httpsnoop.Hooks{
		WriteHeader: func(next httpsnoop.WriteHeaderFunc) httpsnoop.WriteHeaderFunc {
			return func(code int) {
				next(code)
				// Informational ones come before the answer, and what comes after it is
				// not sent.
				if *status == 0 && (code >= http.StatusOK || code == http.StatusSwitchingProtocols) {
					*status = code
				}
			}
		},
	})
}

// seconds renders a delay for Retry-After (RFC 9110 section 10.2.3), at least 1.
func seconds(d time.Duration) string {
	return strconv.FormatInt(int64(max(d+time.Second-1, time.Second)/time.Second), 10)
}
