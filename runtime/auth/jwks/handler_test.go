package jwks

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func handlerOf(s *Set) http.Handler {
	return Handler(func(context.Context) (*Set, error) { return s, nil })
}

func ask(h http.Handler, method string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/jwks.json", nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// privateKeys are one of each type.
func privateKeys(t *testing.T) map[string]crypto.Signer {
	t.Helper()
	all := make(map[string]crypto.Signer)
	add := func(name string, k crypto.Signer, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all[name] = k
	}
	_, ed, err := ed25519.GenerateKey(rand.Reader)
	add("EdDSA", ed, err)
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	add("PS256", r, err)
	for name, curve := range map[string]elliptic.Curve{"ES256": elliptic.P256(), "ES384": elliptic.P384(), "ES512": elliptic.P521()} {
		e, err := ecdsa.GenerateKey(curve, rand.Reader)
		add(name, e, err)
	}
	return all
}

// Whatever the key, only members of its public half are published.
func TestHandlerPublishesPublicHalves(t *testing.T) {
	public := map[string]bool{
		"kty": true, "kid": true, "use": true, "alg": true, "crv": true, "x": true, "y": true, "n": true, "e": true,
	}
	for alg, private := range privateKeys(t) {
		k, err := New(private, alg, "own-"+alg)
		if err != nil {
			t.Fatal(err)
		}
		s, err := NewSet(k)
		if err != nil {
			t.Fatal(err)
		}
		w := ask(handlerOf(s), "GET")
		var got struct{ Keys []map[string]string }
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Keys) != 1 || got.Keys[0]["alg"] != alg {
			t.Fatalf("%s: got %s (%v)", alg, w.Body, err)
		}
		for name := range got.Keys[0] {
			if !public[name] {
				t.Errorf("%s: the member %s is published", alg, name)
			}
		}
		// What is published verifies what the private half signs.
		set, err := ParseSet(w.Body.Bytes(), Options{})
		if err != nil {
			t.Fatalf("%s: %v", alg, err)
		}
		signature, err := k.Sign([]byte("text"))
		if err != nil {
			t.Fatal(err)
		}
		if set.Keys()[0].Private() || !set.Keys()[0].Verify([]byte("text"), signature) {
			t.Errorf("%s: the published key is not the public half", alg)
		}
	}
}

func TestHandlerAnswers(t *testing.T) {
	s, err := NewSet(edKey(t, "one").Public())
	if err != nil {
		t.Fatal(err)
	}
	get := ask(handlerOf(s), "GET")
	for name, want := range map[string]string{
		"Content-Type":           "application/jwk-set+json",
		"Cache-Control":          "public, max-age=300",
		"X-Content-Type-Options": "nosniff",
	} {
		if got := get.Header().Get(name); got != want {
			t.Errorf("%s is %q, expected %q", name, got, want)
		}
	}
	tag := get.Header().Get("Etag")
	if get.Code != 200 || len(tag) < 10 || tag[0] != '"' || tag[len(tag)-1] != '"' {
		t.Fatalf("got %d with the tag %s", get.Code, tag)
	}
	head := ask(handlerOf(s), "HEAD")
	if head.Code != 200 || head.Body.Len() > 0 || head.Header().Get("Etag") != tag ||
		head.Header().Get("Content-Length") != get.Header().Get("Content-Length") {
		t.Errorf("HEAD: got %d %v %q", head.Code, head.Header(), head.Body)
	}
	other, err := NewSet(edKey(t, "one"))
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(handlerOf(other), "GET").Header().Get("Etag"); got == tag {
		t.Error("other keys have the same tag")
	}
	for match, want := range map[string]int{
		tag: 304, "W/" + tag: 304, `"a", ` + tag: 304, "*": 304, `"a,b",W/` + tag + ` , "c"`: 304,
		`"a"`: 200, strings.Trim(tag, `"`): 200, strings.TrimSuffix(tag, `"`) + `x"`: 200, "": 200,
	} {
		for _, method := range []string{"GET", "HEAD"} {
			w := ask(handlerOf(s), method, "If-None-Match", match)
			if w.Code != want || w.Header().Get("Etag") != tag || w.Header().Get("Cache-Control") == "" || want == 304 && w.Body.Len() > 0 {
				t.Errorf("%s with If-None-Match %s: got %d, expected %d", method, match, w.Code, want)
			}
		}
	}
	if w := ask(handlerOf(s), "GET", "If-None-Match", `"a"`, "If-None-Match", tag); w.Code != 304 {
		t.Errorf("the tag in a second field: got %d", w.Code)
	}
}

func TestHandlerMethods(t *testing.T) {
	h := Handler(func(context.Context) (*Set, error) {
		t.Error("keys were asked for")
		return nil, nil
	})
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "get"} {
		w := ask(h, method)
		if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: got %d with %v", method, w.Code, w.Header())
		}
	}
}

// An error is for the log, and nothing of it is for callers or their caches.
func TestHandlerUnavailable(t *testing.T) {
	for name, keys := range map[string]func(context.Context) (*Set, error){
		"error":   func(context.Context) (*Set, error) { return nil, errors.New("disk " + secretMark) },
		"neither": func(context.Context) (*Set, error) { return nil, nil },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			defer slog.SetDefault(slog.Default())
			slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
			w := ask(Handler(keys), "GET")
			if w.Code != 503 || w.Header().Get("Retry-After") == "" || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("got %d with %v", w.Code, w.Header())
			}
			if w.Header().Get("Etag") != "" || strings.Contains(w.Header().Get("Cache-Control"), "max-age") {
				t.Errorf("the error can be cached: %v", w.Header())
			}
			if strings.Contains(w.Body.String(), secretMark) {
				t.Errorf("the error is shown: %s", w.Body)
			}
			if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "level=ERROR") {
				t.Errorf("logged: %s", &log)
			}
		})
	}
}
