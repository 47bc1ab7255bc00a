package docs

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// resource is what one path answers. It is kept packed, which is how most
// clients get it.
type resource struct {
	mediaType string
	packed    []byte
	plain     func() ([]byte, error)
	tag       string // for entity tags, without quotes
}

// newResource packs text.
func newResource(mediaType string, text []byte) *resource {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, _ = w.Write(text) // a bytes.Buffer takes everything
	_ = w.Close()
	r := packedResource(mediaType, packed.Bytes())
	r.plain = func() ([]byte, error) { return text, nil }
	return r
}

// packedResource takes what is packed already, and unpacks it when somebody asks.
func packedResource(mediaType string, packed []byte) *resource {
	sum := sha256.Sum256(packed)
	return &resource{
		mediaType: mediaType,
		packed:    packed,
		plain: sync.OnceValues(func() ([]byte, error) {
			r, err := gzip.NewReader(bytes.NewReader(packed))
			if err != nil {
				return nil, err
			}
			return io.ReadAll(r)
		}),
		tag: base64.RawURLEncoding.EncodeToString(sum[:12]),
	}
}

// ServeHTTP answers GET and HEAD, conditional and for ranges, too (RFC 9110
// sections 13 and 14). The two forms have entity tags of their own, as section
// 8.8.3.3 asks for.
func (r *resource) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	text, tag := r.packed, r.tag+"-gzip"
	if acceptsGzip(req.Header["Accept-Encoding"]) {
		h.Set("Content-Encoding", "gzip")
	} else {
		var err error
		if text, err = r.plain(); err != nil {
			refuse(w, req, http.StatusInternalServerError)
			return
		}
		tag = r.tag
	}
	h.Set("Content-Type", r.mediaType)
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, req, "", time.Time{}, bytes.NewReader(text))
}

// acceptsGzip reports whether Accept-Encoding asks for gzip (RFC 9110 section
// 12.5.3). A client that sends none could take it, and often cannot.
func acceptsGzip(lines []string) bool {
	for item := range strings.SplitSeq(strings.Join(lines, ","), ",") {
		coding, parameter, _ := strings.Cut(item, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		name, weight, weighted := strings.Cut(strings.TrimSpace(parameter), "=")
		if !weighted || !strings.EqualFold(name, "q") {
			return true
		}
		q, err := strconv.ParseFloat(weight, 64)
		return err == nil && q > 0
	}
	return false
}
