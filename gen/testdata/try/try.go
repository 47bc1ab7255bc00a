// Package try sends requests to a generated handler and compares the answers,
// byte for byte.
package try

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth"
)

// Secret is long enough for HS256, and Other is another one.
const (
	Secret = "0123456789abcdef0123456789abcdef"
	Other  = "fedcba9876543210fedcba9876543210"
)

// Config is the configuration of a scheme with Secret.
var Config = auth.Config{AccessSecret: Secret}

// Tokens takes what New<Scheme>Issuer returns and returns a function that
// issues a header with a token.
func Tokens[C any](i *auth.Issuer[C], err error) func(C) string {
	if err != nil {
		panic(err)
	}
	return func(c C) string {
		token, _, err := i.Access(context.Background(), &c)
		if err != nil {
			panic(err)
		}
		return "Authorization: Bearer " + token
	}
}

// Sign signs any header and payload with HMAC-SHA256.
func Sign(header, payload, secret string) string {
	enc := base64.RawURLEncoding
	text := enc.EncodeToString([]byte(header)) + "." + enc.EncodeToString([]byte(payload))
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return text + "." + enc.EncodeToString(mac.Sum(nil))
}

// HS256 is the header of a token as others issue it.
const HS256 = `{"alg":"HS256","typ":"JWT"}`

// Far is an exp that does not come, as a member.
const Far = `"exp":99999999999`

// Service is a handler under test.
type Service struct {
	t *testing.T
	h http.Handler
}

// Serve takes what NewHandler returns: try.Serve(t)(NewHandler(c, h)).
func Serve(t *testing.T) func(http.Handler, error) *Service {
	return func(h http.Handler, err error) *Service {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return &Service{t, h}
	}
}

// Get sends a GET without a body; headers are lines as "Name: value".
func (s *Service) Get(target string, headers ...string) *Answer {
	s.t.Helper()
	return s.Do("GET "+target, "", headers...)
}

// Do sends a request as "METHOD /path". A body is JSON unless the headers name
// another type.
func (s *Service) Do(line, body string, headers ...string) *Answer {
	s.t.Helper()
	method, target, _ := strings.Cut(line, " ")
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ": ")
		switch {
		case name == "Content-Type" && value == "":
			r.Header.Del(name)
		case name == "Content-Type":
			r.Header.Set(name, value)
		default:
			r.Header.Add(name, value)
		}
	}
	return s.Send(r)
}

// Send sends a request made elsewhere.
func (s *Service) Send(r *http.Request) *Answer {
	s.t.Helper()
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	return &Answer{t: s.t, what: r.Method + " " + r.URL.String(), w: w}
}

// Answer is what came back.
type Answer struct {
	t    *testing.T
	what string
	w    *httptest.ResponseRecorder
}

// Want compares the status and the body, which is JSON unless it is empty.
func (a *Answer) Want(status int, body string) *Answer {
	a.t.Helper()
	mediaType := "application/json"
	if body == "" {
		mediaType = ""
	}
	return a.want(status, mediaType, body)
}

// Text is Want for a body of another type.
func (a *Answer) Text(status int, mediaType, body string) *Answer {
	a.t.Helper()
	return a.want(status, mediaType, body)
}

// Problem wants a problem document. Its code and detail may be empty; errors
// are written as "in name code: detail", where name is a pointer in the body
// and the name of the parameter elsewhere.
func (a *Answer) Problem(status int, code, detail string, errs ...string) *Answer {
	a.t.Helper()
	b := []byte(`{"type":"about:blank","title":` + quote(http.StatusText(status)) + `,"status":` + quote(status))
	if code != "" {
		b = append(b, `,"code":`+quote(code)...)
	}
	if detail != "" {
		b = append(b, `,"detail":`+quote(detail)...)
	}
	for i, e := range errs {
		sep := ","
		if i == 0 {
			sep = `,"errors":[`
		}
		b = append(b, sep+fieldError(e)...)
	}
	if len(errs) > 0 {
		b = append(b, ']')
	}
	return a.want(status, "application/problem+json", string(b)+"}")
}

// Invalid wants the 422 for the given errors.
func (a *Answer) Invalid(errs ...string) *Answer {
	a.t.Helper()
	return a.Problem(422, "", "", errs...)
}

func fieldError(line string) string {
	head, detail, _ := strings.Cut(line, ": ")
	words := strings.Split(head, " ")
	in, name, code := words[0], strings.Join(words[1:len(words)-1], " "), words[len(words)-1]
	kind := "parameter"
	if in == "body" {
		kind = "pointer"
	}
	return `{` + quote(kind) + `:` + quote(name) + `,"in":` + quote(in) + `,"code":` + quote(code) + `,"detail":` + quote(detail) + `}`
}

func quote(v any) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func (a *Answer) want(status int, mediaType, body string) *Answer {
	a.t.Helper()
	if a.w.Code != status {
		a.t.Errorf("%s: status %d, want %d; body %s", a.what, a.w.Code, status, a.w.Body)
		return a
	}
	if got := a.w.Body.String(); got != body {
		a.t.Errorf("%s: body\n got %s\nwant %s\nfrom %.60s", a.what, got, body, got[common(got, body):])
	}
	if got := a.w.Header().Get("Content-Type"); got != mediaType {
		a.t.Errorf("%s: Content-Type %q, want %q", a.what, got, mediaType)
	}
	return a
}

// common counts the bytes that a and b begin with alike.
func common(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// Header compares all values of a header, joined by " | ".
func (a *Answer) Header(name, want string) *Answer {
	a.t.Helper()
	if got := strings.Join(a.w.Header().Values(name), " | "); got != want {
		a.t.Errorf("%s: %s: %q, want %q", a.what, name, got, want)
	}
	return a
}

// Body returns the body.
func (a *Answer) Body() string { return a.w.Body.String() }

// Log keeps what a logger is told.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Logger returns a logger that writes to l, a line a record, from level Warn.
func (l *Log) Logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// Take returns the records since the last time.
func (l *Log) Take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := strings.TrimSuffix(l.b.String(), "\n")
	l.b.Reset()
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
