package jwks

import (
	"bytes"
	"compress/gzip"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// raw answers with bytes that need not be HTTP, and ends the connection.
func raw(text string, reset bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(conn, text)
		if under, ok := conn.(interface{ NetConn() net.Conn }); ok && reset {
			_ = under.NetConn().(*net.TCPConn).SetLinger(0)
			_ = under.NetConn().Close()
		}
		_ = conn.Close()
	}
}

// stalls sends text, and then nothing until the client leaves.
func stalls(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if text != "" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, text)
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	}
}

// endless sends white space, which JSON may begin with, until the client leaves.
func endless(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	space := bytes.Repeat([]byte(" "), 64<<10)
	for {
		if _, err := w.Write(space); err != nil {
			return
		}
	}
}

func zipped(t *testing.T, text string) http.HandlerFunc {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, text)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return says(b.String(), "Content-Type", "application/json", "Content-Encoding", "gzip")
}

// badSources are what a source may answer that is no set of keys, with a part of
// the error that tells so.
func badSources(t *testing.T) map[string]struct {
	serve http.HandlerFunc
	want  string
} {
	t.Helper()
	const js = "application/json"
	good := setText(t, edKey(t, "new"))
	two := setText(t, edKey(t, "new"), edKey(t, "other"))
	spaces := strings.Repeat(" ", maxBody-len(good))
	private := strings.Replace(good, `"x":`, `"d":"`+encode(make([]byte, 32))+`","x":`, 1)
	symmetric := strings.Replace(good, `{"keys":[`, `{"keys":[{"kty":"oct","kid":"s","k":"`+secretMark+`"},`, 1)
	type source = struct {
		serve http.HandlerFunc
		want  string
	}
	return map[string]source{
		"error":             {fails(500), "status 200, got 500"},
		"overload":          {fails(503), "status 200, got 503"},
		"not found":         {fails(404), "status 200, got 404"},
		"forbidden":         {fails(403), "status 200, got 403"},
		"no content":        {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, "status 200, got 204"},
		"part":              {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(206); _, _ = io.WriteString(w, good) }, "got 206"},
		"not modified":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, "status 200, got 304"},
		"choices":           {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Location", "/"); w.WriteHeader(300) }, "got 300"},
		"reset":             {raw("", true), ""},
		"closed":            {raw("", false), "the connection ended"},
		"reset in body":     {raw("HTTP/1.1 200 OK\r\nContent-Type: "+js+"\r\nContent-Length: 500\r\n\r\n{", true), ""},
		"cut body":          {raw("HTTP/1.1 200 OK\r\nContent-Type: "+js+"\r\nContent-Length: 500\r\n\r\n"+good[:20], false), "the connection ended"},
		"not HTTP":          {raw("SSH-2.0-"+secretMark+"\r\n", false), "an answer in HTTP"},
		"bad status line":   {raw("HTTP/1.1 "+secretMark+"\r\n\r\n", false), "an answer in HTTP"},
		"huge header":       {raw("HTTP/1.1 200 OK\r\nX: "+strings.Repeat("x", 2*maxHeader)+"\r\n\r\n", false), ""},
		"login page":        {says("<!doctype html>"+secretMark, "Content-Type", "text/html; charset=utf-8"), "is it the URL of a page?"},
		"text":              {says(good, "Content-Type", "text/plain"), "expected Content-Type"},
		"bytes":             {says(good, "Content-Type", "application/octet-stream"), "expected Content-Type"},
		"other JSON":        {says(good, "Content-Type", "application/jwt"), "expected Content-Type"},
		"empty type":        {says(good, "Content-Type", ""), "expected Content-Type"},
		"two types":         {says(good, "Content-Type", js, "Content-Type", "text/html"), "expected Content-Type"},
		"HTML as JSON":      {says("<!doctype html>"+secretMark, "Content-Type", js), "expected a JWK set"},
		"empty":             {says("", "Content-Type", js), "expected a JWK set"},
		"null":              {says("null", "Content-Type", js), "expected a JWK set"},
		"list":              {says("[]", "Content-Type", js), "expected a JWK set"},
		"one key":           {says(strings.TrimSuffix(strings.TrimPrefix(good, `{"keys":[`), "]}"), "Content-Type", js), "without keys"},
		"no keys":           {says(`{"keys":[]}`, "Content-Type", js), "expected a key to verify with"},
		"unknown types":     {says(`{"keys":[{"kty":"AKP","kid":"pq"}]}`, "Content-Type", js), "expected a key to verify with"},
		"repeated member":   {says(`{"keys":[],`+good[1:], "Content-Type", js), "expected a JWK set"},
		"repeated id":       {says(strings.Replace(two, "other", "new", 1), "Content-Type", js), "got one twice"},
		"private":           {says(private, "Content-Type", js), "got a private one"},
		"symmetric":         {says(symmetric, "Content-Type", js), "got a symmetric one"},
		"one byte too much": {says(good+spaces+" ", "Content-Type", js), "a body of at most 1048576 bytes"},
		"endless":           {endless, "a body of at most 1048576 bytes"},
		"small when zipped": {zipped(t, good+spaces+" "), "a body of at most 1048576 bytes"},
		"not zipped":        {says(strings.Repeat(secretMark, 9), "Content-Type", js, "Content-Encoding", "gzip"), "an answer in HTTP"},
	}
}

// Whatever a source answers instead of keys, the old ones are used for a day, the
// error shows nothing of it, and all is well when it comes back.
func TestBadSource(t *testing.T) {
	old, young := edKeys(t, "old"), edKeys(t, "young")
	for name, bad := range badSources(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, log := newLog()
			p, k := newPublisher(t, bad.serve), newHandClock()
			c := p.client(t, k, WithLogger(log))
			err := mustFail(t, c, "")
			if !strings.Contains(err.Error(), bad.want) || !strings.HasPrefix(err.Error(), p.URL+"/keys: ") {
				t.Errorf("got %v, expected the URL and %q", err, bad.want)
			}
			p.now(publishes(t, old))
			k.add(time.Hour)
			hasIDs(t, mustSet(t, c, ""), "old")

			p.now(bad.serve)
			k.add(maxStale - time.Nanosecond)
			p.count()
			hasIDs(t, mustSet(t, c, ""), "old")
			if p.count() == 0 {
				t.Error("the source was not asked")
			}
			k.add(time.Hour)
			mustFail(t, c, "")

			p.now(publishes(t, young))
			k.add(time.Hour)
			hasIDs(t, mustSet(t, c, ""), "young")
			if lines := text.lines(); len(lines) != 4 || strings.Contains(strings.Join(lines, ""), secretMark) {
				t.Errorf("expected the beginnings and ends of two outages, got %q", lines)
			}
		})
	}
}

// What hangs is given up, before the header and within the body, and then the
// source is asked again.
func TestSourceStalls(t *testing.T) {
	for name, text := range map[string]string{"header": "", "body": `{"keys":[`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, k := newPublisher(t, stalls(text)), newHandClock()
			h := p.Client()
			h.Timeout = 100 * time.Millisecond
			c := p.client(t, k, WithHTTPClient(h))
			if err := mustFail(t, c, ""); !strings.Contains(err.Error(), "the whole answer within 100ms") {
				t.Errorf("got %v", err)
			}
			h.Timeout = 0 // was read already
			p.now(publishes(t, edKeys(t, "a")))
			c.fetcher.timeout = fetchTimeout
			k.add(time.Second)
			hasIDs(t, mustSet(t, c, ""), "a")
		})
	}
}

func TestFetchAccepts(t *testing.T) {
	a := edKey(t, "a")
	good := setText(t, a)
	for name, serve := range map[string]http.HandlerFunc{
		"JSON":        says(good, "Content-Type", "application/json"),
		"charset":     says(good, "Content-Type", "Application/JSON; charset=utf-8"),
		"bad charset": says(good, "Content-Type", "application/json; charset"),
		"set":         says(good, "Content-Type", "application/jwk-set+json"),
		"key":         says(good, "Content-Type", "application/jwk+json"),
		"no type":     raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"+good, false),
		"largest":     says(good+strings.Repeat(" ", maxBody-len(good)), "Content-Type", "application/json"),
		"zipped":      zipped(t, good),
	} {
		t.Run(name, func(t *testing.T) {
			c := newPublisher(t, serve).client(t, newHandClock())
			hasIDs(t, mustSet(t, c, "a"), "a")
		})
	}
}

// jar gives a cookie to every request.
type jar struct{}

func (jar) SetCookies(*url.URL, []*http.Cookie) {}
func (jar) Cookies(*url.URL) []*http.Cookie     { return []*http.Cookie{{Name: "session", Value: "x"}} }

func TestRequest(t *testing.T) {
	p, k := newPublisher(t, nil), newHandClock()
	h := p.Client()
	h.Jar = jar{}
	h.CheckRedirect = func(*http.Request, []*http.Request) error { panic("asked") }
	c := p.client(t, k, WithHTTPClient(h))
	answer := publishes(t, edKeys(t, "a"), "Set-Cookie", "a=b")
	p.now(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "GET" || r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.Header.Get("User-Agent") != userAgent ||
			!strings.Contains(r.Header.Get("Accept"), "application/jwk-set+json") || !strings.Contains(r.Header.Get("Accept"), "application/json") {
			t.Errorf("got %s with %v", r.Method, r.Header)
		}
		switch r.URL.Path {
		case "/keys":
			if r.URL.RawQuery != "token="+secretMark {
				t.Errorf("the query is %q", r.URL.RawQuery)
			}
			http.Redirect(w, r, "/moved", http.StatusFound)
		default:
			answer(w, r)
		}
	})
	mustSet(t, c, "")
	k.add(time.Hour)
	mustSet(t, c, "")
	if n := p.count(); n != 4 {
		t.Errorf("%d requests, expected 4", n)
	}
}

// The client that is made without options keeps no connection, as nothing closes
// it, and gives up after 10 seconds.
func TestDefaults(t *testing.T) {
	p := newPlainPublisher(t, publishes(t, edKeys(t, "a")))
	c, err := NewClient(p.URL, nil, WithHTTPClient(nil), WithClock(nil), WithLogger(nil))
	if err != nil {
		t.Fatal(err)
	}
	hasIDs(t, mustSet(t, c, "a"), "a")
	transport, ok := c.fetcher.transport.(*http.Transport)
	if !ok || !transport.DisableKeepAlives || transport.MaxResponseHeaderBytes != maxHeader || transport.Proxy == nil {
		t.Errorf("the transport is %#v", c.fetcher.transport)
	}
	if c.fetcher.timeout != 10*time.Second {
		t.Errorf("the timeout is %v", c.fetcher.timeout)
	}
	if f := newFetcher(&http.Client{Timeout: time.Hour}); f.timeout != 10*time.Second || f.transport != http.DefaultTransport {
		t.Errorf("got %v and %v", f.timeout, f.transport)
	}
}
