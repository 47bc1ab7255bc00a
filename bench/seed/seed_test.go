package seed

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth"
)

const (
	secret    = "a secret of the benchmarks, 32 bytes and more"
	loginBody = `{"username":"alice","password":"wonderland and more"}`
	infoBody  = `{"id":"u1"}`
)

type contender struct {
	name string
	h    http.Handler
}

func contenders(tb testing.TB) []contender {
	h, err := NewHandler(config(), Handlers{Public: new(Public), Account: new(Account)})
	if err != nil {
		tb.Fatal(err)
	}
	return []contender{{"apigen", h}, {"byhand", byHand(secret)}}
}

func config() Config { return Config{Auth: auth.Config{AccessSecret: secret, AccessExpire: 3600}} }

func token(tb testing.TB) string {
	issuer, err := NewAuthIssuer(config())
	if err != nil {
		tb.Fatal(err)
	}
	s := &Session{UserID: "12345678-abcd", Name: "Alice in Wonderland"}
	s.Subject = "12345678-abcd"
	tok, _, err := issuer.Access(tb.Context(), s)
	if err != nil {
		tb.Fatal(err)
	}
	return tok
}

// TestSameAnswers holds the two to the same behaviour before anything is timed.
func TestSameAnswers(t *testing.T) {
	tok := token(t)
	for _, c := range []struct {
		name, path, body, auth string
		status                 int
	}{
		{"login", "/user/login", loginBody, "", 200},
		{"login refused", "/user/login", `{"username":"alice","password":"wrong password"}`, "", 401},
		{"login too short", "/user/login", `{"username":"al","password":"wonderland"}`, "", 422},
		{"login broken", "/user/login", `{"username":`, "", 400},
		{"login twice", "/user/login", loginBody + `{}`, "", 400},
		{"info", "/user/info", infoBody, "Bearer " + tok, 200},
		{"info open", "/user/info", infoBody, "", 401},
		{"info forged", "/user/info", infoBody, "Bearer " + tok[:len(tok)-3] + "AAA", 401},
		{"nowhere", "/user/nowhere", infoBody, "", 404},
	} {
		var first any
		for i, who := range contenders(t) {
			r := httptest.NewRequest(http.MethodPost, c.path, bytes.NewReader([]byte(c.body)))
			r.Header.Set("Content-Type", "application/json")
			if c.auth != "" {
				r.Header.Set("Authorization", c.auth)
			}
			w := httptest.NewRecorder()
			who.h.ServeHTTP(w, r)
			if w.Code != c.status {
				t.Errorf("%s: %s answers %d, want %d", c.name, who.name, w.Code, c.status)
			}
			var got any
			if w.Code == http.StatusOK {
				if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
					t.Errorf("%s: %s: %v", c.name, who.name, err)
				}
			}
			if i == 0 {
				first = got
			} else if !reflect.DeepEqual(first, got) {
				t.Errorf("%s: %s answers %v, the first %v", c.name, who.name, got, first)
			}
		}
	}
}

// sink is a ResponseWriter that costs nothing.
type sink struct {
	h      http.Header
	status int
}

func (s *sink) Header() http.Header         { return s.h }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) WriteHeader(status int)      { s.status = status }

type body struct{ *bytes.Reader }

func (body) Close() error { return nil }

// BenchmarkSeed compares in one run; the budget is in ratios: login at most
// 0.35 of byhand, info at most 0.25.
func BenchmarkSeed(b *testing.B) {
	tok := token(b)
	for _, route := range []struct{ name, path, body, auth string }{
		{"login", "/user/login", loginBody, ""},
		{"info", "/user/info", infoBody, "Bearer " + tok},
	} {
		var perOp [2]time.Duration
		for i, who := range contenders(b) {
			b.Run(route.name+"/"+who.name, func(b *testing.B) {
				r := httptest.NewRequest(http.MethodPost, route.path, nil)
				r.Header.Set("Content-Type", "application/json")
				if route.auth != "" {
					r.Header.Set("Authorization", route.auth)
				}
				rd := bytes.NewReader([]byte(route.body))
				r.ContentLength = int64(len(route.body))
				r.Body = body{rd}
				w := &sink{h: http.Header{}}
				b.ReportAllocs()
				for b.Loop() {
					_, _ = rd.Seek(0, io.SeekStart)
					clear(w.h)
					w.status = 0
					who.h.ServeHTTP(w, r)
				}
				if w.status != 0 && w.status != http.StatusOK {
					b.Fatalf("status %d", w.status)
				}
				perOp[i] = b.Elapsed() / time.Duration(b.N)
				if i == 1 && perOp[0] > 0 {
					b.ReportMetric(float64(perOp[0])/float64(perOp[1]), "apigen/byhand")
				}
			})
		}
	}
}
