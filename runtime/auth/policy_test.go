package auth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// fakeSet stands for sets whose keys have ids, differ in algorithm, or come from
// elsewhere.
type fakeSet struct {
	algs  []string
	keys  []key
	err   error
	asked int
	slow  bool // has to ask somebody
}

func (s *fakeSet) algorithms() []string { return s.algs }

func (s *fakeSet) candidates(context.Context, *header) ([]key, *jwks.Set, error) {
	s.asked++
	return s.keys, nil, s.err
}

func (s *fakeSet) knows(*header) bool { return !s.slow }

func (s *fakeSet) reread(context.Context, *header, *jwks.Set) (bool, error) { return false, nil }

// anyKey verifies everything.
type anyKey string

func (k anyKey) algorithm() string          { return string(k) }
func (k anyKey) verify([]byte, []byte) bool { return true }

func verifierWith(keys keySet) *Verifier[session] {
	c := Config{}.withDefaults()
	return newVerifier[session](newPolicy(c, []trust{{keys: keys}}), settingsOf([]Option{WithClock(clock)}), "Bearer")
}

// Each key has one algorithm; that the set knows the one a token names is not enough.
func TestKeyAlgorithm(t *testing.T) {
	head := func(alg string) string { return `{"alg":"` + alg + `","typ":"JWT"}` }
	set := &fakeSet{algs: []string{"HS256", "ES256"}, keys: []key{anyKey("ES256")}}
	v := verifierWith(set)
	wantCode(t, v, mint(head("ES256"), claimsText()), 0)
	wantCode(t, v, mint(head("HS256"), claimsText()), CodeSignature)

	set.asked = 0
	for _, alg := range []string{"none", "RS256", "es256", ""} {
		wantCode(t, v, mint(head(alg), claimsText()), CodeAlgorithm)
	}
	if set.asked != 0 {
		t.Error("keys are looked up for an algorithm that no key has")
	}
}

func TestKeysUnavailable(t *testing.T) {
	down := errors.New("no route to host")
	v := verifierWith(&fakeSet{algs: []string{"HS256"}, keys: []key{anyKey("HS256")}, err: down})
	token := mint(plainHead, claimsText())
	wantCode(t, v, token, CodeUnavailable)
	_, err := v.Verify(context.Background(), token)
	if !errors.Is(err, down) {
		t.Errorf("%v does not lead to its cause", err)
	}
	x := requestWith("Authorization", "Bearer "+token)
	v.Authenticate(x)
	wantAnswer(t, x, 503, "")
	if x.problem.Header.Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
}

func (m *headerMemo) size() int {
	if known := m.known.Load(); known != nil {
		return len(*known)
	}
	return 0
}

func TestHeaderMemo(t *testing.T) {
	v := verifierOf[session](t, Config{})
	memo := &v.policy.memo
	head := func(i int) string { return fmt.Sprintf(`{"alg":"HS256","typ":"JWT","kid":"%d"}`, i) }
	for i := range 100 {
		wantCode(t, v, signWith(previous, head(i), claimsText()), CodeSignature)
	}
	if memo.size() != 0 {
		t.Errorf("%d headers of tokens without a good signature are kept", memo.size())
	}
	for i := range 100 {
		wantCode(t, v, mint(head(i), claimsText()), 0)
	}
	if memo.size() != memoEntries {
		t.Errorf("%d headers are kept, want %d", memo.size(), memoEntries)
	}
	// What is remembered opens nothing by itself.
	wantCode(t, v, signWith(previous, head(0), claimsText()), CodeSignature)

	long := verifierOf[session](t, Config{})
	wantCode(t, long, mint(`{"alg":"HS256","typ":"JWT","x":"`+strings.Repeat("x", memoSegment)+`"}`, claimsText()), 0)
	if long.policy.memo.size() != 0 {
		t.Error("a large header is kept")
	}
}

func TestObserver(t *testing.T) {
	var events []Event
	v := verifierOf[session](t, Config{}, WithObserver(observer(func(e Event) { events = append(events, e) })))
	good, expired := mint(plainHead, claimsText()), mint(plainHead, `{"exp":1}`)
	_, _ = v.Verify(context.Background(), good)
	_, _ = v.Verify(context.Background(), expired)
	v.Authenticate(requestWith("Authorization", "Bearer "+good))
	v.Authenticate(requestWith("Authorization", "Bearer "+good), "admin")
	v.Authenticate(requestWith())
	v.AuthenticateOptional(requestWith())
	v.Authenticate(requestWith("Authorization", "Bearer "+mint(`{"alg":"secret-alg","typ":"JWT"}`, claimsText())))
	want := []Event{
		{Accepted, 0, "HS256", 0},
		{Refused, CodeExpired, "HS256", 0},
		{Accepted, 0, "HS256", 0},
		{Refused, CodeScope, "HS256", 0},
		{Refused, CodeMissing, "", 0},
		{Anonymous, 0, "", 0},
		{Refused, CodeAlgorithm, "", 0},
	}
	if len(events) != len(want) {
		t.Fatalf("%d events, want one for each of %d verifications", len(events), len(want))
	}
	for i, e := range events {
		if e.Latency <= 0 {
			t.Errorf("event %d has no latency", i)
		}
		e.Latency = 0
		if e != want[i] {
			t.Errorf("event %d is %v, want %v", i, e, want[i])
		}
	}
	for _, o := range []Outcome{Accepted, Anonymous, Refused, Unavailable} {
		if o.String() == "unknown" {
			t.Errorf("outcome %d has no name", o)
		}
	}
}

type observer func(Event)

func (f observer) Observe(_ context.Context, e Event) { f(e) }

// Verifiers and issuers are shared by all requests; the race detector looks on.
func TestConcurrentUse(t *testing.T) {
	v, i := verifierOf[session](t, Config{}), issuerOf[session](t, Config{})
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			for k := range 50 {
				token, _, err := i.Access(context.Background(), &session{Name: fmt.Sprint(n, k)})
				if err != nil {
					t.Error(err)
					return
				}
				c, err := v.Verify(context.Background(), token)
				if err != nil || c.Name != fmt.Sprint(n, k) {
					t.Errorf("got %v %v", c, err)
				}
				_, _ = v.Verify(context.Background(), mint(fmt.Sprintf(`{"alg":"HS256","typ":"JWT","kid":"%d"}`, k), claimsText()))
			}
		})
	}
	group.Wait()
}
