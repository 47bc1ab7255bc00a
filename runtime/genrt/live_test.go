package genrt

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

// talk sends text to a real server and returns what it answers until it closes
// the connection or falls silent, and how long that took.
func talk(t *testing.T, srv *httptest.Server, text string) (string, time.Duration) {
	t.Helper()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	start := time.Now()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(start.Add(5 * time.Second))
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatalf("no answer: %v", err)
	}
	defer resp.Body.Close()
	took := time.Since(start)
	body, _ := io.ReadAll(resp.Body)
	return fmt.Sprint(resp.StatusCode, " close=", resp.Close, " ", string(body)), took
}

const head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"

func TestFraming(t *testing.T) {
	t.Parallel()
	s, l := newServer(t)
	srv := httptest.NewServer(post(s, 20))
	t.Cleanup(srv.Close)
	tooLarge := "413 close=true " + doc("413", "Request Entity Too Large", `,"detail":"the body must not have more than 20 bytes"`)
	for name, tt := range map[string]struct{ send, want string }{
		"length":           {head + "Content-Length: 12\r\n\r\n{\"name\":\"a\"}", `200 close=false {"name":"a"}`},
		"chunked":          {head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"nam\r\n7\r\ne\":\"a\"}\r\n0\r\n\r\n", `200 close=false {"name":"a"}`},
		"empty chunked":    {head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "422 close=false " + doc422(missingName)},
		"chunked too long": {head + "Transfer-Encoding: chunked\r\n\r\n15\r\n" + strings.Repeat(" ", 21) + "\r\n", tooLarge},
		"too long":         {head + "Content-Length: 21\r\n\r\n", tooLarge},
		"too long, waits":  {head + "Content-Length: 21\r\nExpect: 100-continue\r\n\r\n", tooLarge},
		"bad chunk": {
			head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
			"400 close=true " + doc400("the body cannot be read: it ends too early or is framed wrongly"),
		},
		"wrong type, waits": {
			"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n",
			"415 close=true " + doc415(notJSON),
		},
		"wrong type chunked, waits": {
			"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
			"415 close=true " + doc415(notJSON),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, took := talk(t, srv, tt.send)
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if took > 3*time.Second {
				t.Errorf("the answer took %v", took)
			}
		})
	}
	t.Cleanup(func() {
		if l.records() != 0 {
			t.Errorf("mistakes of clients were logged: %s", l.text())
		}
	})
}

func TestEarlyEnd(t *testing.T) {
	t.Parallel()
	s, _ := newServer(t)
	srv := httptest.NewServer(post(s, 100))
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, head+"Content-Length: 12\r\n\r\n{\"na")
	_ = conn.(*net.TCPConn).CloseWrite()
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 400 {
		t.Errorf("answered %d", resp.StatusCode)
	}
}

// TestContinue makes sure that a body that is wanted is asked for.
func TestContinue(t *testing.T) {
	t.Parallel()
	s, _ := newServer(t)
	srv := httptest.NewServer(post(s, 100))
	defer srv.Close()
	r, _ := http.NewRequest("POST", srv.URL, strings.NewReader(`{"name":"a"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Expect", "100-continue")
	tr := &http.Transport{ExpectContinueTimeout: 5 * time.Second}
	defer tr.CloseIdleConnections()
	start := time.Now()
	resp, err := tr.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 || time.Since(start) > 3*time.Second {
		t.Errorf("answered %d after %v", resp.StatusCode, time.Since(start))
	}
}

func TestSlowBody(t *testing.T) {
	t.Parallel()
	s, l := newServer(t)
	timed := func(c *Call) { c.Timeout(150 * time.Millisecond) }
	refusing := route(s, func(c *Call) {
		timed(c)
		c.Problem(&runtime.Problem{Status: 401})
	})
	doc503 := doc("503", "Service Unavailable", `,"detail":"the request was not finished in time"`)
	for name, tt := range map[string]struct {
		h    http.Handler
		send string
		want string
	}{
		"length":         {post(s, 100, timed), head + "Content-Length: 12\r\n\r\n{", "503 close=true " + doc503},
		"chunked":        {post(s, 100, timed), head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "503 close=true " + doc503},
		"wrong type":     {post(s, 100, timed), "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\n\r\n{", "415 close=true " + doc415(notJSON)},
		"maybe empty":    {post(s, 100, timed), "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", "503 close=true " + doc503},
		"answered early": {route(s, func(c *Call) { timed(c); c.NoContent(202) }), head + "Content-Length: 12\r\n\r\n{", "202 close=true "},
		"sent early":     {route(s, func(c *Call) { timed(c); sendName(c, 200, "a") }), head + "Content-Length: 12\r\n\r\n{", `200 close=true {"name":"a"}`},
		"refused early":  {refusing, head + "Content-Length: 12\r\n\r\n{", "401 close=true " + doc("401", "Unauthorized", "")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			srv := httptest.NewServer(tt.h)
			defer srv.Close()
			got, took := talk(t, srv, tt.send)
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if took > 3*time.Second {
				t.Errorf("the answer took %v", took)
			}
		})
	}
	t.Cleanup(func() {
		if l.records() != 0 {
			t.Errorf("slow clients were logged: %s", l.text())
		}
	})
}

// armed is a writer that notes the read deadlines it is given.
type armed struct {
	*httptest.ResponseRecorder
	deadlines []time.Time
}

func (a *armed) SetReadDeadline(d time.Time) error {
	a.deadlines = append(a.deadlines, d)
	return nil
}

// TestReadDeadline makes sure that reads have a deadline for as long as the
// body is read, and only where there is one to read.
func TestReadDeadline(t *testing.T) {
	s, _ := newServer(t)
	h := post(s, 100, func(c *Call) { c.Timeout(time.Minute) })
	for name, tt := range map[string]struct {
		r    *http.Request
		want int
	}{
		"body":          {jsonRequest("POST", "/", `{"name":"a"}`), 2},
		"none":          {httptest.NewRequest("POST", "/", nil), 0},
		"empty chunked": {withType(withLength(jsonRequest("POST", "/", ""), -1), "text/plain"), 2},
	} {
		w := &armed{ResponseRecorder: httptest.NewRecorder()}
		h.ServeHTTP(w, tt.r)
		if len(w.deadlines) != tt.want {
			t.Errorf("%s: deadlines %v", name, w.deadlines)
			continue
		}
		if tt.want == 0 {
			continue
		}
		if d := time.Until(w.deadlines[0]); d > time.Minute || d < 50*time.Second || !w.deadlines[1].IsZero() {
			t.Errorf("%s: deadlines %v", name, w.deadlines)
		}
	}
}

// TestReadDeadlineIsCleared has a handler that takes longer than it had for the
// body: its context must not be canceled by a deadline left on the connection,
// and the connection must serve another request.
func TestReadDeadlineIsCleared(t *testing.T) {
	t.Parallel()
	s, _ := newServer(t)
	srv := httptest.NewServer(route(s, func(c *Call) {
		c.Timeout(100 * time.Millisecond)
		if !c.ReadBody(100) {
			return
		}
		time.Sleep(250 * time.Millisecond)
		if err := c.r.Context().Err(); err != nil {
			t.Errorf("the request was canceled: %v", err)
		}
		sendName(c, 200, "late")
	}))
	defer srv.Close()
	for _, mediaType := range []string{"application/json", ""} {
		var body io.Reader = strings.NewReader(`{}`)
		if mediaType == "" {
			body = io.MultiReader() // an empty body in chunks
		}
		resp, err := srv.Client().Post(srv.URL, mediaType, body)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || string(got) != `{"name":"late"}` {
			t.Errorf("%q: got %s, %v", mediaType, got, err)
		}
	}
}

// TestServerTimeoutComesFirst leaves a sooner limit of the server in force.
func TestServerTimeoutComesFirst(t *testing.T) {
	t.Parallel()
	s, _ := newServer(t)
	srv := httptest.NewUnstartedServer(post(s, 100, func(c *Call) { c.Timeout(time.Minute) }))
	srv.Config.ReadTimeout = 150 * time.Millisecond
	srv.Start()
	defer srv.Close()
	got, took := talk(t, srv, head+"Content-Length: 12\r\n\r\n{")
	want := "408 close=true " + doc("408", "Request Timeout", `,"detail":"the body did not arrive in time"`)
	if got != want || took > 3*time.Second {
		t.Errorf("got %s after %v\nwant %s", got, took, want)
	}
}

// TestHTTP2 runs the same refusals over streams.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	s, _ := newServer(t)
	srv := httptest.NewUnstartedServer(post(s, 20, func(c *Call) { c.Timeout(200 * time.Millisecond) }))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	slow, stop := io.Pipe()
	defer stop.Close()
	for name, tt := range map[string]struct {
		body   io.Reader
		status int
	}{
		"good":     {strings.NewReader(`{"name":"a"}`), 200},
		"too long": {strings.NewReader(strings.Repeat(" ", 21)), 413},
		"slow":     {slow, 503},
		"after":    {strings.NewReader(`{"name":"a"}`), 200},
	} {
		resp, err := srv.Client().Post(srv.URL, "application/json", tt.body)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		if resp.StatusCode != tt.status || resp.ProtoMajor != 2 {
			t.Errorf("%s: %s %d", name, resp.Proto, resp.StatusCode)
		}
	}
}
