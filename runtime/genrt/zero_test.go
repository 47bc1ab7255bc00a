package genrt

import (
	"math"
	"testing"
	"time"
)

func TestIsZeroAndIsEmpty(t *testing.T) {
	type pair struct{ A, B []int }
	one := 1
	check := func(name string, zero, empty, wantZero, wantEmpty bool) {
		t.Helper()
		if zero != wantZero || empty != wantEmpty {
			t.Errorf("%s: zero %v, empty %v; want %v, %v", name, zero, empty, wantZero, wantEmpty)
		}
	}
	check("false", IsZero(new(bool)), IsEmpty(new(bool)), true, true)
	check("0", IsZero(new(int8)), IsEmpty(new(int8)), true, true)
	check("-0", IsZero(ptr(math.Copysign(0, -1))), IsEmpty(ptr(math.Copysign(0, -1))), true, true)
	check("text", IsZero(ptr("a")), IsEmpty(ptr("a")), false, false)
	check("no text", IsZero(ptr("")), IsEmpty(ptr("")), true, true)
	check("nil slice", IsZero(new([]int)), IsEmpty(new([]int)), true, true)
	check("empty slice", IsZero(ptr([]int{})), IsEmpty(ptr([]int{})), false, true)
	check("empty map", IsZero(ptr(map[string]int{})), IsEmpty(ptr(map[string]int{})), false, true)
	check("array", IsZero(new([2]int)), IsEmpty(new([2]int)), true, false)
	check("empty array", IsZero(new([0]int)), IsEmpty(new([0]int)), true, true)
	check("struct", IsZero(new(pair)), IsEmpty(new(pair)), true, false)
	check("filled struct", IsZero(&pair{B: []int{}}), IsEmpty(&pair{}), false, false)
	check("time", IsZero(new(time.Time)), IsEmpty(new(time.Time)), true, false)
	check("pointer", IsZero(ptr(&one)), IsEmpty(ptr(&one)), false, false)
	check("nil pointer", IsZero(new(*int)), IsEmpty(new(*int)), true, true)
	check("nil any", IsZero(new(any)), IsEmpty(new(any)), true, true)
}

func ptr[T any](v T) *T { return &v }
