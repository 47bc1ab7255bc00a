package runtime

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/apigen-go/apigen/runtime/internal/request"
)

// Gunzip is a middleware that unpacks request bodies with Content-Encoding: gzip
// (RFC 9110 section 8.4.1.3), so that handlers see what was packed. A body that
// is larger than maxBytes when unpacked ends with an *http.MaxBytesError, for
// which generated routes answer 413; they answer 400 for one that is no gzip. The
// limit of the route counts, too. Other codings are answered with 415 and
// Accept-Encoding (section 15.5.16).
func Gunzip(maxBytes int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch coding := codingOf(r.Header["Content-Encoding"]); {
			case coding == "":
				next.ServeHTTP(w, r)
			case coding != "gzip" && coding != "x-gzip":
				(&Problem{
					Status: http.StatusUnsupportedMediaType,
					Detail: "the body has a content coding that is not read here: send it as it is, or by gzip",
					Header: http.Header{"Accept-Encoding": {"gzip, identity"}},
				}).ServeHTTP(w, r)
			default:
				inner := r.WithContext(r.Context())
				inner.Header = r.Header.Clone()
				inner.Header.Del("Content-Encoding")
				if r.ContentLength != 0 {
					inner.Header.Del("Content-Length")
					inner.ContentLength = -1
					body := &gunzipped{packed: r.Body}
					defer body.release()
					inner.Body = http.MaxBytesReader(w, body, maxBytes)
				}
				request.Serve(next, w, inner, r)
			}
		})
	}
}

// codingOf returns the content coding, in lower case; identity is none.
func codingOf(lines []string) string {
	coding := strings.ToLower(strings.Trim(strings.Join(lines, ","), " \t"))
	if coding == "identity" {
		return ""
	}
	return coding
}

// gzipReaders are kept: one has tables of some 40 KB.
var gzipReaders sync.Pool

// gunzipped is a body that is unpacked as it is read.
type gunzipped struct {
	packed io.ReadCloser
	mu     sync.Mutex // a handler may read on in another goroutine
	reader *gzip.Reader
	err    error
}

func (g *gunzipped) Read(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err == nil && g.reader == nil {
		g.reader, g.err = newGzipReader(g.packed)
	}
	if g.err != nil {
		return 0, g.err
	}
	n, err := g.reader.Read(b)
	g.err = err
	return n, err
}

// newGzipReader begins to unpack r. The end of r is no end of a gzip file.
func newGzipReader(r io.Reader) (*gzip.Reader, error) {
	z, _ := gzipReaders.Get().(*gzip.Reader)
	var err error
	if z == nil {
		z, err = gzip.NewReader(r)
	} else {
		err = z.Reset(r)
	}
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return z, err
}

// Close closes the packed body.
func (g *gunzipped) Close() error { return g.packed.Close() }

// release gives the reader back once the handler has returned.
func (g *gunzipped) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.reader != nil {
		gzipReaders.Put(g.reader)
	}
	g.reader, g.err = nil, errors.New("the request is over")
}
