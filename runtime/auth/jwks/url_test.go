package jwks

import (
	"strings"
	"testing"
)

func TestCheckURL(t *testing.T) {
	for _, good := range []string{
		"https://login.example.com/keys", "https://login.example.com", "https://login.example.com:8443/a/b?c=d",
		"HTTPS://login.example.com/", "https://192.0.2.1/", "https://[2001:db8::1]/k", "https://localhost/",
		"http://localhost/keys", "http://LocalHost:80/", "http://127.0.0.1:8080/keys", "http://127.255.0.9/", "http://[::1]:1/k",
	} {
		if err := CheckURL(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for bad, want := range map[string]string{
		"":                                   "begins with https://",
		"login.example.com/keys":             "begins with https://",
		"//login.example.com/keys":           "begins with https://",
		"/keys":                              "begins with https://",
		"ftp://example.com/" + "k":           "begins with https://",
		"file:///etc/keys.json":              "begins with https://",
		"data:application/json,{}":           "begins with https://",
		"httpss://example.com/":              "begins with https://",
		"https:///keys":                      "with a host",
		"https://:443/keys":                  "with a host",
		"https:login.example.com":            "with a host",
		"https:":                             "with a host",
		"http://example.com/keys":            "http is for localhost",
		"http://localhost.evil.org":          "http is for localhost",
		"http://foo.localhost/":              "http is for localhost",
		"http://128.0.0.1/":                  "http is for localhost",
		"http://127.1/":                      "http is for localhost",
		"http://2130706433/":                 "http is for localhost",
		"http://0.0.0.0/":                    "http is for localhost",
		"http://[::]/":                       "http is for localhost",
		"http://[::ffff:127.0.0.1]":          "http is for localhost",
		"http://[::1%25lo]/":                 "http is for localhost",
		"https://user:hunter2@example.com/":  "without user and password",
		"https://hunter2@example.com/":       "without user and password",
		"https://@example.com/":              "without user and password",
		"http://user:hunter2@127.0.0.1/":     "without user and password",
		"https://example.com/#hunter2":       "without a fragment",
		"https://example.com/#":              "without a fragment",
		" https://example.com/":              "without spaces",
		"https://example.com/ ":              "without spaces",
		"https://example.com/a b":            "without spaces",
		"https://example.com/\n":             "without spaces",
		"https://user:hunter2@example.com:x": "without spaces",
		"https://ex\x7fample.com":            "without spaces",
		"https://example.com\\@evil.org/":    "without spaces",
		"https://example.com/%zz":            "without spaces",
	} {
		err := CheckURL(bad)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, expected an error with %q", bad, err, want)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: the error shows the password", bad)
		}
		if _, err := NewClient(bad); err == nil {
			t.Errorf("%q: there is a client of it", bad)
		}
	}
}

func TestCheckIssuer(t *testing.T) {
	for issuer, want := range map[string]string{
		"https://a.example":          "https://a.example/.well-known/openid-configuration",
		"https://a.example/":         "https://a.example/.well-known/openid-configuration",
		"https://a.example/tenant/":  "https://a.example/tenant/.well-known/openid-configuration",
		"https://a.example/tenant//": "https://a.example/tenant//.well-known/openid-configuration",
		"http://127.0.0.1:80/x":      "http://127.0.0.1:80/x/.well-known/openid-configuration",
	} {
		if err := CheckIssuer(issuer); err != nil {
			t.Errorf("%s: %v", issuer, err)
		}
		if u, err := discoveryURL(issuer); err != nil || u.String() != want {
			t.Errorf("%s: the document is at %v, expected %s (%v)", issuer, u, want, err)
		}
	}
	for bad, want := range map[string]string{
		"":                           "begins with https://",
		"accounts.example.com":       "begins with https://",
		"http://accounts.example":    "http is for localhost",
		"https://a.example/?tenant":  "without a query",
		"https://a.example?":         "without a query",
		"https://a.example/#x":       "without a fragment",
		"https://u:hunter2@a.exampl": "without user and password",
	} {
		err := CheckIssuer(bad)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, expected an error with %q", bad, err, want)
		}
		if _, err := NewDiscovery(bad); err == nil {
			t.Errorf("%q: there is a client of it", bad)
		}
	}
}
