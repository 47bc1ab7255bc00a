package verify

import (
	"net/http"
	"testing"
)

// budget is what a verification of HS256 may cost, in multiples of the floor.
const budget = 4.0

// BenchmarkVerify takes a good token of HS256. It fails when ours is above the
// budget.
func BenchmarkVerify(b *testing.B) {
	token := issue(b, config())
	b.Run("floor", func(b *testing.B) {
		f := newFloor()
		measure(b, token, func() { f.verify(token) })
	})
	ratios := map[string]float64{}
	for _, v := range verifications(b) {
		b.Run(v.name, func(b *testing.B) {
			ratios[v.name] = measure(b, token, func() {
				if err := v.verify(token); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
	if ours := ratios["apigen"]; ours > budget {
		b.Errorf("verifying costs %.2f times the floor, at most %v are wanted", ours, budget)
	}
}

// BenchmarkHandler takes a request with a good token of HS256.
func BenchmarkHandler(b *testing.B) {
	token := issue(b, config())
	for _, s := range servers(b) {
		b.Run(s.name, func(b *testing.B) { benchServer(b, s, token, "Bearer "+token, http.StatusNoContent) })
	}
}

func benchServer(b *testing.B, s http.Handler, token, credentials string, want int) {
	r, w := request(credentials), &sink{h: http.Header{}}
	measure(b, token, func() {
		clear(w.h)
		w.status = 0
		s.ServeHTTP(w, r)
	})
	if w.status != want {
		b.Fatalf("answers %d, want %d", w.status, want)
	}
}

// BenchmarkForged takes a token of HS256 whose signature is bad, and texts of a
// mebibyte.
func BenchmarkForged(b *testing.B) {
	token := issue(b, config())
	tokens := huge()
	tokens["signature"] = forge(token)
	for _, kind := range []string{"signature", "dots", "payload", "header"} {
		for _, v := range verifications(b) {
			b.Run(kind+"/"+v.name, func(b *testing.B) {
				// A service has seen good tokens before it sees bad ones.
				if err := v.verify(token); err != nil {
					b.Fatal(err)
				}
				measure(b, token, func() {
					if v.verify(tokens[kind]) == nil {
						b.Fatal("accepted")
					}
				})
			})
		}
	}
}
