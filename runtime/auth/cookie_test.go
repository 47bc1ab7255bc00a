package auth

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestCookie(t *testing.T) {
	expires := time.Now().Add(time.Hour).Truncate(time.Second)
	for _, c := range []*http.Cookie{Cookie("__Host-token", "a.b.c", expires), ExpiredCookie("__Host-token")} {
		if c.Name != "__Host-token" || c.Path != "/" || c.Domain != "" || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Partitioned {
			t.Errorf("got %v", c)
		}
		if err := c.Valid(); err != nil {
			t.Errorf("%v: %v", c, err)
		}
	}
	c := Cookie("__Host-token", "a.b.c", expires)
	if c.Value != "a.b.c" || !c.Expires.Equal(expires) || c.MaxAge <= 0 || c.MaxAge > 3600 {
		t.Errorf("got %v, of %d seconds", c, c.MaxAge)
	}
	// A cookie without Max-Age would live as long as the browser.
	for _, past := range []time.Time{time.Now(), time.Now().Add(-time.Hour), {}} {
		if c := Cookie("__Host-token", "a.b.c", past); c.MaxAge != -1 {
			t.Errorf("%v: Max-Age is %d", past, c.MaxAge)
		}
	}
	gone := ExpiredCookie("__Host-token")
	if text := gone.String(); gone.Value != "" || !strings.Contains(text, "Max-Age=0") || !strings.Contains(text, "Expires=Thu, 01 Jan 1970") {
		t.Errorf("got %s", text)
	}
}

// A browser signs in, calls, and signs out.
func TestCookieRoundTrip(t *testing.T) {
	const name = "__Host-token"
	c := Config{AccessSecret: secret}
	issuer, err := NewIssuer[session](c)
	if err != nil {
		t.Fatal(err)
	}
	v, err := NewVerifier[session](c, FromCookie(name))
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /in", func(w http.ResponseWriter, _ *http.Request) {
		token, expires, err := issuer.Access(context.Background(), &session{Name: "Alice"})
		if err != nil {
			t.Error(err)
		}
		http.SetCookie(w, Cookie(name, token, expires))
	})
	mux.HandleFunc("POST /out", func(w http.ResponseWriter, _ *http.Request) { http.SetCookie(w, ExpiredCookie(name)) })
	mux.Handle("/me", v.Middleware()(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})))
	s := httptest.NewTLSServer(mux)
	defer s.Close()
	browser := s.Client()
	if browser.Jar, err = cookiejar.New(nil); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		method, path string
		status       int
	}{{"GET", "/me", 401}, {"POST", "/in", 200}, {"GET", "/me", 200}, {"POST", "/me", 200}, {"POST", "/out", 200}, {"GET", "/me", 401}} {
		r, err := http.NewRequest(step.method, s.URL+step.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := browser.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != step.status {
			t.Errorf("%s %s: got %d, want %d", step.method, step.path, answer.StatusCode, step.status)
		}
	}
}
