package runtime_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func packed(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGunzip(t *testing.T) {
	h := runtime.Gunzip(1 << 10)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		var large *http.MaxBytesError
		fmt.Fprintf(w, "%d %q %q %s %v", r.ContentLength, r.Header.Get("Content-Encoding"), r.Header.Get("Content-Length"),
			body[:min(len(body), 20)], errors.As(err, &large))
		if err != nil && large == nil {
			fmt.Fprint(w, " broken")
		}
	}))
	for _, c := range []struct {
		name, coding, body string
		status             int
		want               string
	}{
		{"plain", "", "text", 200, `4 "" "" text false`},
		{"identity", "identity", "text", 200, `4 "identity" "" text false`},
		{"gzip", "gzip", packed(t, "text"), 200, `-1 "" "" text false`},
		{"in another case", " GZip ", packed(t, "text"), 200, `-1 "" "" text false`},
		{"by its old name", "x-gzip", packed(t, "text"), 200, `-1 "" "" text false`},
		{"two members", "gzip", packed(t, "te") + packed(t, "xt"), 200, `-1 "" "" text false`},
		{"as large as it may be", "gzip", packed(t, strings.Repeat("a", 1<<10)), 200, `-1 "" "" aaaaaaaaaaaaaaaaaaaa false`},
		{"too large", "gzip", packed(t, strings.Repeat("a", 1<<10+1)), 200, `-1 "" "" aaaaaaaaaaaaaaaaaaaa true`},
		{"a bomb", "gzip", packed(t, strings.Repeat("a", 1<<19)), 200, `-1 "" "" aaaaaaaaaaaaaaaaaaaa true`},
		{"too large as it is", "gzip", packed(t, strings.Repeat("a", 10<<20)), 200, `-1 "" ""  true`},
		{"no body in another coding", "br", "", 200, `0 "" ""  false`},
		{"cut", "gzip", packed(t, "text")[:len(packed(t, "text"))-3], 200, `-1 "" "" text false broken`},
		{"a header alone", "gzip", packed(t, "text")[:5], 200, `-1 "" ""  false broken`},
		{"no gzip", "gzip", "text", 200, `-1 "" ""  false broken`},
		{"something behind it", "gzip", packed(t, "text") + "more", 200, `-1 "" "" text false broken`},
		{"a wrong sum", "gzip", strings.Replace(packed(t, "text"), packed(t, "text")[len(packed(t, "text"))-8:], "12345678", 1), 200, `-1 "" "" text false broken`},
		{"nothing", "gzip", "", 200, `0 "" ""  false`},
		{"another coding", "br", "text", 415, `{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"the body has a content coding that is not read here: send it as it is, or by gzip"}`},
		{"packed twice", "gzip, gzip", packed(t, packed(t, "text")), 415, ""},
	} {
		r := httptest.NewRequest("POST", "/", strings.NewReader(c.body))
		if c.coding != "" {
			r.Header.Set("Content-Encoding", c.coding)
		}
		resp, body := do(t, h, r)
		if resp.StatusCode != c.status || c.want != "" && body != c.want {
			t.Errorf("%s: got %d %s, want %d %s", c.name, resp.StatusCode, body, c.status, c.want)
		}
		if c.status == 415 && resp.Header.Get("Accept-Encoding") != "gzip, identity" {
			t.Errorf("%s: Accept-Encoding is %q", c.name, resp.Header.Get("Accept-Encoding"))
		}
		if c.coding != "" && r.Header.Get("Content-Encoding") != c.coding {
			t.Errorf("%s: the request of the caller was changed", c.name)
		}
	}
}

// Generated routes answer for what they cannot unpack.
func TestGunzipRoute(t *testing.T) {
	srv := httptest.NewServer(runtime.Gunzip(1 << 20)(service(t)))
	defer srv.Close()
	for _, c := range []struct {
		body string
		want int
	}{
		{packed(t, `{}`), 200},
		{packed(t, `{"a":"`+strings.Repeat("a", 100)+`"}`), 413}, // the route's own limit
		{packed(t, strings.Repeat("a", 2<<20)), 413},
		{"no gzip", 400},
		{packed(t, `{}`)[:15], 400},
	} {
		req, err := http.NewRequest("POST", srv.URL+"/echo/1", strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Content-Encoding", "gzip")
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if resp.Body.Close(); resp.StatusCode != c.want {
			t.Errorf("%.10q: %d, want %d", c.body, resp.StatusCode, c.want)
		}
	}
}

// The reader of one request is that of the next.
func TestGunzipAfterTheRequest(t *testing.T) {
	var kept io.Reader
	h := runtime.Gunzip(1 << 10)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		kept = r.Body
		_, _ = r.Body.Read(make([]byte, 2))
	}))
	r := httptest.NewRequest("POST", "/", strings.NewReader(packed(t, "text")))
	r.Header.Set("Content-Encoding", "gzip")
	do(t, h, r)
	if n, err := kept.Read(make([]byte, 2)); n != 0 || err == nil || err.Error() != "the request is over" {
		t.Errorf("%d bytes are read of a request that is over (%v)", n, err)
	}
}

// Members that hold nothing end, too.
func TestGunzipNothingWithoutEnd(t *testing.T) {
	sent := &again{text: packed(t, ""), left: 16 << 20}
	h := runtime.Gunzip(1 << 10)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var large *http.MaxBytesError
		if _, err := io.ReadAll(r.Body); !errors.As(err, &large) || large.Limit != 1<<10 {
			t.Errorf("ended with %v", err)
		}
	}))
	r := httptest.NewRequest("POST", "/", sent)
	r.Header.Set("Content-Encoding", "gzip")
	do(t, h, r)
	if read := 16<<20 - sent.left; read > 16<<10 {
		t.Errorf("%d bytes were read for a limit of %d", read, 1<<10)
	}
}

// again is a text over and over.
type again struct {
	text string
	left int
	at   int
}

func (a *again) Read(b []byte) (int, error) {
	if a.left <= 0 {
		return 0, io.EOF
	}
	n := copy(b, a.text[a.at:])
	a.at, a.left = (a.at+n)%len(a.text), a.left-n
	return n, nil
}

// What is left behind in a read does not hold the request.
func TestGunzipAbandoned(t *testing.T) {
	pr, pw := io.Pipe()
	reading, read := make(chan bool), make(chan error)
	h := runtime.Gunzip(1 << 10)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		go func() {
			close(reading)
			_, err := io.ReadAll(r.Body)
			read <- err
		}()
		<-reading
		_, _ = io.WriteString(pw, packed(t, "text")[:4]) // returns once it is being read
	}))
	r := httptest.NewRequest("POST", "/", pr)
	r.Header.Set("Content-Encoding", "gzip")
	do(t, h, r)
	_ = pw.CloseWithError(errors.New("cut"))
	if err := <-read; err == nil {
		t.Error("a body that was cut has an end")
	}
}

func FuzzGunzip(f *testing.F) {
	f.Add([]byte(packed(f, "text")))
	f.Add([]byte("text"))
	h := runtime.Gunzip(1 << 10)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if body, _ := io.ReadAll(r.Body); len(body) > 1<<10 {
			panic("too much was unpacked")
		}
	}))
	f.Fuzz(func(_ *testing.T, text []byte) {
		r := httptest.NewRequest("POST", "/", bytes.NewReader(text))
		r.Header.Set("Content-Encoding", "gzip")
		h.ServeHTTP(httptest.NewRecorder(), r)
	})
}
