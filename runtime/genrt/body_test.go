package genrt

import (
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/apigen-go/apigen/runtime"
)

const (
	missingName = `{"pointer":"/name","in":"body","code":"missing","detail":"is required"}`
	notJSON     = `,"detail":"the body must be application/json"`
	notCoded    = `,"detail":"the body must be application/json without a Content-Encoding"`
)

func doc415(more string) string { return doc("415", "Unsupported Media Type", more) }

func TestMediaType(t *testing.T) {
	s, _ := newServer(t)
	h := post(s, 100)
	const good = `{"name":"a"}`
	tests := []struct {
		types  []string
		coding []string
		ok     bool
		more   string
	}{
		{types: []string{"application/json"}, ok: true},
		{types: []string{"Application/JSON"}, ok: true},
		{types: []string{"application/json; charset=utf-8"}, ok: true},
		{types: []string{"application/json;charset=\"UTF-8\""}, ok: true},
		{types: []string{"application/json;"}, ok: true},
		{types: []string{"application/json; charset=latin1"}},
		{types: []string{"application/json; profile=x"}},
		{types: []string{"application/json; charset=utf-8; v=1"}},
		{types: []string{"application/jsonx"}},
		{types: []string{"foo/application/json"}},
		{types: []string{"application/vnd.api+json"}},
		{types: []string{"text/plain"}},
		{types: []string{""}},
		{types: nil},
		{types: []string{"application/json", "application/json"}},
		{types: []string{"application/json"}, coding: []string{"identity"}, ok: true},
		{types: []string{"application/json"}, coding: []string{"Identity"}, ok: true},
		{types: []string{"application/json"}, coding: []string{"gzip"}, more: notCoded},
		{types: []string{"application/json"}, coding: []string{"identity", "identity"}, more: notCoded},
	}
	for _, tt := range tests {
		r := httptest.NewRequest("POST", "/", strings.NewReader(good))
		r.Header["Content-Type"] = tt.types
		r.Header["Content-Encoding"] = tt.coding
		if tt.types == nil {
			delete(r.Header, "Content-Type")
		}
		if tt.coding == nil {
			delete(r.Header, "Content-Encoding")
		}
		if !tt.ok {
			r.Body = unread{t}
		}
		w := serve(h, r)
		if tt.ok {
			wantAnswer(t, w, 200, good)
			continue
		}
		if tt.more == "" {
			tt.more = notJSON
		}
		wantAnswer(t, w, 415, doc415(tt.more))
		if w.Header().Get("Accept") != "application/json" {
			t.Errorf("%q: Accept = %q", tt.types, w.Header().Get("Accept"))
		}
		if got := w.Header().Get("Accept-Encoding"); (got == "identity") != (tt.more == notCoded) {
			t.Errorf("%q: Accept-Encoding = %q", tt.coding, got)
		}
	}
}

func TestBodySize(t *testing.T) {
	s, _ := newServer(t)
	const body = `{"name":"abc"}`
	too := doc("413", "Request Entity Too Large", `,"detail":"the body must not have more than 13 bytes"`)
	for _, tt := range []struct {
		name    string
		max     int64
		chunked bool
		status  int
		want    string
	}{
		{"fits", int64(len(body)), false, 200, body},
		{"fits chunked", int64(len(body)), true, 200, body},
		{"as large as can be", math.MaxInt64, true, 200, body},
		{"one less", int64(len(body)) - 1, false, 413, too},
		{"one less chunked", int64(len(body)) - 1, true, 413, too},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := jsonRequest("POST", "/", body)
			if tt.chunked {
				r.ContentLength = -1
			} else if tt.status == 413 {
				r.Body = unread{t}
			}
			w := serve(post(s, tt.max), r)
			wantAnswer(t, w, tt.status, tt.want)
			if got := w.Header().Get("Connection"); (got == "close") != (tt.status == 413) {
				t.Errorf("Connection = %q", got)
			}
		})
	}
	t.Run("HTTP/2 has no Connection", func(t *testing.T) {
		r := jsonRequest("POST", "/", body)
		r.ProtoMajor, r.ProtoMinor = 2, 0
		if w := serve(post(s, 1), r); w.Code != 413 || w.Header().Get("Connection") != "" {
			t.Errorf("%d, Connection = %q", w.Code, w.Header().Get("Connection"))
		}
	})
	t.Run("limit of a middleware", func(t *testing.T) {
		r := jsonRequest("POST", "/", body)
		r.Body = http.MaxBytesReader(httptest.NewRecorder(), r.Body, 13)
		wantAnswer(t, serve(post(s, 100), r), 413, too)
	})
	t.Run("large", func(t *testing.T) {
		name := strings.Repeat("x", 300_000)
		w := serve(post(s, 1<<20), jsonRequest("POST", "/", `{"name":"`+name+`"}`))
		wantAnswer(t, w, 200, `{"name":"`+name+`"}`)
	})
	t.Run("byte by byte", func(t *testing.T) {
		r := jsonRequest("POST", "/", body)
		r.Body = io.NopCloser(iotest.OneByteReader(strings.NewReader(body)))
		wantAnswer(t, serve(post(s, 100), r), 200, body)
	})
}

func TestAbsentBody(t *testing.T) {
	s, _ := newServer(t)
	absent := false
	h := route(s, func(c *Call) {
		if !c.ReadBody(100) {
			return
		}
		absent = c.BodyAbsent()
		decodeItem(c, new(item))
		if c.Checked() {
			c.NoContent(204)
		}
	})
	for name, r := range map[string]*http.Request{
		"none":               httptest.NewRequest("POST", "/", nil),
		"no reader":          {Method: "POST", Header: http.Header{}, ContentLength: -1},
		"length 0":           httptest.NewRequest("POST", "/", strings.NewReader("")),
		"chunked, no type":   withLength(httptest.NewRequest("POST", "/", io.NopCloser(strings.NewReader(""))), -1),
		"chunked, JSON":      withLength(jsonRequest("POST", "/", ""), -1),
		"chunked, text":      withType(withLength(jsonRequest("POST", "/", ""), -1), "text/plain"),
		"type without bytes": withType(httptest.NewRequest("POST", "/", nil), "text/plain"),
	} {
		absent = false
		w := serve(h, r)
		if !absent {
			t.Errorf("%s: the body is not absent", name)
		}
		wantAnswer(t, w, 422, doc422(missingName))
	}
	// A body of unknown length that is not JSON is looked at for being empty.
	r := withType(withLength(jsonRequest("POST", "/", "x"), -1), "text/plain")
	wantAnswer(t, serve(h, r), 415, doc415(notJSON))
	// But not where the client waits to be asked for it.
	r = withType(withLength(jsonRequest("POST", "/", "x"), -1), "text/plain")
	r.Header.Set("Expect", "100-continue")
	r.Body = unread{t}
	wantAnswer(t, serve(h, r), 415, doc415(notJSON))
}

func withLength(r *http.Request, n int64) *http.Request {
	r.ContentLength = n
	return r
}

func withType(r *http.Request, mediaType string) *http.Request {
	r.Header.Set("Content-Type", mediaType)
	return r
}

func TestBrokenBody(t *testing.T) {
	s, l := newServer(t)
	broken := doc400("the body cannot be read: it ends too early or is framed wrongly")
	for name, tt := range map[string]struct {
		err    error
		status int
		want   string
	}{
		"early end":   {io.ErrUnexpectedEOF, 400, broken},
		"framing":     {errors.New("malformed chunked encoding"), 400, broken},
		"server":      {iotest.ErrTimeout, 400, broken},
		"no progress": {nil, 400, broken},
	} {
		for _, mediaType := range []string{"application/json", "text/plain"} {
			r := withType(jsonRequest("POST", "/", ""), mediaType)
			r.ContentLength = -1
			r.Body = io.NopCloser(iotest.ErrReader(tt.err))
			if tt.err == nil {
				if mediaType == "text/plain" {
					continue
				}
				r.Body = io.NopCloser(idle{})
			}
			w := serve(post(s, 100), r)
			wantAnswer(t, w, tt.status, tt.want)
			if w.Header().Get("Connection") != "close" {
				t.Errorf("%s: the connection stays open", name)
			}
		}
	}
	if l.records() != 0 {
		t.Errorf("mistakes of clients were logged: %s", l.text())
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestUnreadableBeatsInvalid(t *testing.T) {
	s, _ := newServer(t)
	for body, want := range map[string]string{
		`{"name":"a"} x`:          "byte",
		`{"name":"a"}{}`:          "byte",
		`{"name":1} x`:            "byte",
		`{"name":"a","name":"b"}`: "duplicate member",
		`{"n":"x","n":1}`:         "duplicate member",
		`{"name":1`:               "byte",
		`{"other":1,"b":tru}`:     "byte",
		"\xef\xbb\xbf{}":          "byte",
		"{\"name\":\"\xff\"}":     "byte",
	} {
		w := serve(post(s, 1000), jsonRequest("POST", "/", body))
		got := w.Body.String()
		if w.Code != 400 || !strings.HasPrefix(got, `{"type":"about:blank","title":"Bad Request","status":400,"detail":"the body is not valid JSON: `) ||
			!strings.Contains(got, want) || !strings.Contains(got, " at byte ") {
			t.Errorf("%s: answered %d %s", body, w.Code, got)
		}
	}
	// The first reason stands.
	w := serve(post(s, 1000, func(c *Call) { c.QueryNames() }), jsonRequest("POST", "/?a;b", `{`))
	wantAnswer(t, w, 400, doc400("the query is not valid: it holds ';', which must be written as %3B"))
}

func TestInvalidBody(t *testing.T) {
	s, _ := newServer(t)
	typeName := `{"pointer":"/name","in":"body","code":"type","detail":"must be a string"}`
	for _, tt := range []struct {
		body   string
		before func(*Call)
		status int
		want   string
	}{
		{`{}`, nil, 422, doc422(missingName)},
		{`{"name":1,"x":2}`, nil, 422, doc422(typeName)},
		{`{"name":"a","n":null}`, nil, 422, doc422(`{"pointer":"/n","in":"body","code":"null","detail":"must not be null"}`)},
		{`{"name":"a","n":null}`, func(c *Call) { c.NullsAbsent() }, 200, `{"name":"a"}`},
		{`{"name":"a","x":2}`, nil, 200, `{"name":"a"}`},
	} {
		var before []func(*Call)
		if tt.before != nil {
			before = append(before, tt.before)
		}
		wantAnswer(t, serve(post(s, 1000, before...), jsonRequest("POST", "/", tt.body)), tt.status, tt.want)
	}
	w := serve(post(s, 1000, rejectUnknown), jsonRequest("POST", "/", `{"name":"a","x":2}`))
	if w.Code != 422 || !strings.Contains(w.Body.String(), `"pointer":"/x","in":"body","code":"unknown"`) {
		t.Errorf("unknown=reject answered %d %s", w.Code, w.Body)
	}
	s.InvalidStatus(400)
	w = serve(post(s, 1000), jsonRequest("POST", "/", `{}`))
	wantAnswer(t, w, 400, doc("400", "Bad Request", `,"errors":[`+missingName+`]`))
}

func TestIssueLimit(t *testing.T) {
	s, _ := newServer(t)
	for _, tt := range []struct {
		n         int
		truncated bool
	}{{64, false}, {65, true}, {1000, true}} {
		w := serve(route(s, func(c *Call) {
			for range tt.n {
				c.Query("q").Missing()
			}
			c.Checked()
		}), httptest.NewRequest("GET", "/", nil))
		got := w.Body.String()
		if n := strings.Count(got, "missing"); n != min(tt.n, 64) || strings.HasSuffix(got, `],"truncated":true}`) != tt.truncated {
			t.Errorf("%d mistakes: %d listed, %s", tt.n, n, got[len(got)-30:])
		}
	}
}

func TestLongPointers(t *testing.T) {
	s, _ := newServer(t)
	w := serve(route(s, func(c *Call) {
		c.ReadBody(10)
		c.Fail(runtime.Invalid("/"+strings.Repeat("é", 200), "own", "x"))
	}), httptest.NewRequest("POST", "/", nil))
	// 1 + 2*127 = 255: the rune that ends at byte 257 is left out.
	wantAnswer(t, w, 422, doc422(`{"pointer":"/`+strings.Repeat("é", 127)+`","in":"body","code":"own","detail":"x"}`))
}
