package docs_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/docs"
)

// secured are the headers of every answer.
var secured = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
		"base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "no-referrer",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
}

func isSecured(t *testing.T, what string, h http.Header) {
	t.Helper()
	for name, want := range secured {
		if got := h.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %s is %q, want %q", what, name, got, want)
		}
	}
}

// tokenOnly lets through whoever knows the word.
func tokenOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, word, _ := r.BasicAuth(); word != "open sesame" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func TestHeaders(t *testing.T) {
	for name, access := range map[string]docs.Access{"public": docs.Public(), "behind": docs.Behind(tokenOnly)} {
		h := mount(t, yamlDocument, access)
		for path := range parts {
			w := ask(h, "GET", "/docs"+path, "If-None-Match", ask(h, "GET", "/docs"+path).Header().Get("ETag"))
			isSecured(t, name+" "+path, w.Header())
			isSecured(t, name+" "+path, ask(h, "GET", "/docs"+path).Header())
		}
		isSecured(t, name, ask(h, "GET", "/docs/nothing").Header())
		isSecured(t, name, ask(h, "POST", "/docs/").Header())
	}
}

func TestAccess(t *testing.T) {
	h := mount(t, yamlDocument, docs.Behind(tokenOnly))
	const credentials = "Basic OnNlc2FtZSBvcGVu" // another word
	for path := range parts {
		for _, method := range []string{"GET", "HEAD", "POST"} {
			for _, header := range [][]string{nil, {"Authorization", credentials}, {"If-None-Match", "*"}} {
				if w := ask(h, method, "/docs"+path, header...); w.Code != 401 || w.Body.Len() != 0 || w.Header().Get("ETag") != "" {
					t.Errorf("%s %s with %q: %d %v", method, path, header, w.Code, w.Header())
				}
			}
		}
		w := ask(h, "GET", "/docs"+path, "Authorization", "Basic Om9wZW4gc2VzYW1l")
		if w.Code != 200 || w.Header().Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%s with the word: %d %v", path, w.Code, w.Header())
		}
	}
	if w := ask(h, "GET", "/docs/nothing"); w.Code != 401 {
		t.Errorf("what is not there: %d, want 401", w.Code)
	}
}

func TestMistakes(t *testing.T) {
	nothing := func(http.Handler) http.Handler { return nil }
	for name, tt := range map[string]struct {
		document string
		access   docs.Access
		want     string
	}{
		"no access":          {yamlDocument, docs.Access{}, "docs.Public()"},
		"nil middleware":     {yamlDocument, docs.Behind(nil), "docs.Public()"},
		"middleware of none": {yamlDocument, docs.Behind(nothing), "returned no handler"},
		"empty":              {"", docs.Public(), "the document is empty"},
		"text":               {"hello", docs.Public(), "neither JSON nor YAML"},
		"a list":             {"- openapi: 3.1.1", docs.Public(), "neither JSON nor YAML"},
		"JSON cut off":       {jsonDocument[:len(jsonDocument)-1], docs.Public(), "EOF"},
		"JSON and more":      {jsonDocument + "x", docs.Public(), "after top-level value"},
		"YAML syntax":        {"openapi: [", docs.Public(), "line 1"},
		"two documents":      {yamlDocument + "---\n" + yamlDocument, docs.Public(), "a second one follows"},
		"no member":          {"info: {title: x}", docs.Public(), `openapi: "3.1.1"`},
		"JSON without":       {`{"info": {"title": "x"}}`, docs.Public(), `openapi: "3.1.1"`},
		"in other letters":   {`{"OpenAPI": "3.1.1"}`, docs.Public(), `openapi: "3.1.1"`},
		"version 2":          {`swagger: "2.0"`, docs.Public(), `openapi: "3.1.1"`},
		"version 4":          {`openapi: "4.0.0"`, docs.Public(), `openapi: "3.1.1"`},
		"half a version":     {`openapi: "3.1"`, docs.Public(), `openapi: "3.1.1"`},
	} {
		h, err := docs.Handler([]byte(tt.document), tt.access)
		if h != nil || err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "docs: ") {
			t.Errorf("%s: got %v, want an error with %q", name, err, tt.want)
		}
	}
}

// Text of the document does not get out of where it stands in the page.
func TestHostileTitle(t *testing.T) {
	for _, document := range []string{
		`{"openapi": "3.1.1", "info": {"title": "</title></script><script>alert(1)</script>\" onload=alert(1) {{.}}"}}`,
		"openapi: 3.1.1\ninfo:\n  title: |\n    </title></script><script>alert(1)</script>\" onload=alert(1) {{.}}\n",
	} {
		page := ask(mount(t, document, docs.Public()), "GET", "/docs/").Body.String()
		if !strings.Contains(page, "<title>&lt;/title&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;") ||
			strings.Count(page, "<script") != 2 || strings.Count(page, "</title>") != 1 {
			t.Errorf("the page:\n%s", page)
		}
	}
	page := ask(mount(t, `openapi: 3.1.1`, docs.Public()), "GET", "/docs/").Body.String()
	if !strings.Contains(page, "<title>API documentation</title>") {
		t.Errorf("without a title:\n%s", page)
	}
}

// What the page is made of names no other server and has nothing inline.
func TestPageIsSelfContained(t *testing.T) {
	h := mount(t, yamlDocument, docs.Public())
	for _, path := range []string{"/", "/page.js", "/page.css"} {
		text := ask(h, "GET", "/docs"+path).Body.String()
		for _, foreign := range []string{"//cdn", "http:", "https:", "style=", "<style", "onload", "javascript:"} {
			if strings.Contains(text, foreign) {
				t.Errorf("%s holds %s:\n%s", path, foreign, text)
			}
		}
	}
	for _, setting := range []string{"queryConfigEnabled: false", "persistAuthorization: false", "validatorUrl: null"} {
		if js := ask(h, "GET", "/docs/page.js").Body.String(); !strings.Contains(js, setting) {
			t.Errorf("page.js does not say %s:\n%s", setting, js)
		}
	}
}
