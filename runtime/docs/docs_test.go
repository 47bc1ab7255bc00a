package docs_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/docs"
)

const (
	yamlDocument = "openapi: \"3.1.1\"\ninfo: {title: Notes, version: \"1\"}\npaths: {}\n"
	jsonDocument = "{\"openapi\": \"3.0.3\",\n\t\"info\": {\"title\": \"Notes\", \"version\": \"1\"}, \"paths\": {}}"
)

// mount returns what Handler makes of a document, behind the prefix /docs.
func mount(t *testing.T, document string, access docs.Access) http.Handler {
	t.Helper()
	h, err := docs.Handler([]byte(document), access)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/docs/", http.StripPrefix("/docs", h))
	return mux
}

// ask sends a request with the given header lines, by name and value.
func ask(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// parts are the paths below the prefix that are served for a YAML document, with
// their types.
var parts = map[string]string{
	"/":                     "text/html; charset=utf-8",
	"/page.js":              "text/javascript; charset=utf-8",
	"/page.css":             "text/css; charset=utf-8",
	"/swagger-ui-bundle.js": "text/javascript; charset=utf-8",
	"/swagger-ui.css":       "text/css; charset=utf-8",
	"/favicon-32x32.png":    "image/png",
	"/openapi.yaml":         "application/yaml",
}

func TestServes(t *testing.T) {
	h := mount(t, yamlDocument, docs.Public())
	for path, mediaType := range parts {
		plain, packed := ask(h, "GET", "/docs"+path), ask(h, "GET", "/docs"+path, "Accept-Encoding", "br, gzip")
		for _, w := range []*httptest.ResponseRecorder{plain, packed} {
			if w.Code != 200 || w.Header().Get("Content-Type") != mediaType || w.Header().Get("Vary") != "Accept-Encoding" ||
				w.Header().Get("Cache-Control") != "no-cache" || w.Body.Len() == 0 {
				t.Errorf("%s: %d %v", path, w.Code, w.Header())
			}
		}
		if plain.Header().Get("Content-Encoding") != "" || packed.Header().Get("Content-Encoding") != "gzip" ||
			plain.Header().Get("ETag") == packed.Header().Get("ETag") {
			t.Errorf("%s: %v and %v", path, plain.Header(), packed.Header())
		}
		z, err := gzip.NewReader(packed.Body)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if text, err := io.ReadAll(z); err != nil || string(text) != plain.Body.String() {
			t.Errorf("%s: packed is another text: %v", path, err)
		}
	}
	if w := ask(h, "GET", "/docs"); w.Header().Get("Location") != "/docs/" {
		t.Errorf("/docs: %d %v", w.Code, w.Header())
	}
	if js := ask(h, "GET", "/docs/swagger-ui-bundle.js").Body.String(); !strings.Contains(js, "SwaggerUIBundle") {
		t.Error("the bundle is not Swagger UI")
	}
}

func TestDocumentAsGiven(t *testing.T) {
	for _, tt := range []struct{ document, name, other, mediaType string }{
		{yamlDocument, "openapi.yaml", "openapi.json", "application/yaml"},
		{"# a comment\n" + yamlDocument, "openapi.yaml", "openapi.json", "application/yaml"},
		{"{openapi: 3.1.1, info: {title: Notes}}", "openapi.yaml", "openapi.json", "application/yaml"},
		{jsonDocument, "openapi.json", "openapi.yaml", "application/json"},
	} {
		given := []byte(tt.document)
		h, err := docs.Handler(given, docs.Public())
		if err != nil {
			t.Fatal(err)
		}
		clear(given) // what the caller does with it later changes nothing
		w := ask(h, "GET", "/"+tt.name)
		if w.Code != 200 || w.Body.String() != tt.document || w.Header().Get("Content-Type") != tt.mediaType {
			t.Errorf("%s: %d %v %q", tt.name, w.Code, w.Header(), w.Body)
		}
		if w := ask(h, "GET", "/"+tt.other); w.Code != 404 {
			t.Errorf("%s: %d, want 404", tt.other, w.Code)
		}
		page := ask(h, "GET", "/").Body.String()
		if !strings.Contains(page, `data-document="`+tt.name+`"`) || !strings.Contains(page, "<title>Notes</title>") {
			t.Errorf("the page of %s:\n%s", tt.name, page)
		}
	}
}

func TestOtherMethodsAndPaths(t *testing.T) {
	h := mount(t, yamlDocument, docs.Public())
	for path := range parts {
		get, head := ask(h, "GET", "/docs"+path), ask(h, "HEAD", "/docs"+path)
		if head.Code != 200 || head.Body.Len() != 0 || head.Header().Get("ETag") != get.Header().Get("ETag") ||
			head.Header().Get("Content-Length") != get.Header().Get("Content-Length") {
			t.Errorf("HEAD %s: %d %v, %d bytes", path, head.Code, head.Header(), head.Body.Len())
		}
		for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "X"} {
			w := ask(h, method, "/docs"+path)
			if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" || w.Header().Get("Content-Type") != "application/problem+json" {
				t.Errorf("%s %s: %d %v", method, path, w.Code, w.Header())
			}
		}
	}
	for _, path := range []string{
		"/index.html", "/page/index.html", "/page.js/", "/swagger-ui.js", "/swagger-ui-bundle.js.gz", "/swagger-ui-bundle.js.map",
		"/swagger-ui-standalone-preset.js", "/oauth2-redirect.html", "/openapi.json", "/openapi.yaml.gz", "/Openapi.yaml", "/%2e%2e/go.mod",
	} {
		w := ask(h, "GET", "/docs"+path)
		if w.Code != 404 || w.Header().Get("Content-Type") != "application/problem+json" || w.Header().Get("Cache-Control") != "" {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
}

func TestConditions(t *testing.T) {
	h := mount(t, yamlDocument, docs.Public())
	for path := range parts {
		for _, accept := range []string{"gzip", "identity"} {
			tag := ask(h, "GET", "/docs"+path, "Accept-Encoding", accept).Header().Get("ETag")
			w := ask(h, "GET", "/docs"+path, "Accept-Encoding", accept, "If-None-Match", `"other", W/`+tag)
			if w.Code != 304 || w.Body.Len() != 0 || w.Header().Get("ETag") != tag || w.Header().Get("Cache-Control") == "" {
				t.Errorf("%s %s: %d %v", accept, path, w.Code, w.Header())
			}
			if w := ask(h, "GET", "/docs"+path, "Accept-Encoding", accept, "If-None-Match", `"other"`); w.Code != 200 {
				t.Errorf("%s %s: %d", accept, path, w.Code)
			}
		}
	}
	if w := ask(h, "GET", "/docs/openapi.yaml", "Range", "bytes=0-6"); w.Code != 206 || w.Body.String() != "openapi" {
		t.Errorf("a range: %d %q", w.Code, w.Body)
	}
	other := mount(t, yamlDocument+"# changed\n", docs.Public())
	if ask(h, "GET", "/docs/openapi.yaml").Header().Get("ETag") == ask(other, "GET", "/docs/openapi.yaml").Header().Get("ETag") {
		t.Error("a changed document has the same entity tag")
	}
}

func TestAcceptEncoding(t *testing.T) {
	h := mount(t, yamlDocument, docs.Public())
	for accept, packed := range map[string]bool{
		"gzip": true, "br, GZIP ; Q=0.5": true, "gzip;q=0.001": true, "gzip;x=1": true,
		"": false, "br": false, "gzip;q=0": false, "gzip; q=0.000": false, "gzip;q=x": false, "xgzip": false, "identity": false,
	} {
		w := ask(h, "GET", "/docs/", "Accept-Encoding", accept)
		if got := w.Header().Get("Content-Encoding") == "gzip"; w.Code != 200 || got != packed {
			t.Errorf("%q: %d, packed %t, want %t", accept, w.Code, got, packed)
		}
	}
	if w := ask(h, "GET", "/docs/", "Accept-Encoding", "br", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "gzip" {
		t.Error("the second line of Accept-Encoding is not read")
	}
}
