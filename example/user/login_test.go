package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestLogin(t *testing.T) {
	s := newService(t)
	before := time.Now().Unix()
	got := s.login()
	after := time.Now().Unix()
	life := int64(s.c.Auth.AccessExpire)
	if got.AccessExpire < before+life || got.AccessExpire > after+life {
		t.Errorf("accessExpire is %d, want %d seconds from now (%d)", got.AccessExpire, life, before)
	}
	// Both are cut to seconds on their own.
	if half := got.AccessExpire - life/2; got.RefreshAfter < half-1 || got.RefreshAfter > half+1 {
		t.Errorf("refreshAfter is %d, want half way to %d", got.RefreshAfter, got.AccessExpire)
	}
	if strings.Count(got.AccessToken, ".") != 2 {
		t.Errorf("accessToken is no compact JWS: %q", got.AccessToken)
	}
}

func TestLoginRefuses(t *testing.T) {
	s := newService(t)
	for _, tt := range []struct {
		name, body string
		status     int
		code       string
		pointers   []string
	}{
		{"wrong password", `{"username":"alice","password":"wonderful"}`, 401, "bad_credentials", nil},
		{"unknown user", `{"username":"bob","password":"wonderland"}`, 401, "bad_credentials", nil},
		{"no body", ``, 422, "", []string{"/username", "/password"}},
		{"empty object", `{}`, 422, "", []string{"/username", "/password"}},
		{"null", `{"username":null,"password":"wonderland"}`, 422, "", []string{"/username"}},
		{"another type and too short", `{"username":7,"password":"x"}`, 422, "", []string{"/username", "/password"}},
		{"syntax", `{"username":`, 400, "", nil},
		{"duplicate member", `{"username":"alice","username":"alice","password":"wonderland"}`, 400, "", nil},
		{"too large", `{"username":"` + strings.Repeat("a", 5000) + `"}`, 413, "", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := *s
			s.t = t
			got := s.post("/user/login", tt.body)
			p := s.isProblem(got, tt.status)
			if p.Code != tt.code {
				t.Errorf("code %q, want %q", p.Code, tt.code)
			}
			if challenge := got.Header.Get("WWW-Authenticate"); (challenge != "") != (tt.status == 401) {
				t.Errorf("challenge %q with %d", challenge, tt.status)
			}
			pointers := map[string]bool{}
			for _, e := range p.Errors {
				pointers[e.Pointer] = true
			}
			for _, want := range tt.pointers {
				if !pointers[want] || len(pointers) != len(tt.pointers) {
					t.Errorf("errors %+v, want %q", p.Errors, tt.pointers)
				}
			}
		})
	}
}

func TestLoginSaysNotWhichWasWrong(t *testing.T) {
	s := newService(t)
	user := s.post("/user/login", `{"username":"bob","password":"wonderland"}`)
	password := s.post("/user/login", `{"username":"alice","password":"wonderful"}`)
	if user.text != password.text {
		t.Errorf("an unknown user is answered\n%s\na wrong password\n%s", user.text, password.text)
	}
}

func TestRouting(t *testing.T) {
	s := newService(t)
	for _, tt := range []struct {
		method, path, contentType string
		status                    int
		allow                     string
	}{
		{http.MethodGet, "/user/login", "", 405, "POST"},
		{http.MethodGet, "/user/info", "", 405, "POST"},
		{http.MethodPost, "/user/nothing", "", 404, ""},
		{http.MethodPost, "/user/login/", "", 404, ""},
		{http.MethodPost, "/user/login", "text/plain", 415, ""},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, s.url+tt.path, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		if tt.contentType != "" {
			req.Header.Set("Content-Type", tt.contentType)
		}
		got := s.do(req)
		s.isProblem(got, tt.status)
		if allow := got.Header.Get("Allow"); allow != tt.allow {
			t.Errorf("%s %s: Allow is %q, want %q", tt.method, tt.path, allow, tt.allow)
		}
	}
}
