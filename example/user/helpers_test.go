package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"github.com/apigen-go/apigen/example/user/store"
)

// service is the service as it is shipped, with cheap password hashes.
type service struct {
	t   *testing.T
	url string
	log *syncBuffer
	c   settings
}

func newService(t *testing.T) *service {
	t.Helper()
	c, err := loadConfig("")
	if err != nil {
		t.Fatal(err)
	}
	users, err := store.Open(filepath.Join(t.TempDir(), "users.db"), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := users.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := addSeeds(users, c.Users); err != nil {
		t.Fatal(err)
	}
	log := &syncBuffer{}
	h, err := newHandler(c.Config, users, slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return &service{t: t, url: srv.URL, log: log, c: c}
}

// answer is a response read to its end.
type answer struct {
	*http.Response
	text string
}

// post sends body as JSON with the given Authorization headers.
func (s *service) post(path, body string, authorization ...string) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header["Authorization"] = authorization
	return s.do(req)
}

func (s *service) do(req *http.Request) answer {
	s.t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{resp, string(text)}
}

// loginAnswer is what clients of the tutorial read.
type loginAnswer struct {
	AccessToken  string `json:"accessToken"`
	AccessExpire int64  `json:"accessExpire"`
	RefreshAfter int64  `json:"refreshAfter"`
}

// login returns a token of alice's.
func (s *service) login() loginAnswer {
	s.t.Helper()
	resp := s.post("/user/login", `{"username":"alice","password":"wonderland"}`)
	var got loginAnswer
	s.is(resp, http.StatusOK, "application/json")
	s.decode(resp, &got)
	return got
}

// is checks a status and a media type.
func (s *service) is(got answer, status int, mediaType string) {
	s.t.Helper()
	if got.StatusCode != status || got.Header.Get("Content-Type") != mediaType {
		s.t.Fatalf("%d, %s, %s; want %d, %s", got.StatusCode, got.Header.Get("Content-Type"), got.text, status, mediaType)
	}
}

// decode reads a JSON answer that holds no other members than v.
func (s *service) decode(got answer, v any) {
	s.t.Helper()
	d := json.NewDecoder(strings.NewReader(got.text))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		s.t.Fatalf("%s: %v", got.text, err)
	}
}

// problem is an RFC 9457 document.
type problem struct {
	Type, Title, Code, Detail string
	Status                    int
	Errors                    []struct{ Pointer, In, Code, Detail string }
}

// isProblem checks that got is a problem document of this status.
func (s *service) isProblem(got answer, status int) problem {
	s.t.Helper()
	s.is(got, status, "application/problem+json")
	var p problem
	s.decode(got, &p)
	if p.Type != "about:blank" || p.Status != status || p.Title != http.StatusText(status) {
		s.t.Errorf("type, status and title do not fit %d: %s", status, got.text)
	}
	return p
}

// syncBuffer is a buffer for several goroutines.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
