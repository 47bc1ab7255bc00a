package runtime

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
)

// Recover is a middleware that answers 500 for a handler that panics, and logs
// the panic with its stack through slog.Default. Generated routes do that
// themselves; it is for middlewares and handlers of other making. Where the
// answer has begun, the connection is cut instead, so that nobody takes half an
// answer for a whole one. http.ErrAbortHandler goes through.
func Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &observed{ResponseWriter: w}
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			slog.LogAttrs(r.Context(), slog.LevelError, "a handler panicked", append(aboutRequest(r),
				slog.String("panic", panicText(v)), slog.String("stack", string(debug.Stack())))...)
			if seen.status != 0 || seen.hijacked {
				panic(http.ErrAbortHandler)
			}
			(&Problem{Status: http.StatusInternalServerError}).ServeHTTP(w, r)
		}()
		next.ServeHTTP(seen, r)
	})
}

// panicText describes a recovered value. A value that is not made to be read is
// named by its type alone: it may be a request.
func panicText(v any) string {
	switch v := v.(type) {
	case error, fmt.Stringer, string, bool, int, int64, uint64, float64:
		return fmt.Sprint(v)
	default:
		return fmt.Sprintf("a value of type %T", v)
	}
}
