package shop

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/auth/authtest"
)

//snippet:service

// The service as it runs, with a clock and a secret of the test's own.
func newService(t *testing.T, now func() time.Time) (http.Handler, *auth.Issuer[Session]) {
	t.Helper()
	c := testConfig()
	h, err := NewHandler(c, Handlers{Orders: &Orders{Stock: stock{}}, Catalog: &Catalog{}},
		WithAuth(auth.WithClock(now)))
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := NewAuthIssuer(c, auth.WithClock(now))
	if err != nil {
		t.Fatal(err)
	}
	return h, tokens
}

func testConfig() Config {
	return Config{Auth: auth.Config{AccessSecret: strings.Repeat("test-only ", 4), AccessExpire: 900}}
}

// call sends a request with a token, unless it is empty.
func call(h http.Handler, method, path, token, body string) (int, string) {
	r := authtest.Authorize(httptest.NewRequest(method, path, strings.NewReader(body)), token)
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// A token ends when it should, whatever the time is.
func TestExpiry(t *testing.T) {
	clock := authtest.NewClock(time.Date(2030, 1, 1, 12, 0, 0, 0, time.UTC))
	h, tokens := newService(t, clock.Now)
	alice := &Session{Claims: authtest.Claims("alice", "orders:write"), Customer: "alice"}
	token := authtest.Token(t, tokens, alice)
	const order = `{"item":"book","count":1}`
	if status, body := call(h, "POST", "/orders", token, order); status != http.StatusCreated {
		t.Errorf("got %d %s", status, body)
	}
	clock.Advance(16 * time.Minute)
	if status, _ := call(h, "POST", "/orders", token, order); status != http.StatusUnauthorized {
		t.Errorf("an expired token: %d", status)
	}
}

//snippet:end

//snippet:attack

// Forged tokens, and those that say what no token may say, do not get in.
func TestAttack(t *testing.T) {
	h, _ := newService(t, time.Now)
	authtest.Attack(t, authtest.Target{
		Scheme: authtest.Scheme{
			Config: testConfig().Auth,
			Claims: &Session{Claims: authtest.Claims("alice", "orders:write"), Customer: "alice"},
		},
		Handler: h,
		Request: func() *http.Request {
			r := httptest.NewRequest("POST", "/orders", strings.NewReader(`{"item":"book","count":1}`))
			r.Header.Set("Content-Type", "application/json")
			return r
		},
	})
}

//snippet:end

// What docs/errors.md and docs/authentication.md say the shop answers.
func TestAnswers(t *testing.T) {
	h, tokens := newService(t, time.Now)
	token, err := SignIn(t.Context(), tokens, "alice")
	if err != nil {
		t.Fatal(err)
	}
	plain, _, err := tokens.Access(t.Context(), &Session{Customer: "bob"})
	if err != nil {
		t.Fatal(err)
	}
	premium, _, err := tokens.Access(t.Context(), &Session{Customer: "eve", Premium: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		method, path, token, body string
		status                    int
		want                      string
	}{
		{"POST", "/orders", token, `{"item":"book","count":1}`, 201, `{"customer":"alice","item":"book","count":1}`},
		{"POST", "/orders", token, `{"item":"book","count":6}`, 409, `{"type":"about:blank","title":"Conflict","status":409,"code":"sold_out","detail":"there is not enough left"}`},
		{"POST", "/orders", token, `{"item":"nothing","count":1}`, 422, `{"type":"about:blank","title":"Unprocessable Entity","status":422,"errors":[{"pointer":"/item","in":"body","code":"unknown_item","detail":"is not in the catalogue"}]}`},
		{"POST", "/orders", token, `{"item":"","count":1000,"gift":""}`, 422, `{"type":"about:blank","title":"Unprocessable Entity","status":422,"errors":[{"pointer":"/item","in":"body","code":"required","detail":"must not be empty"},{"pointer":"/count","in":"body","code":"max","detail":"must be at most 100"},{"pointer":"/gift","in":"body","code":"min","detail":"must have at least 1 character"}]}`},
		{"POST", "/orders", token, `{"item":`, 400, `{"type":"about:blank","title":"Bad Request","status":400,"detail":"the body is not valid JSON: unexpected end at byte 8"}`},
		{"POST", "/orders", token, `{"item":"fire","count":1}`, 500, `{"type":"about:blank","title":"Internal Server Error","status":500}`},
		{"POST", "/orders", plain, `{"item":"book","count":1}`, 403, ""},
		{"POST", "/orders", "", `{"item":"book","count":1}`, 401, `{"type":"about:blank","title":"Unauthorized","status":401,"detail":"a token is needed"}`},
		{"GET", "/catalog/book", "", "", 200, `{"price":100}`},
		{"GET", "/catalog/book", premium, "", 200, `{"price":90}`},
		{"GET", "/catalog/book", "garbage", "", 401, ""},
		{"GET", "/catalog/lead-paint/recall", "", "", 410, `{"type":"about:blank","title":"Gone","status":410,"code":"recalled","detail":"bring it back"}`},
		{"GET", "/catalog/book/recall", "garbage", "", 204, ""},
		{"GET", "/nothing", "", "", 404, `{"type":"about:blank","title":"Not Found","status":404}`},
	} {
		status, body := call(h, c.method, c.path, c.token, c.body)
		if status != c.status || c.want != "" && body != c.want {
			t.Errorf("%s %s %s: got %d %s\nwant %d %s", c.method, c.path, c.body, status, body, c.status, c.want)
		}
	}
}

// The files of the shop are what the guide says they are.
func TestSettings(t *testing.T) {
	secret := strings.Repeat("0123456789", 4)
	t.Setenv("NEW_SECRET", secret)
	t.Setenv("OLD_SECRET", secret+"-old")
	s, err := Load("etc/rotation.yaml")
	if err != nil || s.Auth.AccessSecret != secret || s.Auth.PrevSecrets[0] != secret+"-old" {
		t.Errorf("rotation: %v", err)
	}
	t.Setenv("SHOP_SECRET", secret)
	t.Setenv("SHOP_CACHE_SIZE", "64MiB")
	if s, err = Load("etc/shop.yaml"); err != nil || s.Auth.AccessSecret != secret || s.Cache.Size != 64<<20 || s.Host != "127.0.0.1" {
		t.Errorf("shop: %v", err)
	}
}
