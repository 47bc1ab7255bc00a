package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/apigen-go/apigen/internal/leaks"
)

const marked = "0123456789-marked-0123456789"

func newWatcher(t *testing.T) (*watcher, *strings.Builder) {
	t.Helper()
	scanner, err := leaks.New(fstest.MapFS{"c.yaml": {Data: []byte("AccessSecret: " + marked)}})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	return &watcher{out: &out, scanner: scanner}, &out
}

// What passes is told in one line, what fails with all that it printed.
func TestWatch(t *testing.T) {
	w, out := newWatcher(t)
	err := w.watch(strings.NewReader(`{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"=== RUN   TestGood\n"}
{"Action":"output","Package":"p","Test":"TestGood","Output":"good\n"}
{"Action":"pass","Package":"p","Test":"TestGood"}
{"Action":"output","Package":"p","Test":"TestBad","Output":"    bad_test.go:1: bad\n"}
{"Action":"fail","Package":"p","Test":"TestBad"}
{"Action":"output","Package":"p","Output":"FAIL\tp\t0.1s\n"}
{"Action":"fail","Package":"p"}
{"Action":"output","Package":"q","Output":"PASS\n"}
{"Action":"output","Package":"q","Output":"ok  \tq\t0.2s\n"}
{"Action":"pass","Package":"q"}
{"Action":"build-output","ImportPath":"r","Output":"r.go:1: undefined\n"}
go: warning`))
	if err != nil {
		t.Fatal(err)
	}
	const want = "    bad_test.go:1: bad\nFAIL\tp\t0.1s\nok  \tq\t0.2s\nr.go:1: undefined\ngo: warning"
	if out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
	if len(w.leaks) > 0 {
		t.Errorf("leaks: %q", w.leaks)
	}
}

// A secret is noticed wherever it is printed, and not printed a second time by
// the notice.
func TestWatchLeaks(t *testing.T) {
	for _, line := range []string{
		`{"Action":"output","Package":"p","Test":"TestGood","Output":"` + marked + `\n"}`,
		`{"Action":"output","Package":"p","Output":"level=INFO secret=` + marked + `\n"}`,
		"go: " + marked,
	} {
		w, _ := newWatcher(t)
		if err := w.watch(strings.NewReader(line)); err != nil {
			t.Fatal(err)
		}
		if len(w.leaks) != 1 || strings.Contains(w.leaks[0], marked) {
			t.Errorf("%s: leaks %q, want one", line, w.leaks)
		}
	}
}
