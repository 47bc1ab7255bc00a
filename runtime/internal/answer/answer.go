// Package answer holds what generated code and middlewares do alike when they
// answer an error.
package answer

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// DropContentHeaders removes what a handler has said about the content that is
// not going to be sent.
func DropContentHeaders(h http.Header) {
	for _, name := range []string{"Content-Encoding", "Content-Disposition", "Content-Language", "Content-Range", "Etag", "Last-Modified", "Trailer"} {
		delete(h, name)
	}
	if !strings.Contains(h.Get("Cache-Control"), "no-store") {
		delete(h, "Cache-Control") // an error must not be cached like the content
	}
}

// CopyHeader copies the headers a problem asks for. The framing and the form of
// the content are the runtime's.
func CopyHeader(to, from http.Header) {
	for name, values := range from {
		switch name = http.CanonicalHeaderKey(name); name {
		case "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Trailer":
		default:
			to[name] = slices.Clone(values)
		}
	}
}

// PanicText describes a recovered value. A value that is not made to be read is
// named by its type alone: it may be a request.
func PanicText(v any) string {
	switch v := v.(type) {
	case error, fmt.Stringer, // fmt survives a method that panics in turn
		string, bool, int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64, float32, float64:
		return fmt.Sprint(v)
	default:
		return fmt.Sprintf("a value of type %T", v)
	}
}
