package jwks

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestClientFetchesOnce(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a", "b"))), newHandClock()
	c := p.client(t, k)
	if n := p.count(); n != 0 {
		t.Fatalf("%d requests before anybody asked", n)
	}
	first := mustSet(t, c, "")
	hasIDs(t, first, "a", "b")
	for _, id := range []string{"", "a", "b"} {
		if mustSet(t, c, id) != first {
			t.Error("the set is another one")
		}
	}
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// gate holds an answer back until it is opened.
func gate(answer http.HandlerFunc) (held http.HandlerFunc, open func()) {
	opened := make(chan struct{})
	return func(w http.ResponseWriter, r *http.Request) {
		<-opened
		answer(w, r)
	}, sync.OnceFunc(func() { close(opened) })
}

func TestConcurrentCallersShareAFetch(t *testing.T) {
	held, open := gate(publishes(t, edKeys(t, "a")))
	p := newPublisher(t, held)
	t.Cleanup(open)
	c := p.client(t, newHandClock())
	var wg sync.WaitGroup
	for i := range 100 {
		wg.Go(func() {
			id := []string{"", "a"}[i%2]
			s, err := c.Set(context.Background(), id)
			if err != nil || !s.Has("a") {
				t.Errorf("got %v", err)
			}
		})
	}
	eventually(t, "a request", func() bool { return p.requests.Load() > 0 })
	open()
	wg.Wait()
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// One hundred callers and keys that have run out: one fetch.
func TestConcurrentRenewal(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "")
	k.add(defaultLifetime)
	p.count()
	p.now(publishes(t, edKeys(t, "b")))
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() { hasIDs(t, mustSet(t, c, ""), "b") })
	}
	wg.Wait()
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// A caller that leaves gets its own error at once; the fetch goes on for others.
func TestCallerLeaves(t *testing.T) {
	held, open := gate(publishes(t, edKeys(t, "a")))
	p := newPublisher(t, held)
	t.Cleanup(open)
	c := p.client(t, newHandClock())
	ctx, leave := context.WithCancel(context.Background())
	left := make(chan error)
	go func() {
		_, err := c.Set(ctx, "")
		left <- err
	}()
	eventually(t, "a request", func() bool { return p.requests.Load() == 1 })
	stayed := make(chan error)
	go func() {
		_, err := c.Set(context.Background(), "a")
		stayed <- err
	}()
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("who left got %v", err)
	}
	open()
	if err := <-stayed; err != nil {
		t.Errorf("who stayed got %v", err)
	}
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// From 80 % of the lifetime on the next set is fetched while the old one is used.
func TestBackgroundFetch(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"), "Cache-Control", "max-age=1000")), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	k.add(800*time.Second - time.Nanosecond)
	mustSet(t, c, "a")
	if n := p.count(); n != 1 || !idle(c)() {
		t.Fatalf("%d requests before it was time, expected 1", n)
	}
	held, open := gate(publishes(t, edKeys(t, "b")))
	t.Cleanup(open)
	p.now(held)
	k.add(time.Nanosecond)
	for range 3 {
		hasIDs(t, mustSet(t, c, "a"), "a") // does not wait
	}
	open()
	eventually(t, "the end of the fetch", idle(c))
	hasIDs(t, mustSet(t, c, ""), "b")
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// A key that its issuer has taken back, because it is known to others, must stop
// verifying with the next fetch. Keyfunc and jwkset kept it for ever
// (CVE-2025-22149).
func TestCVE_2025_22149(t *testing.T) {
	stolen, kept := edKey(t, "stolen"), edKey(t, "kept")
	signature, err := stolen.Sign([]byte("text"))
	if err != nil {
		t.Fatal(err)
	}
	verifies := func(s *Set) bool {
		for _, k := range s.Candidates("stolen", "EdDSA") {
			if k.Verify([]byte("text"), signature) {
				return true
			}
		}
		return false
	}
	p, k := newPublisher(t, publishes(t, []*Key{stolen, kept}, "Cache-Control", "max-age=600")), newHandClock()
	c := p.client(t, k)
	if !verifies(mustSet(t, c, "stolen")) {
		t.Fatal("the key does not verify while it is published")
	}
	p.now(publishes(t, []*Key{kept}))
	k.add(10 * time.Minute)
	// The keys are past their lifetime, so nobody is served with them first.
	if s := mustSet(t, c, "stolen"); verifies(s) || !s.Has("kept") {
		t.Error("the key verifies although it is not published any more")
	}
	// Another key under the same id replaces it too.
	p.now(publishes(t, []*Key{edKey(t, "stolen"), kept}))
	k.add(defaultLifetime)
	if s := mustSet(t, c, "stolen"); verifies(s) || !s.Has("stolen") {
		t.Error("the key verifies although another has its id")
	}
}

// Keys that do not fit the options are passed over.
func TestClientOptions(t *testing.T) {
	p := newPublisher(t, publishes(t, edKeys(t, "a")))
	c := p.client(t, newHandClock(), WithOptions(Options{Algorithms: []string{"ES256"}}))
	mustFail(t, c, "")
	c = p.client(t, newHandClock(), WithOptions(Options{Algorithms: []string{"ES256", "EdDSA"}}))
	hasIDs(t, mustSet(t, c, ""), "a")
}

// A rotation while many ask: the new key is found by its id, and nobody fails.
func TestRotationUnderLoad(t *testing.T) {
	a, b := edKey(t, "a"), edKey(t, "b")
	p, k := newPublisher(t, publishes(t, []*Key{a})), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					if s, err := c.Set(context.Background(), "a"); err != nil || !s.Has("a") {
						t.Errorf("got %v", err)
						return
					}
				}
			}
		})
	}
	p.now(publishes(t, []*Key{a, b}))
	if !mustSet(t, c, "b").Has("b") {
		t.Error("the new key is not found")
	}
	close(stop)
	wg.Wait()
	if n := p.count(); n != 2 {
		t.Errorf("%d requests, expected 2", n)
	}
}

// What Handler publishes is what Client takes, and all of it.
func TestClientOfHandler(t *testing.T) {
	var list []*Key
	for alg, private := range privateKeys(t) {
		one, err := New(private, alg, "own-"+alg)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	own, err := NewSet(list...)
	if err != nil {
		t.Fatal(err)
	}
	p, k := newPublisher(t, handlerOf(own).ServeHTTP), newHandClock()
	c := p.client(t, k)
	s := mustSet(t, c, "own-ES256")
	for _, one := range list {
		signature, err := one.Sign([]byte("text"))
		if err != nil {
			t.Fatal(err)
		}
		found := s.Candidates(one.ID(), one.Algorithm())
		if len(found) != 1 || found[0].Private() || !found[0].Verify([]byte("text"), signature) {
			t.Errorf("%v: got %v", one, found)
		}
	}
	if got := c.current.Load().expire.Sub(k.read()); got != 5*time.Minute {
		t.Errorf("the set is good for %v, expected what the handler says", got)
	}
}

// Over HTTP/2 and without keeping connections, as the default client is.
func TestHTTP2(t *testing.T) {
	answer := publishes(t, edKeys(t, "a"))
	p, s := unstarted(t, func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 {
			t.Errorf("asked over %s", r.Proto)
		}
		answer(w, r)
	})
	s.EnableHTTP2 = true
	s.StartTLS()
	p.Client().Transport.(*http.Transport).DisableKeepAlives = true
	k := newHandClock()
	c := p.client(t, k)
	for range 3 {
		hasIDs(t, mustSet(t, c, ""), "a")
		k.add(time.Hour)
	}
}

func BenchmarkSet(b *testing.B) {
	p := newPublisher(b, publishes(b, edKeys(b, "a")))
	for name, id := range map[string]string{"known": "a", "unknown": "x"} {
		b.Run(name, func(b *testing.B) {
			c := p.client(b, newHandClock(), WithClock(time.Now))
			mustSet(b, c, id)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := c.Set(context.Background(), id); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
