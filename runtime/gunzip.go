package runtime

import (
	"compress/gzip"
	"errors"
	"io"
	"math"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/apigen-go/apigen/runtime/internal/request"
)

// Gunzip is a middleware that unpacks request bodies with Content-Encoding: gzip
// (RFC 9110 section 8.4.1.3), so that handlers see what was packed. A body that
// is larger than maxBytes when unpacked ends with an *http.MaxBytesError, for
// which generated routes answer 413; they answer 400 for one that is no gzip. So
// does one that is an eighth larger than maxBytes, and 1 KiB, before it is
// unpacked: it holds next to nothing, such as empty members without end. The limit
// of the route counts, too. Other codings are answered with 415 and
// Accept-Encoding (section 15.5.16).
func Gunzip(maxBytes int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch coding := codingOf(r.Header["Content-Encoding"]); {
			case coding == "":
				next.ServeHTTP(w, r)
			case coding != "gzip" && coding != "x-gzip" && r.ContentLength != 0:
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
					body := &gunzipped{packed: &packedBody{ReadCloser: r.Body, left: packedLimit(maxBytes), size: r.ContentLength, max: maxBytes}}
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

// packedLimit is what a body may have that is maxBytes large when unpacked: that
// and what gzip adds to it where it cannot make it smaller.
func packedLimit(maxBytes int64) int64 {
	more := maxBytes/8 + 1<<10
	if maxBytes > math.MaxInt64-more {
		return math.MaxInt64
	}
	return maxBytes + more
}

// packedBody is a body as it was sent, which ends with an error beyond left bytes,
// and before the first one if its size says that it will: the client may still
// wait for 100 then (RFC 9110 section 10.1.1).
type packedBody struct {
	io.ReadCloser
	left, size, max int64
}

func (p *packedBody) Read(b []byte) (int, error) {
	if p.left < 0 || p.size > p.left {
		return 0, &http.MaxBytesError{Limit: p.max}
	}
	n, err := p.ReadCloser.Read(b)
	p.left -= int64(n)
	p.size -= int64(n)
	return n, err
}

// gzipReaders are kept: one has tables of some 40 KB.
var gzipReaders sync.Pool

// gunzipped is a body that is unpacked as it is read.
type gunzipped struct {
	packed io.ReadCloser
	mu     sync.Mutex // a handler may read on in another goroutine
	over   atomic.Bool
	reader *gzip.Reader
	err    error
}

var errOver = errors.New("the request is over")

func (g *gunzipped) Read(b []byte) (int, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.over.Load() {
		return 0, errOver
	}
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

// release gives the reader back once the handler has returned. Should something
// still read, which may wait for the client, it keeps the reader.
func (g *gunzipped) release() {
	g.over.Store(true)
	if !g.mu.TryLock() {
		return
	}
	defer g.mu.Unlock()
	if g.reader != nil {
		_ = g.reader.Reset(http.NoBody) // the pool need not keep the request
		gzipReaders.Put(g.reader)
	}
	g.reader = nil
}
