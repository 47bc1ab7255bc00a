package main

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

// get asks as a browser does, without credentials.
func (s *service) get(path string) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.do(req)
}

func TestDocs(t *testing.T) {
	s := newService(t)
	page := s.get("/docs") // is redirected
	s.is(page, http.StatusOK, "text/html; charset=utf-8")
	if path := page.Request.URL.Path; path != "/docs/" || !strings.Contains(page.text, "<title>User API</title>") {
		t.Errorf("got %s with\n%s", path, page.text)
	}
	want, err := os.ReadFile("api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got := s.get("/docs/openapi.yaml")
	s.is(got, http.StatusOK, "application/yaml")
	if got.text != string(want) {
		t.Error("the document is another than the one in the folder of the API")
	}
}

// The service answers what it answered without documentation.
func TestDocsLeaveTheServiceAlone(t *testing.T) {
	s := newService(t)
	s.isProblem(s.get("/"), http.StatusNotFound)
	s.isProblem(s.get("/docs/nothing"), http.StatusNotFound)
	s.isProblem(s.post("/docs/", `{}`), http.StatusNotFound)
}
