// Package kinds has a field of every kind.
package kinds

import (
	"context"
	"encoding/json"
	"net/netip"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

type (
	Role   string
	Level  int8
	ID     int64
	Mark   float32
	Blob   []byte
	Since  time.Duration
	Labels []string
	Limits map[string]int64
	Point  [2]float64
)

type Item struct {
	Name  string  `json:"name"`
	Price float64 `json:"price"`
}

type Page[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next,omitempty"`
}

type Tree struct {
	Value string  `json:"value"`
	Kids  []*Tree `json:"kids"`
}

type base struct{ Deep string }

type Thing struct {
	Bool     bool          `json:"bool"`
	Int      int           `json:"int"`
	Int8     int8          `json:"int8"`
	Int16    int16         `json:"int16"`
	Int32    int32         `json:"int32"`
	Int64    int64         `json:"int64"`
	Uint     uint          `json:"uint"`
	Uint8    uint8         `json:"uint8"`
	Uint16   uint16        `json:"uint16"`
	Uint32   uint32        `json:"uint32"`
	Uint64   uint64        `json:"uint64"`
	Float32  float32       `json:"float32"`
	Float64  float64       `json:"float64"`
	String   string        `json:"string"`
	Bytes    []byte        `json:"bytes"`
	Time     time.Time     `json:"time"`
	Duration time.Duration `json:"duration"`
	Any      any
	MustAny  any
	Role     Role
	Level    Level
	ID       ID
	Mark     Mark
	Blob     Blob
	Since    Since
	Addr     netip.Addr
	Raw      json.RawMessage
	Hash     [4]byte
	Nick     *string
	Must     *string
	Boss     *Item
	Score    runtime.Opt[int]
	Item     Item
	Items    []Item
	Ptrs     []*Item
	Grid     [][]int
	Maybe    []runtime.Opt[string]
	Roles    []Role
	RGB      [3]uint8
	Corners  [2]Item
	ByName   map[string]Item
	ByRole   map[Role]int
	ByID     map[ID][]string
	ByPort   map[uint16]*Item
	ByAddr   map[netip.Addr]map[string]bool
	Labels   Labels
	Limits   Limits
	Point    Point
	Origin   struct{ X, Y int }
	Page     Page[Item]
	Tree     Tree
	At       *time.Time
	Quoted   *int64
	Base     base
}

type Shop struct{ got *Thing }

func (s *Shop) Put(_ context.Context, t *Thing) (*Thing, error) {
	s.got = t
	return t, nil
}
