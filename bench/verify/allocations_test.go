package verify

import (
	"context"
	"testing"
)

// Allocations are at most 3 for a good token, and as few for a forged one.
func TestAllocations(t *testing.T) {
	if underRace {
		t.Skip("allocations are not counted under the race detector")
	}
	v, ctx := verifierOf(t, config()), context.Background()
	token := issue(t, config())
	for _, c := range []struct {
		name, token string
		most        float64
	}{{"good", token, 3}, {"forged", forge(token), 2}} {
		got := testing.AllocsPerRun(1000, func() { _, _ = v.Verify(ctx, c.token) })
		if t.Logf("%s: %v allocations", c.name, got); got > c.most {
			t.Errorf("%s: %v allocations, want at most %v", c.name, got, c.most)
		}
	}
}
