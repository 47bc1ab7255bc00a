package genrt

import (
	"errors"
	"maps"
	"math"
	"net/netip"
	"slices"
	"testing"

	"github.com/apigen-go/apigen/runtime/jsonrt"
)

func TestDecimalKeys(t *testing.T) {
	type id int64
	got := DecimalKeys(maps.Keys(map[id]bool{9: true, 10: true, -1: true, 100: true, math.MinInt64: true}))
	if want := []id{-1, math.MinInt64, 10, 100, 9}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := DecimalKeys(maps.Keys(map[uint64]bool{math.MaxUint64: true, 2: true})); !slices.Equal(got, []uint64{math.MaxUint64, 2}) {
		t.Errorf("got %v", got)
	}
}

type sameText int

func (sameText) MarshalText() ([]byte, error) { return []byte("same"), nil }

type noText int

func (noText) MarshalText() ([]byte, error) { return nil, errors.New("none") }

type pointerText int

func (*pointerText) MarshalText() ([]byte, error) { return []byte("p"), nil }

func TestTextKeys(t *testing.T) {
	a, b := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("9.0.0.1")
	var e jsonrt.Encoder
	e.Reset(nil)
	got := TextKeys(&e, maps.Keys(map[netip.Addr]int{a: 1, b: 2}))
	if want := []TextKey[netip.Addr]{{"10.0.0.1", a}, {"9.0.0.1", b}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := TextKeys(&e, maps.Keys(map[pointerText]int{1: 1})); len(got) != 1 || got[0].Name != "p" {
		t.Errorf("keys with a method on the pointer: %v", got)
	}
	if err := e.Err(); err != nil {
		t.Errorf("an error without a cause: %v", err)
	}
	TextKeys(&e, maps.Keys(map[sameText]int{1: 1, 2: 2}))
	if e.Err() == nil {
		t.Error("two members of one name went unnoticed")
	}
	e.Reset(nil)
	TextKeys(&e, maps.Keys(map[noText]int{1: 1}))
	if e.Err() == nil {
		t.Error("a key without text went unnoticed")
	}
}

func TestKeyName(t *testing.T) {
	a, bad, plain := netip.MustParseAddr("::1"), noText(1), 3
	if got := KeyName(&a); got != "::1" {
		t.Errorf("got %q", got)
	}
	if got := KeyName(&bad) + KeyName(&plain); got != "" {
		t.Errorf("got %q", got)
	}
}
