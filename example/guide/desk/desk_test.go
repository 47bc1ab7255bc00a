package desk

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/auth/authtest"
	"github.com/apigen-go/apigen/runtime/config"
)

// everybody has the password "printer"; those whose name begins with lead are one.
type everybody struct{}

func (everybody) Check(_ context.Context, name, password string) (*Agent, error) {
	if password != "printer" {
		return nil, ErrWrongPassword
	}
	a := &Agent{Claims: authtest.Claims(name, "tickets:read"), Lead: strings.HasPrefix(name, "lead")}
	return a, nil
}

// keys writes a key pair and tells the configuration files where it is.
func keys(t *testing.T) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Setenv("KEYS", dir)
	spki, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]*pem.Block{"public.pem": {Type: "PUBLIC KEY", Bytes: spki}, "private.pem": {Type: "PRIVATE KEY", Bytes: pkcs8}} {
		if err := os.WriteFile(filepath.Join(dir, name), pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func load(t *testing.T, file string) Config {
	t.Helper()
	var c Config
	if err := config.Load(file, &c); err != nil {
		t.Fatal(err)
	}
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	return c
}

// newDesk runs the service over TLS, as its cookie wants it.
func newDesk(t *testing.T) *httptest.Server {
	t.Helper()
	keys(t)
	h, err := New(load(t, "etc/keys.yaml"), everybody{})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	return s
}

func send(t *testing.T, s *httptest.Server, r *http.Request) *http.Response {
	t.Helper()
	resp, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp
}

func request(t *testing.T, s *httptest.Server, method, path, body string, cookies ...*http.Cookie) *http.Request {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, c := range cookies {
		r.AddCookie(c)
	}
	return r
}

func signIn(t *testing.T, s *httptest.Server, name string) *http.Cookie {
	t.Helper()
	resp := send(t, s, request(t, s, "POST", "/session", `{"name":"`+name+`","password":"printer"}`))
	if resp.StatusCode != http.StatusNoContent || len(resp.Cookies()) != 1 {
		t.Fatalf("got %d %v", resp.StatusCode, resp.Cookies())
	}
	c := resp.Cookies()[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge <= 0 {
		t.Errorf("got %v", c)
	}
	return c
}

// A page signs in, works, and signs out.
func TestPage(t *testing.T) {
	s := newDesk(t)
	c := signIn(t, s, "alice")
	status := func(method, path string, header ...string) int {
		r := request(t, s, method, path, "", c)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		return send(t, s, r).StatusCode
	}
	for _, test := range []struct {
		method, path string
		header       []string
		want         int
	}{
		{"GET", "/tickets", nil, 200},
		{"GET", "/tickets", []string{"Sec-Fetch-Site", "cross-site"}, 200},
		{"DELETE", "/tickets/1", []string{"Sec-Fetch-Site", "same-origin"}, 403}, // no scope
		{"DELETE", "/session", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"DELETE", "/session", []string{"Origin", "https://evil.example"}, 403},
		{"GET", "/tickets", []string{"Authorization", "Bearer " + c.Value}, 400},
		{"DELETE", "/session", []string{"Sec-Fetch-Site", "same-origin"}, 204},
		{"GET", "/tickets", nil, 401}, // what was copied is good no longer
	} {
		if got := status(test.method, test.path, test.header...); got != test.want {
			t.Errorf("%s %s %v: got %d, want %d", test.method, test.path, test.header, got, test.want)
		}
	}
}

// Leads may do everything, by the claims' own method.
func TestAllowed(t *testing.T) {
	s := newDesk(t)
	for name, want := range map[string]int{"alice": 403, "lead-bob": 204} {
		r := request(t, s, "DELETE", "/tickets/1", "")
		authtest.Authorize(r, signIn(t, s, name).Value)
		if got := send(t, s, r).StatusCode; got != want {
			t.Errorf("%s: got %d, want %d", name, got, want)
		}
	}
}

// Another service verifies the tokens with the keys that this one publishes.
func TestPublishedKeys(t *testing.T) {
	s := newDesk(t)
	token := signIn(t, s, "alice").Value
	c := load(t, "etc/jwks.yaml").Auth
	c.JWKSURL = s.URL + "/.well-known/jwks.json"
	verifier, err := auth.NewVerifier[Agent](c, auth.WithHTTPClient(s.Client()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := verifier.Verify(t.Context(), token); err == nil || !strings.Contains(err.Error(), "another audience") {
		t.Errorf("got %v", err)
	}
	c.Audience = []string{"desk"}
	verifier, err = auth.NewVerifier[Agent](c, auth.WithHTTPClient(s.Client()))
	if err != nil {
		t.Fatal(err)
	}
	if me, err := verifier.Verify(t.Context(), token); err != nil || me.Subject != "alice" {
		t.Errorf("got %v %v", me, err)
	}
}

func TestConfigurations(t *testing.T) {
	t.Setenv("SECRET", strings.Repeat("test-only ", 4))
	if c := load(t, "etc/issuers.yaml"); len(c.Auth.Issuers) != 2 {
		t.Errorf("got %v", c)
	}
}

func TestAttack(t *testing.T) {
	keys(t)
	c := load(t, "etc/keys.yaml")
	h, err := New(c, everybody{})
	if err != nil {
		t.Fatal(err)
	}
	authtest.Attack(t, authtest.Target{
		Scheme:  authtest.Scheme{Config: c.Auth, Claims: &Agent{Claims: authtest.Claims("alice", "tickets:read")}},
		Handler: h,
		Request: func() *http.Request { return httptest.NewRequest("GET", "/tickets", nil) },
	})
}
