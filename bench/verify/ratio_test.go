package verify

import (
	"testing"
	"time"
)

// rounds is how often two candidates take turns.
const rounds = 25

// timesFloor returns what verify costs as a multiple of the floor for token. The
// two take turns and the best of each counts, so that whatever else the machine
// does meets both.
func timesFloor(token string, verify func()) float64 {
	f := newFloor()
	base := func() { f.verify(token) }
	n, m := turns(base), turns(verify)
	low, high := time.Hour, time.Hour
	for range rounds {
		low = min(low, clock(n, base))
		high = min(high, clock(m, verify))
	}
	return float64(high) / float64(m) / (float64(low) / float64(n))
}

// turns returns how many calls of f take about a millisecond.
func turns(f func()) int {
	once := min(clock(1, f), clock(10, f)/10)
	return min(5000, 1+int(time.Millisecond/max(1, once)))
}

func clock(n int, f func()) time.Duration {
	start := time.Now()
	for range n {
		f()
	}
	return time.Since(start)
}

// measure times f, and reports the multiple of the floor for token as well.
func measure(b *testing.B, token string, f func()) (ratio float64) {
	b.ReportAllocs()
	for b.Loop() {
		f()
	}
	ratio = timesFloor(token, f)
	b.ReportMetric(ratio, "x-floor")
	return ratio
}
