package jwks

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

// Handler publishes the public halves of keys as a JWK set (RFC 7517 section 5), to
// GET and HEAD. Caches may hold an answer for 5 minutes, so a key has to be in the
// set for longer than that before it signs, and after it has signed for as long as
// its tokens are valid. An answer has an ETag, and a request whose If-None-Match has
// it is answered 304 (RFC 9110 section 13.1.2).
//
// keys is called for each request. Its error is logged by slog.Default and answered
// as 503 with Retry-After, without telling what it was.
func Handler(keys func(context.Context) (*Set, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead { //check:handler-method
			(&runtime.Problem{
				Status: http.StatusMethodNotAllowed,
				Header: http.Header{"Allow": {"GET, HEAD"}},
			}).ServeHTTP(w, r)
			return
		}
		body, err := publish(r.Context(), keys)
		if err != nil { //check:handler-keys
			slog.Default().LogAttrs(r.Context(), slog.LevelError, "keys cannot be published", slog.Any("error", err))
			(&runtime.Problem{Status: http.StatusServiceUnavailable, Cause: err}).ServeHTTP(w, r)
			return
		}
		serveKeys(w, r, body)
	})
}

func publish(ctx context.Context, keys func(context.Context) (*Set, error)) ([]byte, error) {
	set, err := keys(ctx)
	if err != nil {
		return nil, err
	}
	if set == nil { //check:handler-nil
		return nil, errors.New("expected a set of keys or an error, got neither")
	}
	return set.MarshalJSON()
}

func serveKeys(w http.ResponseWriter, r *http.Request, body []byte) {
	sum := sha256.Sum256(body)
	tag := `"` + encode(sum[:16]) + `"`
	h := w.Header()
	h.Set("Cache-Control", "public, max-age=300")
	h.Set("Etag", tag)
	h.Set("X-Content-Type-Options", "nosniff")
	if hasTag(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/jwk-set+json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodHead {
		w.WriteHeader(http.StatusOK)
		return
	}
	_, _ = w.Write(body) // a client that left has no use for the error
}

// hasTag reports whether If-None-Match has the tag, compared weakly (RFC 9110
// section 8.8.3.2). Commas in other tags cannot make it seem so: a tag holds no
// quotes.
func hasTag(fields []string, tag string) bool {
	return slices.ContainsFunc(strings.Split(strings.Join(fields, ","), ","), func(t string) bool {
		t = strings.TrimSpace(t)
		return t == "*" || strings.TrimPrefix(t, "W/") == tag
	})
}
