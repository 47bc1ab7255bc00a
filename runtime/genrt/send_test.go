package genrt

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestSend(t *testing.T) {
	s, l := newServer(t)
	const body = `{"name":"<a&b>"}`
	for _, status := range []int{200, 201, 202, 204, 205, 304} {
		for _, method := range []string{"GET", "HEAD"} {
			w := serve(route(s, func(c *Call) { sendName(c, status, "<a&b>") }), httptest.NewRequest(method, "/", nil))
			want, length, mediaType := body, fmt.Sprint(len(body)), "application/json"
			if status > 202 {
				want, length, mediaType = "", "", ""
			}
			if method == "HEAD" {
				want = ""
			}
			wantAnswer(t, w, status, want)
			if h := w.Header(); h.Get("Content-Length") != length || h.Get("Content-Type") != mediaType {
				t.Errorf("%s %d: headers %v", method, status, h)
			}
		}
	}
	w := serve(failing(s, nil), httptest.NewRequest("HEAD", "/", nil))
	wantAnswer(t, w, 500, "")
	if w.Header().Get("Content-Length") != fmt.Sprint(len(doc500)) {
		t.Errorf("HEAD: headers %v", w.Header())
	}
	if l.records() != 1 {
		t.Errorf("logged %s", l.text())
	}
}

func TestHeadersAreNotShared(t *testing.T) {
	s, _ := newServer(t)
	h := route(s, func(c *Call) { sendName(c, 200, "a") })
	first := serve(h, httptest.NewRequest("GET", "/", nil)).Header()
	first.Add("Content-Type", "x")
	first["Content-Type"][0] = "y"
	if got := first.Get("Content-Length"); got != "12" {
		t.Errorf("Content-Length = %q", got)
	}
	if got := serve(h, httptest.NewRequest("GET", "/", nil)).Header().Get("Content-Type"); got != "application/json" {
		t.Errorf("Content-Type = %q", got)
	}
}

func TestFailedAnswers(t *testing.T) {
	s, l := newServer(t)
	for name, f := range map[string]func(*Call){
		"NaN": func(c *Call) { e := c.Encoder(); e.Float64(math.NaN()); c.Send(200) },
		"nil": func(c *Call) { c.NilResponse() },
	} {
		before := l.records()
		wantAnswer(t, serve(route(s, f), httptest.NewRequest("GET", "/", nil)), 500, doc500)
		if n := l.records() - before; n != 1 {
			t.Errorf("%s: logged %d times", name, n)
		}
	}
	w := serve(route(s, func(c *Call) { c.AnswerHeader().Set("X-A", "1"); c.NoContent(204) }), httptest.NewRequest("GET", "/", nil))
	wantAnswer(t, w, 204, "")
	if w.Header().Get("X-A") != "1" {
		t.Errorf("headers %v", w.Header())
	}
}

func TestGiantBuffersAreNotKept(t *testing.T) {
	s, _ := newServer(t)
	for _, size := range []int{1000, 300_000} {
		c := new(Call)
		c.s, c.w, c.r = s, httptest.NewRecorder(), jsonRequest("POST", "/?"+strings.Repeat("a&", size/100), `{"name":"`+strings.Repeat("x", size)+`"}`)
		c.QueryNames()
		c.QueryList("a")
		var v item
		if !c.ReadBody(1 << 20) {
			t.Fatal("the body was refused")
		}
		decodeItem(c, &v)
		sendName(c, 200, v.Name)
		c.clean()
		kept := cap(c.body) > 0 && cap(c.out) > 0 && cap(c.pairs) > 0 && cap(c.param.elements) > 0
		dropped := cap(c.body)+cap(c.out)+cap(c.pairs)+cap(c.param.elements) == 0
		if kept != (size == 1000) || dropped == kept {
			t.Errorf("%d: kept %d, %d, %d, %d", size, cap(c.body), cap(c.out), cap(c.pairs), cap(c.param.elements))
		}
	}
}

func TestSmallThings(t *testing.T) {
	if NotNil("Account", false) != nil {
		t.Error("a handler that is set is an error")
	}
	if err := NotNil("Account", true); err == nil || err.Error() != "the handler Handlers.Account is nil: set it before the service is built" {
		t.Errorf("NotNil: %v", err)
	}
	const fits = Version(1-MinVersion) + Version(MaxVersion-1)
	if fits != 0 {
		t.Error("the versions of this runtime")
	}
	if !bodyAllowed(http.StatusOK) {
		t.Error("200 has a body")
	}
}
