package runtime_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime"
)

func prefixes(list ...string) []netip.Prefix {
	var p []netip.Prefix
	for _, s := range list {
		p = append(p, netip.MustParsePrefix(s))
	}
	return p
}

// clientOf is what a handler behind TrustProxies sees.
func clientOf(remote string, lines []string, trusted ...netip.Prefix) netip.Addr {
	var seen netip.Addr
	h := runtime.TrustProxies(trusted...)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { seen = runtime.ClientAddr(r) }))
	r := httptest.NewRequest("GET", "/", nil)
	r.RemoteAddr = remote
	if lines != nil {
		r.Header["X-Forwarded-For"] = lines
	}
	h.ServeHTTP(httptest.NewRecorder(), r)
	return seen
}

func TestClientAddr(t *testing.T) {
	proxies := prefixes("10.0.0.0/8", "2001:db8:ffff::/48")
	for _, c := range []struct {
		name, remote string
		lines        []string
		want         string
	}{
		{"no proxy", "198.51.100.1:1234", nil, "198.51.100.1"},
		{"a stranger's header", "198.51.100.1:1234", []string{"203.0.113.9"}, "198.51.100.1"},
		{"one proxy", "10.0.0.1:1234", []string{"198.51.100.1"}, "198.51.100.1"},
		{"a header that the client wrote", "10.0.0.1:1234", []string{"203.0.113.9, 198.51.100.1"}, "198.51.100.1"},
		{"a line that the client wrote", "10.0.0.1:1234", []string{"203.0.113.9", "198.51.100.1"}, "198.51.100.1"},
		{"a trusted address that the client wrote", "10.0.0.1:1234", []string{"10.9.9.9, 198.51.100.1"}, "198.51.100.1"},
		{"two proxies", "10.0.0.1:1234", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"two proxies with a line each", "10.0.0.1:1234", []string{"198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
		{"a proxy asks by itself", "10.0.0.1:1234", []string{"10.0.0.2"}, "10.0.0.2"},
		{"no header", "10.0.0.1:1234", nil, "10.0.0.1"},
		{"unknown", "10.0.0.1:1234", []string{"198.51.100.1, unknown"}, "10.0.0.1"},
		{"garbage behind a proxy", "10.0.0.1:1234", []string{"<script>, 10.0.0.2"}, "10.0.0.2"},
		{"an empty header", "10.0.0.1:1234", []string{""}, "10.0.0.1"},
		{"an empty entry", "10.0.0.1:1234", []string{"198.51.100.1,,10.0.0.2"}, "10.0.0.2"},
		{"with a port", "10.0.0.1:1234", []string{"198.51.100.1:99"}, "198.51.100.1"},
		{"tabs", "10.0.0.1:1234", []string{"\t198.51.100.1 ,\t10.0.0.2\t"}, "198.51.100.1"},
		{"IPv6", "[2001:db8:ffff::1]:1234", []string{"2001:db8::7"}, "2001:db8::7"},
		{"IPv6 with a port", "[2001:db8:ffff::1]:1234", []string{"[2001:db8::7]:99"}, "2001:db8::7"},
		{"IPv6 in brackets", "[2001:db8:ffff::1]:1234", []string{"[2001:db8::7]"}, "2001:db8::7"},
		{"a zone", "[2001:db8:ffff::1%eth0]:1234", []string{"fe80::1%eth0"}, "fe80::1"},
		{"IPv4 in IPv6", "[::ffff:10.0.0.1]:1234", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"a long entry", "10.0.0.1:1234", []string{strings.Repeat("1", 1<<15)}, "10.0.0.1"},
	} {
		if got := clientOf(c.remote, c.lines, proxies...); got != netip.MustParseAddr(c.want) {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
	for _, remote := range []string{"", "@", "somebody"} { // written there by another middleware
		if got := clientOf(remote, []string{"203.0.113.9"}, proxies...); got.IsValid() {
			t.Errorf("an address that is none, %q: %v", remote, got)
		}
	}
	if got := clientOf("10.0.0.1:1", []string{"203.0.113.9"}); got.String() != "10.0.0.1" {
		t.Errorf("nobody is trusted: %v", got)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("X-Forwarded-For", "203.0.113.9")
	if got := runtime.ClientAddr(r); got.String() != "192.0.2.1" {
		t.Errorf("without the middleware: %v", got)
	}
}

// Who calls a unix socket is a proxy.
func TestClientAddrSocket(t *testing.T) {
	l, err := net.Listen("unix", filepath.Join(t.TempDir(), "s"))
	if err != nil {
		t.Skip(err)
	}
	srv := httptest.NewUnstartedServer(runtime.TrustProxies(prefixes("10.0.0.0/8")...)(
		http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, runtime.ClientAddr(r).String()) })))
	_ = srv.Listener.Close()
	srv.Listener = l
	srv.Start()
	defer srv.Close()
	client := &http.Client{Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return net.Dial("unix", l.Addr().String())
	}}}
	defer client.CloseIdleConnections()
	for header, want := range map[string]string{
		"203.0.113.9, 198.51.100.1":           "198.51.100.1",
		"203.0.113.9, 198.51.100.1, 10.0.0.2": "198.51.100.1",
		"":                                    "invalid IP",
		"203.0.113.9, unknown":                "invalid IP",
	} {
		req, err := http.NewRequest("GET", "http://socket/", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Forwarded-For", header)
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if string(body) != want {
			t.Errorf("%q: %s, want %s", header, body, want)
		}
	}
}

// Whatever stands in front of what a proxy appended changes nothing.
func FuzzClientAddr(f *testing.F) {
	f.Add("203.0.113.9", "10.9.9.9,,")
	f.Add("unknown", "[::1]:80, for=x")
	proxies := prefixes("10.0.0.0/8")
	f.Fuzz(func(t *testing.T, line, more string) {
		for _, lines := range [][]string{
			{line, more + ",198.51.100.1"},
			{line + "," + more, "198.51.100.1, 10.0.0.2"},
			{more, line, "198.51.100.1", "10.0.0.2"},
		} {
			if got := clientOf("10.0.0.1:1", lines, proxies...); got.String() != "198.51.100.1" {
				t.Errorf("%q: %v", lines, got)
			}
		}
		clientOf(line, []string{more}, proxies...)
	})
}
