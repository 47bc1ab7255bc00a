package verify

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth"
)

// TestSameVerdicts holds all to the same behaviour before anything is timed.
func TestSameVerdicts(t *testing.T) {
	token := issue(t, config())
	if f := newFloor(); !f.verify(token) || f.verify(forge(token)) {
		t.Error("the floor does not tell a good signature from a bad one")
	}
	for _, v := range verifications(t) {
		if err := v.verify(token); err != nil {
			t.Errorf("%s refuses a good token: %v", v.name, err)
		}
		if v.verify(forge(token)) == nil {
			t.Errorf("%s accepts a forged token", v.name)
		}
	}
	for i, s := range servers(t) {
		for credentials, want := range map[string]int{"Bearer " + token: 204, "Bearer " + forge(token): 401, "": 401} {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, request(credentials))
			// Some say 400 to a request without a token.
			if w.Code != want && (i == 0 || credentials != "" || w.Code != http.StatusBadRequest) {
				t.Errorf("%s answers %d, want %d (a token: %v)", s.name, w.Code, want, credentials != "")
			}
		}
	}
}

func request(credentials string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if credentials != "" {
		r.Header.Set("Authorization", credentials)
	}
	return r
}

// probe is a claim that counts how often it is read.
type probe struct{}

var probed atomic.Int64

func (*probe) UnmarshalJSON([]byte) error {
	probed.Add(1)
	return nil
}

// Nobody has claims decoded with a token that is forged: neither those that could
// be read, nor those that are no JSON at all.
func TestForgedIsNotDecoded(t *testing.T) {
	type claims struct {
		auth.Claims
		Name probe `json:"name"`
	}
	v, err := auth.NewVerifier[claims](config())
	if err != nil {
		t.Fatal(err)
	}
	probed.Store(0)
	token := issue(t, config())
	if _, err := v.Verify(t.Context(), token); err != nil || probed.Load() == 0 {
		t.Fatalf("a good token: %v, and its claim is read %d times", err, probed.Load())
	}
	probed.Store(0)
	for name, forged := range map[string]string{
		"claims":  forge(token),
		"no JSON": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.bm8gSlNPTg.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	} {
		_, err := v.Verify(t.Context(), forged)
		e, ok := errors.AsType[*auth.Error](err)
		if !ok || e.Code != auth.CodeSignature || probed.Load() != 0 {
			t.Errorf("%s: got %v and %d claims read, want the signature refused before that", name, err, probed.Load())
		}
	}
}

// A token of a mebibyte is refused without memory of its size.
func TestHugeIsCheap(t *testing.T) {
	v, ctx := verifierOf(t, config()), context.Background()
	s := oursServer(t)
	for name, token := range huge() {
		got := bytesPerRun(func() {
			if _, err := v.Verify(ctx, token); err == nil {
				t.Error("accepted")
			}
		})
		if t.Logf("%s: %d bytes", name, got); got >= 1<<10 {
			t.Errorf("%s: %d bytes are allocated to refuse it, want less than 1 KiB", name, got)
		}
		r := request("Bearer " + token)
		got = bytesPerRun(func() {
			w := &sink{h: http.Header{}}
			if s.ServeHTTP(w, r); w.status != http.StatusUnauthorized {
				t.Errorf("%s: answered %d", name, w.status)
			}
		})
		if t.Logf("%s: %d bytes with the answer", name, got); got >= 16<<10 {
			t.Errorf("%s: %d bytes are allocated to answer it, want less than 16 KiB", name, got)
		}
	}
}

// bytesPerRun returns how much f allocates, pools filled.
func bytesPerRun(f func()) uint64 {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	f()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	const runs = 100
	for range runs {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / runs
}

// sink is a ResponseWriter that costs nothing.
type sink struct {
	h      http.Header
	status int
}

func (s *sink) Header() http.Header         { return s.h }
func (s *sink) Write(b []byte) (int, error) { return len(b), nil }
func (s *sink) WriteHeader(status int)      { s.status = status }
