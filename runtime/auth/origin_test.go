package auth

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What a page of another site makes a browser send is refused when it may change
// something, whatever the token is worth.
func TestCookieFromElsewhere(t *testing.T) {
	const detail = "the request comes from a page of another site"
	good, expired := mint(plainHead, claimsText()), mint(plainHead, `{"exp":1}`)
	v := verifierOf[session](t, Config{TrustedOrigins: []string{"https://app.example.com"}},
		FromCookie("__Host-token"), FromAuthorization("Bearer"))
	cookie := []string{"Cookie", "__Host-token=" + good}
	for _, test := range []struct {
		name    string
		headers []string
		refused bool
	}{
		{"from the site", append(cookie, "Sec-Fetch-Site", "same-origin", "Origin", "https://example.com"), false},
		{"typed into the browser", append(cookie, "Sec-Fetch-Site", "none"), false},
		{"from no browser", cookie, false},
		{"from another site", append(cookie, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"), true},
		{"from another host of the domain", append(cookie, "Sec-Fetch-Site", "same-site", "Origin", "https://evil.example.com"), true},
		{"from another site, without Origin", append(cookie, "Sec-Fetch-Site", "cross-site"), true},
		{"from an older browser", append(cookie, "Origin", "https://evil.example"), true},
		{"from an older browser on the site", append(cookie, "Origin", "https://example.com"), false},
		{"from an opaque origin", append(cookie, "Origin", "null"), true},
		{"from a trusted origin", append(cookie, "Sec-Fetch-Site", "same-site", "Origin", "https://app.example.com"), false},
		{"from nearly a trusted origin", append(cookie, "Sec-Fetch-Site", "same-site", "Origin", "https://app.example.com.evil"), true},
		{"an expired token", []string{"Cookie", "__Host-token=" + expired, "Sec-Fetch-Site", "cross-site"}, true},
		{"garbage", []string{"Cookie", "__Host-token=x", "Sec-Fetch-Site", "cross-site"}, true},
		{"in Authorization", []string{"Authorization", "Bearer " + good, "Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, false},
		{"in Authorization, other cookies", []string{"Authorization", "Bearer " + good, "Cookie", "a=b", "Sec-Fetch-Site", "cross-site"}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "QUERY"} {
				for _, optional := range []bool{false, true} {
					x := requestWith(test.headers...)
					x.r.Method = method
					_, ok := v.authenticate(x, optional, nil)
					if ok == test.refused {
						t.Errorf("%s, optional %v: let through is %v (%v)", method, optional, ok, x.problem)
					}
					if test.refused {
						wantAnswer(t, x, 403, "")
						wantCrossOrigin(t, x, detail)
					}
				}
			}
			for _, method := range []string{"GET", "HEAD", "OPTIONS"} { // safe, and links lead here
				x := requestWith(test.headers...)
				x.r.Method = method
				v.authenticate(x, false, nil)
				if x.problem != nil && x.problem.Status == 403 {
					t.Errorf("%s is refused", method)
				}
			}
		})
	}
	for site, status := range map[string]int{"https://evil.example": 403, "https://example.com": 0, "https://app.example.com": 0, "": 0} {
		x := requestWith(append(cookie, "Upgrade", "websocket", "Connection", "Upgrade", "Origin", site)...)
		x.r.Method = "GET"
		v.Authenticate(x)
		wantAnswer(t, x, status, "")
	}
	// Nobody is told twice, and an anonymous caller has nothing to protect.
	anonymous := requestWith("Sec-Fetch-Site", "cross-site")
	if c, ok := v.AuthenticateOptional(anonymous); c != nil || !ok {
		t.Errorf("an anonymous caller is answered %v", anonymous.problem)
	}
	both := requestWith(append(cookie, "Authorization", "Bearer "+good, "Sec-Fetch-Site", "cross-site")...)
	v.Authenticate(both)
	wantAnswer(t, both, 400, challengeWith("invalid_request", "the request must carry exactly one token"))
}

func wantCrossOrigin(t *testing.T, x *recorder, detail string) {
	t.Helper()
	fail, ok := errors.AsType[*Error](x.problem.Cause)
	if !ok || fail.Code != CodeCrossOrigin || fail.Code.String() != "cross_origin" || outcomeOf(fail) != Refused {
		t.Errorf("the cause is %v", x.problem.Cause)
	}
	if _, challenged := x.problem.Header["Www-Authenticate"]; challenged || x.problem.Detail != detail {
		t.Errorf("told %q with %v, want %q and no challenge", x.problem.Detail, x.problem.Header, detail)
	}
}

// The place a token was taken from decides, whatever stands in other places.
func TestBareTokenBesideCookie(t *testing.T) {
	v := verifierOf[session](t, Config{AllowBareToken: true}, FromAuthorization("Bearer"), FromCookie("__Host-token"))
	x := requestWith("Authorization", mint(plainHead, claimsText()), "Cookie", "__Host-token=", "Sec-Fetch-Site", "cross-site")
	v.Authenticate(x)
	wantAnswer(t, x, 0, "")
}

func TestTrustedOrigins(t *testing.T) {
	for origin, good := range map[string]bool{
		"https://app.example.com":       true,
		"https://app.example.com:8443":  true,
		"http://localhost:3000":         true,
		"http://127.0.0.1:80":           false,
		"http://[::1]:8080":             true,
		"https://xn--bcher-kva.example": true,
		"https://bücher.example":        false,
		"https://[2001:DB8::1]":         false,
		"":                              false,
		"null":                          false,
		"*":                             false,
		"app.example.com":               false,
		"//app.example.com":             false,
		"https:app.example.com":         false,
		"https://":                      false,
		"https://:8443":                 false,
		"https://app.example.com:":      false,
		"https://app.example.com/":      false,
		"https://app.example.com?a":     false,
		"https://app.example.com#a":     false,
		"https://app.example.com ":      false,
		"https://u:p@app.example.com":   false,
		"https://App.example.com":       false,
		"HTTPS://app.example.com":       false,
		"https://app.example.com:443":   false,
		"http://app.example.com:80":     false,
		"https://*.example.com":         false,
		"ftp://app.example.com":         false,
		"https://app.example.com,https://b.example.com": false,
		secret: false,
	} {
		err := Config{AccessSecret: secret, TrustedOrigins: []string{"https://a.example", origin}}.Validate()
		if (err == nil) != good {
			t.Errorf("%q: got %v", origin, err)
		}
		if err != nil && (!strings.Contains(err.Error(), "TrustedOrigins[1]: expected an origin") || strings.Contains(err.Error(), secret)) {
			t.Errorf("%q: got %v", origin, err)
		}
		if good && http.NewCrossOriginProtection().AddTrustedOrigin(origin) != nil {
			t.Errorf("%q: net/http does not take it", origin)
		}
	}
	err := Config{AccessSecret: secret, Realm: "\n", TrustedOrigins: []string{"a", "b"}}.Validate()
	if err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("three mistakes are reported as %v", err)
	}
}

// The middleware answers as generated code does.
func TestMiddlewareFromElsewhere(t *testing.T) {
	v := verifierOf[session](t, Config{}, FromCookie("__Host-token"))
	r, w := httptest.NewRequest("POST", "/", nil), httptest.NewRecorder()
	r.Header.Set("Cookie", "__Host-token="+mint(plainHead, claimsText()))
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	v.Middleware(AllowAnonymous())(http.NotFoundHandler()).ServeHTTP(w, r)
	const body = `{"type":"about:blank","title":"Forbidden","status":403,"detail":"the request comes from a page of another site"}`
	if w.Code != 403 || w.Body.String() != body || len(w.Header()["Www-Authenticate"]) > 0 {
		t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
}
