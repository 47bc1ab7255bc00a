package auth

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// A token whose key is read by somebody else, between the look at the keys from
// before and the one at the files, is as good as any.
func TestReloadWhileVerifying(t *testing.T) {
	name := file(t, publicPEM(t, newSigner(t, "ES256")))
	f := keyed(t, Config{PublicKeyFile: name}).policy.trusts[0].keys.(*fileSet)
	_, seen, err := f.candidates(context.Background(), &header{alg: "ES256"})
	if err != nil {
		t.Fatal(err)
	}
	replace(t, name, publicPEM(t, newSigner(t, "ES256")))
	for who := range 2 {
		if others, err := f.reread(context.Background(), &header{}, seen); !others || err != nil {
			t.Errorf("caller %d: got %v %v", who, others, err)
		}
	}
}

// rewrite changes what is in a file, and nothing that tells of it.
func rewrite(t *testing.T, name, text string, at time.Time) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text+strings.Repeat("\n", 1000-len(text))), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}

// Tokens that nobody signed do not have files read, which takes longer than to refuse
// a token: neither one that is broken, nor one whose time is in the future.
func TestFilesAreNotReadForEveryToken(t *testing.T) {
	next, base := newSigner(t, "ES256"), time.Unix(now, 0)
	token := signFor(t, next, "ES256", headOf("ES256"), claimsText())
	for _, test := range []struct {
		name string
		text string        // of the file
		at   time.Duration // when it was written, from what the clock shows
		want Code          // when it is another file already, and nothing tells of that
	}{
		{"a broken one", "-----BEGIN broken", -time.Hour, CodeSignature},
		{"of the future", publicPEM(t, newSigner(t, "ES256")), time.Hour, CodeSignature},
		{"just changed", publicPEM(t, newSigner(t, "ES256")), -time.Second, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := file(t, "")
			rewrite(t, name, publicPEM(t, newSigner(t, "ES256")), base.Add(-2*time.Hour))
			v := keyed(t, Config{PublicKeyFile: name})
			v.policy.trusts[0].keys.(*fileSet).now = clock
			rewrite(t, name, test.text, base.Add(test.at))
			wantCode(t, v, token, CodeSignature)
			rewrite(t, name, publicPEM(t, next), base.Add(test.at))
			wantCode(t, v, token, test.want)
			rewrite(t, name, publicPEM(t, next), base.Add(test.at-time.Minute))
			wantCode(t, v, token, 0)
		})
	}
}

// A clock that is set back does not keep files from being looked at.
func TestClockSetBack(t *testing.T) {
	old := newSigner(t, "ES256")
	name := file(t, publicPEM(t, old))
	v := keyed(t, Config{PublicKeyFile: name})
	token := signFor(t, old, "ES256", headOf("ES256"), claimsText())
	wantCode(t, v, token, 0)
	replace(t, name, publicPEM(t, newSigner(t, "ES256")))
	later(v, -time.Hour)
	wantCode(t, v, token, CodeSignature)
}

// Keys that have no ids, or tokens that name none, do not hide that the issuer has
// new ones.
func TestRotationWithoutIDs(t *testing.T) {
	for _, member := range []string{`"kid":"x"`, `"typ":"JWT"`} {
		old, next := newSigner(t, "ES256"), newSigner(t, "ES256")
		var published atomic.Pointer[jwks.Set]
		publish := func(text string) {
			set, err := jwks.ParsePublic([]byte(text), jwks.Options{})
			if err != nil {
				t.Fatal(err)
			}
			published.Store(set)
		}
		publish(publicPEM(t, old))
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			text, _ := published.Load().MarshalJSON()
			if member == `"kid":"x"` { // as publishers do that know no ids
				text = []byte(strings.ReplaceAll(string(text), `"kid"`, `"no"`))
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(text)
		}))
		t.Cleanup(server.Close)
		v := keyed(t, Config{Issuer: "a", JWKSURL: server.URL, Issuers: []Trusted{{Issuer: "b", AccessSecret: secret}}})
		sign := func(of string) string {
			if of == "old" {
				return signFor(t, old, "ES256", headOf("ES256", member), claimsText(`"iss":"a"`))
			}
			return signFor(t, next, "ES256", headOf("ES256", member), claimsText(`"iss":"a"`))
		}
		wantCode(t, v, sign("old"), 0)
		publish(publicPEM(t, next))
		wantCode(t, v, sign("next"), 0)
		wantCode(t, v, sign("old"), CodeSignature)
	}
}

// lateSet gets its keys while a token is on its way.
type lateSet struct {
	fakeSet
	known bool
}

func (s *lateSet) knows(*header) bool {
	known := s.known
	s.known = true
	return known
}

// An issuer is asked even when its keys arrive between two looks at whether they are
// there.
func TestKeysArriveWhileVerifying(t *testing.T) {
	k := newSigner(t, "ES256")
	late := &lateSet{fakeSet: fakeSet{algs: []string{"ES256"}, keys: []key{keyOf(t, k, "ES256")}}}
	p := newPolicy(Config{}.withDefaults(), []trust{{issuer: "a", keys: late, public: true}, {issuer: "b", keys: newSecretSet("HS256", secret)}})
	v := newVerifier[session](p, settingsOf([]Option{WithClock(clock)}), "Bearer")
	wantCode(t, v, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"a"`)), 0)
}

// stalledSet answers when the other set has, or when the time of the test is over.
type stalledSet struct {
	fakeSet
	other chan struct{}
	late  chan struct{}
}

func (s *stalledSet) candidates(ctx context.Context, h *header) ([]key, *jwks.Set, error) {
	select {
	case <-s.other:
	case <-ctx.Done():
		close(s.late)
	}
	return nil, nil, errTime
}

type answeringSet struct {
	fakeSet
	answered chan struct{}
}

func (s *answeringSet) candidates(ctx context.Context, h *header) ([]key, *jwks.Set, error) {
	close(s.answered)
	return s.fakeSet.candidates(ctx, h)
}

// At the start no keys are there yet; an issuer that does not answer then does not
// keep the tokens of another waiting.
func TestStalledIssuerIsNotWaitedFor(t *testing.T) {
	k := newSigner(t, "ES256")
	answering := &answeringSet{fakeSet{algs: []string{"ES256"}, keys: []key{keyOf(t, k, "ES256")}, slow: true}, make(chan struct{})}
	stalled := &stalledSet{fakeSet{algs: []string{"ES256"}, slow: true}, answering.answered, make(chan struct{})}
	p := newPolicy(Config{}.withDefaults(), []trust{{issuer: "a", keys: stalled, public: true}, {issuer: "b", keys: answering, public: true}})
	v := newVerifier[session](p, settingsOf([]Option{WithClock(clock)}), "Bearer")
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	_, err := v.Verify(ctx, signFor(t, k, "ES256", headOf("ES256"), claimsText(`"iss":"b"`)))
	if err != nil {
		t.Error(err)
	}
	select {
	case <-stalled.late:
		t.Error("the other issuer was asked after the one that stalls")
	default:
	}
}

// A key that takes over under the kid of the one before it does not end the tokens of
// that one, whose public half is still there; and somebody is told that others are not
// so patient.
func TestKeyTakesOverAKeyID(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	for _, alg := range []string{"ES256", "EdDSA"} {
		log.Reset()
		old, next := newSigner(t, "ES256"), newSigner(t, alg)
		c := Config{PrivateKeyFile: file(t, privatePEM(t, old)), PublicKeyFile: file(t, publicPEM(t, old)), KeyID: "main"}
		v, i := keyed(t, c), keyedIssuer(t, c)
		first := issue(t, i)
		wantCode(t, v, first, 0)
		if log.Len() > 0 {
			t.Errorf("logged %s", log.String())
		}
		replace(t, c.PrivateKeyFile, privatePEM(t, next))
		wantCode(t, v, issue(t, i), 0)
		wantCode(t, v, first, 0)
		if !strings.Contains(log.String(), "change KeyID with the key") || !strings.Contains(log.String(), "kid=main") {
			t.Errorf("logged %s", log.String())
		}
	}
}
