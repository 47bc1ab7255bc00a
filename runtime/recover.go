package runtime

import (
	"log/slog"
	"net/http"
	"runtime/debug"

	"github.com/apigen-go/apigen/runtime/internal/answer"
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
				slog.String("panic", answer.PanicText(v)), slog.String("stack", string(debug.Stack())))...)
			if seen.status != 0 || seen.hijacked {
				panic(http.ErrAbortHandler)
			}
			(&Problem{Status: http.StatusInternalServerError}).ServeHTTP(w, r)
		}()
		next.ServeHTTP(seen, r)
	})
}
