package verdict

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/internal/modules"
)

var update = flag.Bool("update", false, "write exceptions.md")

func load(t testing.TB) []*service {
	t.Helper()
	root, err := modules.Root(".")
	if err != nil {
		t.Fatal(err)
	}
	list, err := services(t.TempDir(), root)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestSameVerdict makes a fixed number of requests for each route: the server
// and the document must say the same of each, but for the exceptions. An
// exception that is never met is none.
func TestSameVerdict(t *testing.T) {
	requests := 1500
	if underRace {
		requests = 200
	}
	used := map[string]int{}
	for _, s := range load(t) {
		for _, op := range s.ops {
			failures := 0
			for seed := range uint64(requests) {
				if wrong := try(s, op, seed, used); wrong != "" {
					t.Errorf("seed %d: %s", seed, wrong)
					if failures++; failures == 3 {
						break
					}
				}
			}
		}
	}
	for _, e := range exceptions {
		if used[e.name] == 0 && !underRace {
			t.Errorf("the exception %q is never met; remove it", e.name)
		}
	}
}

// Most requests are such as both sides take, or the test would say nothing.
func TestRequestsOfBothKinds(t *testing.T) {
	for _, s := range load(t) {
		for _, op := range s.ops {
			taken, refused := s.count(op, 300)
			if taken < 30 {
				t.Errorf("%s %s: only %d of 300 requests are accepted", s.name, op, taken)
			}
			if refused == 0 && (op.body != nil || len(op.params) > 0) {
				t.Errorf("%s %s: no request is refused", s.name, op)
			}
		}
	}
}

func FuzzVerdict(f *testing.F) {
	list := load(f)
	f.Add(uint64(0), uint16(0))
	f.Add(uint64(12345), uint16(7))
	f.Fuzz(func(t *testing.T, seed uint64, route uint16) {
		n := int(route)
		for {
			for _, s := range list {
				if n < len(s.ops) {
					if wrong := try(s, s.ops[n], seed, map[string]int{}); wrong != "" {
						t.Error(wrong)
					}
					return
				}
				n -= len(s.ops)
			}
		}
	})
}

// TestExceptions compares exceptions.md with the table.
func TestExceptions(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<!-- Generated from exceptions.go by go test ./internal/verdict -update. Do not edit. -->

# Where the server and its document differ

A document of OpenAPI cannot say all that a server does. These are the requests about
which the two must differ; of all others they say the same, which a test tries with
requests of all kinds for every route of the examples and of a package with every
shape that requests can have. The reader of the document is
[libopenapi-validator](https://github.com/pb33f/libopenapi-validator), with the
formats checked.

| request | the server | the document | why |
|---|---|---|---|
`)
	for _, e := range exceptions {
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", e.name, e.server, e.document, e.reason)
	}
	old, _ := os.ReadFile("exceptions.md")
	if strings.ReplaceAll(string(old), "\r\n", "\n") == b.String() {
		return
	}
	if !*update {
		t.Fatal("exceptions.md is out of date; run go test . -update in internal/verdict")
	}
	if err := os.WriteFile("exceptions.md", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
