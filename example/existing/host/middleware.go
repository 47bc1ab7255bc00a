package host

import "net/http"

// Middleware puts the id of the request into its context and into the answer, and
// logs every request.
func Middleware(log Log) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			id := r.Header.Get(Header)
			w.Header().Set(Header, id)
			r = r.WithContext(WithRequestID(r.Context(), id))
			rec := &recorder{ResponseWriter: w, status: http.StatusOK}
			defer func() {
				log(Entry{RequestID: id, Method: r.Method, Path: r.URL.Path, Pattern: r.Pattern, Status: rec.status})
			}()
			next.ServeHTTP(rec, r)
		})
	}
}

// recorder keeps the status of the answer.
type recorder struct {
	http.ResponseWriter
	status int
}

func (w *recorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach what it looks for.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }
