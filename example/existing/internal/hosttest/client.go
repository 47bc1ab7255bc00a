package hosttest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/example/existing/host"
)

// answer is what the client has got.
type answer struct {
	status int
	header http.Header
	body   string
	err    error // of reading the body
}

// request returns a request with the token and an id.
func (s *service) request(t *testing.T, method, path string, body io.Reader) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.token)
	r.Header.Set(host.Header, "r-1")
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// do sends a request and reads the answer.
func (s *service) do(t *testing.T, r *http.Request) answer {
	t.Helper()
	resp, err := s.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, string(body), err}
}

// send is do without anything special about the request.
func (s *service) send(t *testing.T, method, path, body string) answer {
	t.Helper()
	if body == "" {
		return s.do(t, s.request(t, method, path, nil))
	}
	return s.do(t, s.request(t, method, path, strings.NewReader(body)))
}

// wantProblem asks for a problem document (RFC 9457) of the status.
func (a answer) wantProblem(t *testing.T, status int) {
	t.Helper()
	var doc struct{ Status int }
	err := json.Unmarshal([]byte(a.body), &doc)
	if a.status != status || a.header.Get("Content-Type") != "application/problem+json" || err != nil || doc.Status != status {
		t.Errorf("want a problem of status %d, got %d %v %q", status, a.status, a.header, a.body)
	}
}

// wantNothing asks for the 404 of the host.
func (a answer) wantNothing(t *testing.T) {
	t.Helper()
	if a.status != http.StatusNotFound || a.body != host.Nothing || a.err != nil {
		t.Errorf("want the 404 of the host, got %d %q %v", a.status, a.body, a.err)
	}
}

// want asks for the status and the body.
func (a answer) want(t *testing.T, status int, body string) {
	t.Helper()
	if a.status != status || a.body != body || a.err != nil {
		t.Errorf("want %d %q, got %d %q %v", status, body, a.status, a.body, a.err)
	}
}
