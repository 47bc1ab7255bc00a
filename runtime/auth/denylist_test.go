package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// denylistOf returns a denylist whose clock shows what *at says.
func denylistOf(at *atomic.Int64, opts ...DenylistOption) *Denylist {
	at.Store(now)
	return NewDenylist(append([]DenylistOption{
		nil, DenylistClock(nil), DenylistClock(func() time.Time { return time.Unix(at.Load(), 0) }),
	}, opts...)...)
}

func wantRevoked(t *testing.T, d *Denylist, c *Claims, want bool) {
	t.Helper()
	if got, err := d.Revoked(context.Background(), c); err != nil || got != want {
		t.Errorf("%+v: got %v, %v, want %v", c, got, err, want)
	}
}

func TestDenylistIDs(t *testing.T) {
	const end = now + 600 + 300 // exp and the largest leeway
	var at atomic.Int64
	d := denylistOf(&at)
	c := &Claims{ID: "a", ExpiresAt: now + 600}
	wantRevoked(t, d, c, false)
	if err := d.Revoke(c); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		at   int64
		want bool
	}{{now, true}, {end - 1, true}, {end, false}, {end + 1, false}} {
		at.Store(step.at)
		wantRevoked(t, d, c, step.want)
	}
	at.Store(now)
	wantRevoked(t, d, &Claims{ID: "b"}, false)
	wantRevoked(t, d, &Claims{ID: ""}, false)
	wantRevoked(t, d, &Claims{Subject: "a"}, false)
}

func TestDenylistForever(t *testing.T) {
	var at atomic.Int64
	d := denylistOf(&at)
	for _, err := range []error{
		d.Revoke(&Claims{ID: "no exp"}),
		d.RevokeID("zero", time.Time{}),
		d.RevokeID("prolonged", time.Unix(now+1, 0)),
		d.RevokeID("prolonged", time.Time{}),
		d.RevokeSubject("alice", time.Unix(now, 0)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	at.Store(now + 1e9)
	for i := range 20 { // each of which takes out what has ended
		if err := d.RevokeID(fmt.Sprint(i), time.Unix(now+1, 0)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []*Claims{{ID: "no exp"}, {ID: "zero"}, {ID: "prolonged"}, {Subject: "alice"}} {
		wantRevoked(t, d, c, true)
	}
}

// Revoking once more never makes it shorter.
func TestDenylistTwice(t *testing.T) {
	var at atomic.Int64
	d := denylistOf(&at, DenylistLifetime(10*time.Second))
	c := &Claims{ID: "a"}
	for _, until := range []int64{now + 50, now + 100, now + 10} {
		if err := d.RevokeID("a", time.Unix(until, 0)); err != nil {
			t.Fatal(err)
		}
	}
	at.Store(now + 99)
	if err := d.RevokeID("other", time.Unix(now+200, 0)); err != nil {
		t.Fatal(err)
	}
	wantRevoked(t, d, c, true)
	at.Store(now + 100)
	wantRevoked(t, d, c, false)

	at.Store(now)
	for _, before := range []int64{now - 100, now, now - 50} {
		if err := d.RevokeSubject("alice", time.Unix(before, 0)); err != nil {
			t.Fatal(err)
		}
	}
	wantRevoked(t, d, &Claims{Subject: "alice", IssuedAt: now}, true)
	wantRevoked(t, d, &Claims{Subject: "alice", IssuedAt: now + 1}, false)
}

func TestDenylistSubjects(t *testing.T) {
	const cut, lifetime = now - 100, 900
	var at atomic.Int64
	d := denylistOf(&at, DenylistLifetime(lifetime*time.Second))
	if err := d.RevokeSubject("alice", time.Unix(cut, 999)); err != nil {
		t.Fatal(err)
	}
	for issued, want := range map[Time]bool{0: true, 1: true, cut - 1: true, cut: true, cut + 1: false, now: false} {
		wantRevoked(t, d, &Claims{Subject: "alice", IssuedAt: issued, ID: "x"}, want)
		wantRevoked(t, d, &Claims{Subject: "Alice", IssuedAt: issued, ID: "x"}, false)
		wantRevoked(t, d, &Claims{IssuedAt: issued, ID: "alice"}, false)
	}
	// A token issued until the revocation without an iat lives from now on.
	const end = now + lifetime + 300
	for second, want := range map[int64]bool{end - 1: true, end: false, end + 1: false} {
		at.Store(second)
		wantRevoked(t, d, &Claims{Subject: "alice", IssuedAt: cut}, want)
	}

	// A cut-off that lies ahead is kept for as long from there.
	at.Store(now)
	if err := d.RevokeSubject("bob", time.Unix(now+50, 0)); err != nil {
		t.Fatal(err)
	}
	at.Store(end + 49)
	wantRevoked(t, d, &Claims{Subject: "bob", IssuedAt: now + 50}, true)
	at.Store(end + 50)
	wantRevoked(t, d, &Claims{Subject: "bob", IssuedAt: now + 50}, false)
}

// Part of a second counts as a whole one, and so does no time at all as no end.
func TestDenylistLifetime(t *testing.T) {
	for lifetime, want := range map[time.Duration]int64{
		-time.Second: 0, 0: 0, time.Nanosecond: 1, time.Second: 1, time.Second + 1: 2,
	} {
		if got := NewDenylist(DenylistLifetime(lifetime)).lifetime; got != want {
			t.Errorf("%v: got %d seconds, want %d", lifetime, got, want)
		}
	}
}

func TestDenylistRefuses(t *testing.T) {
	d := NewDenylist()
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"nil":     {d.Revoke(nil), "got nil"},
		"no jti":  {d.Revoke(&Claims{Subject: "alice"}), "RevokeSubject"},
		"no id":   {d.RevokeID("", time.Time{}), "RevokeSubject"},
		"subject": {d.RevokeSubject("", time.Now()), "expected the sub"},
	} {
		if test.err == nil || !strings.Contains(test.err.Error(), test.want) {
			t.Errorf("%s: %v", name, test.err)
		}
	}
	if d.Len() != 0 {
		t.Errorf("%d entries", d.Len())
	}
}

// What has ended goes, a little with each revocation.
func TestDenylistShrinks(t *testing.T) {
	const many = 1000
	var at atomic.Int64
	d := denylistOf(&at, DenylistLifetime(time.Second))
	for i := range many {
		if err := errors.Join(d.RevokeID(fmt.Sprint(i), time.Unix(now+10, 0)), d.RevokeSubject(fmt.Sprint(i), clock())); err != nil {
			t.Fatal(err)
		}
	}
	if d.Len() != 2*many || len(d.ends) != 2*many {
		t.Fatalf("%d entries, %d ends", d.Len(), len(d.ends))
	}
	at.Store(now + 1000)
	before := d.Len()
	if err := d.RevokeID("next", time.Unix(now+2000, 0)); err != nil {
		t.Fatal(err)
	}
	if got := before + 1 - d.Len(); got != dropped {
		t.Errorf("one call dropped %d entries, want %d", got, dropped)
	}
	for range 2 * many / dropped {
		if err := d.RevokeID("next", time.Unix(now+2000, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if d.Len() != 1 || len(d.ends) != 1 {
		t.Errorf("%d entries, %d ends, want 1", d.Len(), len(d.ends))
	}
}

func TestDenylistConcurrent(t *testing.T) {
	var at atomic.Int64
	d := denylistOf(&at, DenylistLifetime(time.Second))
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 300 {
				id := fmt.Sprintf("%d-%d", w, i)
				// Longer than all of them together move the clock.
				c := &Claims{ID: id, Subject: id, ExpiresAt: Time(at.Load() + 10_000)}
				if err := errors.Join(d.Revoke(c), d.RevokeSubject(id, time.Unix(at.Load(), 0))); err != nil {
					t.Error(err)
				}
				if revoked, err := d.Revoked(context.Background(), c); err != nil || !revoked {
					t.Errorf("%s: got %v, %v", id, revoked, err)
				}
				if _, err := d.Revoked(context.Background(), &Claims{ID: "1-1", Subject: "1-1"}); err != nil {
					t.Error(err)
				}
				d.Len()
				at.Add(1)
			}
		})
	}
	wg.Wait()
}

// The whole way: issued, accepted, revoked, refused, and a newer token accepted.
func TestDenylistEndToEnd(t *testing.T) {
	var at atomic.Int64
	d := denylistOf(&at, DenylistLifetime(900*time.Second))
	ticking := WithClock(func() time.Time { return time.Unix(at.Load(), 0) })
	v := verifierOf[session](t, Config{}, ticking, WithRevoker(d))
	tokens := issuerOf[session](t, Config{}, ticking)
	issue := func() string {
		token, _, err := tokens.Access(t.Context(), &session{Claims: Claims{Subject: "alice"}})
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	h := v.Middleware()(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	want := func(token string, status int, code Code) {
		t.Helper()
		c, err := v.Verify(t.Context(), token)
		if got := codeOf(t, err); got != code {
			t.Errorf("got %v %v, want %v", c, got, code)
		}
		r, w := httptest.NewRequest("GET", "/", nil), httptest.NewRecorder()
		r.Header.Set("Authorization", "Bearer "+token)
		h.ServeHTTP(w, r)
		if w.Code != status {
			t.Errorf("got %d, want %d", w.Code, status)
		}
		challenge := w.Header().Get("WWW-Authenticate")
		if code == CodeRevoked && challenge != challengeWith("invalid_token", "the token has been revoked") {
			t.Errorf("challenge is %s", challenge)
		}
	}

	one, two := issue(), issue()
	want(one, 200, 0)
	c, err := v.Verify(t.Context(), one)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Revoke(&c.Claims); err != nil {
		t.Fatal(err)
	}
	want(one, 401, CodeRevoked)
	want(two, 200, 0)
	if err := d.RevokeSubject("alice", time.Unix(at.Load(), 0)); err != nil {
		t.Fatal(err)
	}
	want(two, 401, CodeRevoked)
	want(issue(), 401, CodeRevoked) // of the same second
	at.Add(1)
	want(issue(), 200, 0)
	want(two, 401, CodeRevoked)
	at.Add(930) // expiry and leeway
	want(two, 401, CodeExpired)
}

// A read is cheap, whether the token is known or not.
func TestDenylistReadAllocates(t *testing.T) {
	d := NewDenylist()
	c := &Claims{ID: "a", Subject: "alice", IssuedAt: now}
	ask := func() { _, _ = d.Revoked(context.Background(), c) }
	if n := testing.AllocsPerRun(100, ask); n != 0 {
		t.Errorf("%v allocations of an unknown token", n)
	}
	if err := d.Revoke(c); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, ask); n != 0 {
		t.Errorf("%v allocations of a revoked token", n)
	}
}

func BenchmarkDenylist(b *testing.B) {
	d := NewDenylist(DenylistLifetime(time.Hour))
	for i := range 100_000 {
		id := fmt.Sprintf("%026d", i)
		if err := errors.Join(d.RevokeID(id, time.Now().Add(time.Hour)), d.RevokeSubject(id, time.Unix(now, 0))); err != nil {
			b.Fatal(err)
		}
	}
	for name, c := range map[string]*Claims{
		"unknown": {ID: "x", Subject: "x"},
		"revoked": {ID: fmt.Sprintf("%026d", 7)},
		"newer":   {ID: "x", Subject: fmt.Sprintf("%026d", 7), IssuedAt: now + 1},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				_, _ = d.Revoked(context.Background(), c)
			}
		})
		b.Run(name+"/parallel", func(b *testing.B) {
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					_, _ = d.Revoked(context.Background(), c)
				}
			})
		})
	}
	b.Run("revoke", func(b *testing.B) {
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			i++
			_ = d.RevokeID(fmt.Sprint(i), time.Now().Add(time.Minute))
		}
	})
}
