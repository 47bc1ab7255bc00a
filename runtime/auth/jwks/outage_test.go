package jwks

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// While a source is down from the start it is not asked by each request, and nobody
// waits in vain.
func TestOutageBackoff(t *testing.T) {
	p, k := newPublisher(t, fails(500)), newHandClock()
	c := p.client(t, k)
	for _, wait := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
		mustFail(t, c, "")
		if n := p.count(); n != 1 {
			t.Fatalf("%d requests before the wait of %d s, expected 1", n, wait)
		}
		k.add(wait*time.Second - time.Nanosecond)
		for _, id := range []string{"", "a"} {
			mustFail(t, c, id)
		}
		if n := p.count(); n != 0 {
			t.Fatalf("%d requests within the wait of %d s", n, wait)
		}
		k.add(time.Nanosecond)
	}
	p.now(publishes(t, edKeys(t, "a")))
	hasIDs(t, mustSet(t, c, ""), "a")

	// The next outage begins with a short wait again.
	p.now(fails(500))
	k.add(defaultLifetime)
	mustSet(t, c, "")
	p.count()
	k.add(time.Second)
	mustSet(t, c, "")
	if n := p.count(); n != 1 {
		t.Errorf("%d requests, expected 1", n)
	}
}

// In an outage one caller waits for the next try, and the others fail at once.
func TestOutageOneWaits(t *testing.T) {
	p, k := newPublisher(t, fails(500)), newHandClock()
	c := p.client(t, k)
	mustFail(t, c, "")
	p.count()
	held, open := gate(publishes(t, edKeys(t, "a")))
	t.Cleanup(open)
	p.now(held)
	k.add(time.Second)
	waited := make(chan error)
	go func() {
		_, err := c.Set(context.Background(), "")
		waited <- err
	}()
	eventually(t, "a request", func() bool { return p.requests.Load() == 1 })
	mustFail(t, c, "")
	mustFail(t, c, "a")
	open()
	if err := <-waited; err != nil {
		t.Errorf("who waited got %v", err)
	}
	hasIDs(t, mustSet(t, c, "a"), "a")
}

// Old keys are used for a day after they were fetched, and not longer.
func TestStaleKeys(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	p.now(fails(503))
	for range 23 {
		k.add(time.Hour)
		hasIDs(t, mustSet(t, c, "a"), "a")
	}
	k.add(time.Hour - time.Nanosecond)
	hasIDs(t, mustSet(t, c, "a"), "a")
	k.add(time.Nanosecond)
	mustFail(t, c, "a") // in the backoff
	k.add(time.Minute)
	mustFail(t, c, "a")
	p.now(publishes(t, edKeys(t, "b")))
	k.add(time.Minute)
	hasIDs(t, mustSet(t, c, "b"), "b")
}

// Keys with a lifetime of a day are not used after it when nobody asked meanwhile.
func TestKeysRunOutUnasked(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"), "Cache-Control", "max-age=864000")), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	p.now(fails(500))
	k.add(maxLifetime)
	mustFail(t, c, "a")
}

// Whether an unknown id is known meanwhile cannot be told while the source is down:
// that is an error, and not the set. A known one is not concerned.
func TestUnknownIDInOutage(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "known to be unknown")
	p.now(fails(500))
	p.count()
	mustFail(t, c, "b")
	if n := p.count(); n != 1 {
		t.Fatalf("%d requests, expected 1", n)
	}
	for _, wait := range []time.Duration{0, time.Second, 2 * time.Second, 26 * time.Second} {
		k.add(wait)
		mustFail(t, c, "b")
		mustFail(t, c, "c")
		hasIDs(t, mustSet(t, c, "a"), "a")
		if n := p.count(); n != 0 {
			t.Fatalf("%d requests in the 30 seconds after one that failed", n)
		}
	}
	k.add(time.Second)
	mustFail(t, c, "b")
	if n := p.count(); n != 1 {
		t.Errorf("%d requests after 30 seconds, expected 1", n)
	}
	p.now(publishes(t, edKeys(t, "b")))
	k.add(cooldown)
	hasIDs(t, mustSet(t, c, "b"), "b")
}

// What was found to be unknown before an outage stays so for a while.
func TestMissedIDInOutage(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "x")
	p.now(fails(500))
	mustFail(t, c, "b")
	hasIDs(t, mustSet(t, c, "x"), "a")
}

// A lookup for an unknown id joins the fetch that runs. In an outage it does not.
func TestUnknownIDJoins(t *testing.T) {
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k)
	mustSet(t, c, "a")
	p.count()
	for _, down := range []bool{false, true} {
		if down {
			p.now(fails(500))
			k.add(defaultLifetime)
			mustSet(t, c, "a")
			k.add(time.Second)
			p.count()
		} else {
			k.add(defaultLifetime / 5 * 4)
		}
		before := c.current.Load().set
		held, open := gate(publishes(t, edKeys(t, "a", "b")))
		t.Cleanup(open)
		p.now(held)
		got := make(chan error)
		go func() {
			_, err := c.Set(context.Background(), "z")
			got <- err
		}()
		eventually(t, "a request", func() bool { return p.requests.Load() == 1 })
		if down {
			mustFail(t, c, "y")
		}
		if mustSet(t, c, "a") != before {
			t.Error("a known id waits or gets other keys")
		}
		open()
		if err := <-got; err != nil {
			t.Errorf("got %v", err)
		}
		if n := p.count(); n != 1 {
			t.Errorf("%d requests, expected 1", n)
		}
	}
}

// The log has the beginning of an outage and its end.
func TestOutageIsLogged(t *testing.T) {
	text, log := newLog()
	p, k := newPublisher(t, publishes(t, edKeys(t, "a"))), newHandClock()
	c := p.client(t, k, WithLogger(log))
	mustSet(t, c, "a")
	if lines := text.lines(); lines[0] != "" {
		t.Fatalf("logged although all is well: %q", lines)
	}
	p.now(fails(500))
	for range 5 {
		k.add(time.Hour)
		mustSet(t, c, "a")
	}
	lines := text.lines()
	if len(lines) != 1 || !strings.Contains(lines[0], "level=WARN") || !strings.Contains(lines[0], "got 500") || !strings.Contains(lines[0], "url="+p.URL+"/keys ") {
		t.Fatalf("expected the beginning, got %q", lines)
	}
	p.now(publishes(t, edKeys(t, "a")))
	for range 3 {
		k.add(time.Hour)
		mustSet(t, c, "a")
	}
	lines = text.lines()
	if len(lines) != 2 || !strings.Contains(lines[1], "level=INFO") || !strings.Contains(lines[1], "outage=5h0m0s") {
		t.Fatalf("expected the end, got %q", lines)
	}
	if strings.Contains(strings.Join(lines, ""), secretMark) {
		t.Errorf("the log shows what it must not: %q", lines)
	}
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// What panics while it fetches fails, and does not end the program.
func TestFetchPanics(t *testing.T) {
	c, err := NewClient("https://keys.example/", WithLogger(quiet), WithHTTPClient(&http.Client{
		Transport: transportFunc(func(*http.Request) (*http.Response, error) { panic(secretMark) }),
	}))
	if err != nil {
		t.Fatal(err)
	}
	if err := mustFail(t, c, ""); !strings.Contains(err.Error(), "panicked with a value of type string") {
		t.Errorf("got %v", err)
	}
}

// A fetch is given up after 10 seconds. Who has old keys waits 2 seconds for it.
func TestPatience(t *testing.T) {
	list := setText(t, edKey(t, "a"))
	synctest.Test(t, func(t *testing.T) {
		stalled := false
		c, err := NewClient("https://keys.example/", WithLogger(quiet), WithHTTPClient(&http.Client{
			Transport: transportFunc(func(r *http.Request) (*http.Response, error) {
				if stalled {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}
				return &http.Response{StatusCode: 200, Body: io.NopCloser(strings.NewReader(list))}, nil
			}),
		}))
		if err != nil {
			t.Fatal(err)
		}
		mustSet(t, c, "")
		time.Sleep(defaultLifetime)
		stalled = true
		began := time.Now()
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				hasIDs(t, mustSet(t, c, ""), "a")
				if d := time.Since(began); d != patience {
					t.Errorf("waited %v with old keys, expected %v", d, patience)
				}
			})
		}
		wg.Wait()
		mustFail(t, c, "unknown")
		if d := time.Since(began); d != fetchTimeout {
			t.Errorf("waited %v without the key, expected %v", d, fetchTimeout)
		}
		mustSet(t, c, "")
		mustFail(t, c, "unknown")
		if d := time.Since(began); d != fetchTimeout {
			t.Errorf("waited although the source is known to be down")
		}
	})
}
