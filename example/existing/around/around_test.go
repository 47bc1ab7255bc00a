package around_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/around"
	"github.com/apigen-go/apigen/runtime"
	"github.com/apigen-go/apigen/runtime/auth"
)

// store keeps nothing, and notes the id of the request.
type store struct{ requestID string }

func (s *store) Put(ctx context.Context, n api.Note) error {
	s.requestID = runtime.RequestIDFrom(ctx)
	if n.Text == "panic" {
		panic("broken")
	}
	return nil
}

func (s *store) Get(context.Context, int64, string) (api.Note, error) {
	return api.Note{}, api.ErrNoNote
}

func (s *store) Lines(context.Context, int64, string, func(string) error) error { return nil }

// Each of them does its part, and knows the route although others stand between.
func TestAround(t *testing.T) {
	var log bytes.Buffer
	registry := prometheus.NewRegistry()
	c := api.Config{Auth: auth.Config{AccessSecret: strings.Repeat("0123456789abcdef", 4)}}
	kept := &store{}
	h, err := around.New(c, api.Handlers{Public: &api.Public{Version: "1"}, Notes: &api.Notes{Store: kept}}, registry, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	tokens, err := api.NewAuthIssuer(c)
	if err != nil {
		t.Fatal(err)
	}
	token, _, err := tokens.Access(t.Context(), &api.Session{UserID: 1})
	if err != nil {
		t.Fatal(err)
	}
	put := func(text string) *http.Response {
		var body bytes.Buffer
		z := gzip.NewWriter(&body)
		_, _ = io.WriteString(z, `{"text":"`+text+`"}`)
		_ = z.Close()
		r := httptest.NewRequest("PUT", "/api/notes/1", &body)
		r.RemoteAddr = "10.1.2.3:4"
		r.Header.Set("X-Forwarded-For", "198.51.100.7")
		r.Header.Set("X-Request-Id", "id-1")
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Content-Encoding", "gzip")
		r.Header.Set("Authorization", "Bearer "+token)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Result()
	}
	if resp := put("text"); resp.StatusCode != http.StatusOK || resp.Header.Get("X-Request-Id") != "id-1" || kept.requestID != "id-1" {
		t.Errorf("got %d, id %q, in the handler %q", resp.StatusCode, resp.Header.Get("X-Request-Id"), kept.requestID)
	}
	if resp := put("panic"); resp.StatusCode != http.StatusInternalServerError {
		t.Errorf("after a panic: %d", resp.StatusCode)
	}
	for _, want := range []string{
		`msg=request method=PUT pattern="PUT /api/notes/{id}" client=198.51.100.7 request_id=id-1 status=200`,
		`pattern="PUT /api/notes/{id}" client=198.51.100.7 request_id=id-1 status=500`,
		"panic=broken",
	} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("%q is not in\n%s", want, &log)
		}
	}
	if strings.Contains(log.String(), token) {
		t.Error("the token is logged")
	}
	w := httptest.NewRecorder()
	promhttp.HandlerFor(registry, promhttp.HandlerOpts{}).ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	if want := `http_server_request_duration_seconds_count{code="200",method="put",route="/api/notes/{id}"} 1`; !strings.Contains(w.Body.String(), want) {
		t.Errorf("%s is not in\n%s", want, w.Body)
	}
}
