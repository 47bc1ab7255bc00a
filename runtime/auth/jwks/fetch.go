package jwks

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

const (
	fetchTimeout = 10 * time.Second // for all that one refresh needs
	maxBody      = 1 << 20          // bytes, decompressed
	maxHeader    = 64 << 10         // bytes
	maxRedirects = 3
	userAgent    = "apigen-jwks (+https://github.com/apigen-go/apigen)"
)

// fetcher gets documents of public keys.
type fetcher struct {
	transport http.RoundTripper
	timeout   time.Duration
}

// newFetcher uses the transport and the timeout of c, which may be nil. Redirects
// are followed here: http.Client tells in its errors where they lead, and it sends
// cookies and Referer there.
func newFetcher(c *http.Client) *fetcher {
	f := &fetcher{timeout: fetchTimeout}
	if c == nil {
		f.transport = defaultTransport()
		return f
	}
	if f.transport = c.Transport; f.transport == nil {
		f.transport = http.DefaultTransport
	}
	if c.Timeout > 0 {
		f.timeout = min(f.timeout, c.Timeout)
	}
	return f
}

// defaultTransport keeps no connection: the next fetch is minutes away, and there
// is nothing to close.
func defaultTransport() http.RoundTripper {
	shared, ok := http.DefaultTransport.(*http.Transport)
	if !ok {
		return http.DefaultTransport
	}
	t := shared.Clone()
	t.DisableKeepAlives = true
	t.MaxResponseHeaderBytes = maxHeader
	return t
}

// document is an answer with its whole body.
type document struct {
	body   []byte
	header http.Header
}

// get fetches u, following redirects. Its errors show neither queries nor what was
// answered.
func (f *fetcher) get(ctx context.Context, u *url.URL) (*document, error) {
	for redirects := 0; ; redirects++ {
		d, next, err := f.once(ctx, u)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", show(u), err)
		}
		if next == nil {
			return d, nil
		}
		if redirects == maxRedirects { //check:fetch-redirects
			return nil, fmt.Errorf("%s: expected at most %d redirects: write the URL they lead to", show(u), maxRedirects)
		}
		u = next
	}
}

// once sends one request. It returns the document, or where it is instead.
func (f *fetcher) once(ctx context.Context, u *url.URL) (d *document, next *url.URL, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, nil, errors.New("expected a URL that can be asked for")
	}
	r.Header.Set("Accept", "application/json, application/jwk-set+json")
	r.Header.Set("User-Agent", userAgent)
	answer, err := f.transport.RoundTrip(r)
	if err != nil { //check:fetch-transport
		return nil, nil, f.transportError(ctx, err)
	}
	defer answer.Body.Close()
	if isRedirect(answer.StatusCode) {
		next, err = target(u, answer.Header.Get("Location"))
		return nil, next, err
	}
	if answer.StatusCode != http.StatusOK { //check:fetch-status
		return nil, nil, fmt.Errorf("expected status 200, got %d", answer.StatusCode)
	}
	if !isJSON(answer.Header.Values("Content-Type")) { //check:fetch-type
		return nil, nil, errors.New("expected Content-Type application/json or application/jwk-set+json: is it the URL of a page?")
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody+1))
	// A server that sees the client leave may end its half as if it were whole.
	if err != nil || ctx.Err() != nil { //check:fetch-body
		return nil, nil, f.transportError(ctx, err)
	}
	if len(body) > maxBody { //check:fetch-size
		return nil, nil, fmt.Errorf("expected a body of at most %d bytes", maxBody)
	}
	return &document{body, answer.Header}, nil, nil
}

func isRedirect(status int) bool {
	return slices.Contains([]int{
		http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect,
	}, status)
}

// target returns where a redirect from u leads.
func target(u *url.URL, location string) (*url.URL, error) {
	if location == "" { //check:redirect-location
		return nil, errors.New("expected a redirect with Location")
	}
	next, err := u.Parse(location)
	if err == nil {
		next, err = parseURL(next.String())
	}
	if err != nil { //check:redirect-url
		return nil, errors.New("expected a redirect to an https URL without user and fragment")
	}
	if u.Scheme == schemeHTTPS && next.Scheme != schemeHTTPS { //check:redirect-downgrade
		return nil, errors.New("expected a redirect to an https URL, got one from https to http")
	}
	return next, nil
}

// isJSON reports whether a body may be a key set or a discovery document. Few
// publishers use the type of RFC 7517 section 8.5; some take that of a single key,
// and file servers that know none send none.
func isJSON(types []string) bool {
	if len(types) == 0 {
		return true
	}
	t, _, err := mime.ParseMediaType(types[0])
	return (err == nil || errors.Is(err, mime.ErrInvalidMediaParameter)) && len(types) == 1 &&
		slices.Contains([]string{"application/json", "application/jwk-set+json", "application/jwk+json"}, t)
}

// transportError tells what is known to quote nothing that was received. Errors of
// net/http about an answer that is no HTTP quote it.
func (f *fetcher) transportError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return f.tooSlow()
	}
	for _, known := range []func(error) error{
		as[*net.OpError], as[*net.DNSError], as[*tls.CertificateVerificationError], as[tls.RecordHeaderError],
		as[x509.UnknownAuthorityError], as[x509.HostnameError], as[x509.CertificateInvalidError],
	} {
		if e := known(err); e != nil {
			return e
		}
	}
	if t, ok := errors.AsType[net.Error](err); ok && t.Timeout() {
		return f.tooSlow()
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the connection ended before the answer did")
	}
	return fmt.Errorf("expected an answer in HTTP, got an error of type %T", err)
}

func (f *fetcher) tooSlow() error {
	return fmt.Errorf("expected the whole answer within %v", f.timeout)
}

// as returns the E in err, or nil.
func as[E error](err error) error {
	if e, ok := errors.AsType[E](err); ok {
		return e
	}
	return nil
}
