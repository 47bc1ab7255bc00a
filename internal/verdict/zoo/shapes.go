package zoo

import (
	"context"
	"time"

	"github.com/apigen-go/apigen/internal/verdict/zoo/other"
	"github.com/apigen-go/apigen/runtime"
)

// Shapes serves lists, maps, pointers and what is made of them.
//
//api:server prefix=/shapes
type Shapes struct{}

// Base is embedded.
type Base struct {
	ID   string    `json:"id" validate:"required"`
	When time.Time `json:"when,omitzero"`
}

// Page is a part of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// Item has the same name as one of another package.
type Item struct {
	Base
	Other other.Item `json:"other"`
	Price int        `json:"price" validate:"min=1"`
}

// Tree contains itself.
type Tree struct {
	Name     string          `json:"name" validate:"max=8"`
	Children []Tree          `json:"children,omitempty"`
	Left     *Tree           `json:"left"`
	ByName   map[string]Tree `json:"byName,omitempty"`
}

// Lists has lists and maps.
type Lists struct {
	Strings []string            `json:"strings"`
	Bytes   [][]byte            `json:"bytes"`
	Pair    [2]int8             `json:"pair"`
	None    [0]int              `json:"none"`
	Grid    [][]float64         `json:"grid"`
	Ptrs    []*Base             `json:"ptrs"`
	Opts    []runtime.Opt[bool] `json:"opts"`
	Any     []any               `json:"any"`
	Sizes   []Size              `json:"sizes"`
	Map     map[string]string   `json:"map"`
	Times   map[string][]string `json:"times"`
	Nested  struct {
		A int `json:"a"`
	} `json:"nested"`
}

// Keys has maps with keys of all kinds.
type Keys struct {
	Int  map[int8]bool     `json:"int,omitempty"`
	Uint map[uint16]Base   `json:"uint,omitempty"`
	Enum map[Size]int      `json:"enum,omitempty"`
	Text map[Color]int     `json:"text,omitempty"`
	Time map[time.Time]int `json:"time,omitempty"`
}

// Optional has all ways to be absent.
type Optional struct {
	Pointer  *string               `json:"pointer"`
	Struct   *Base                 `json:"struct"`
	Opt      runtime.Opt[string]   `json:"opt"`
	OptSize  runtime.Opt[Size]     `json:"optSize,omitzero"`
	OptList  runtime.Opt[[]string] `json:"optList,omitzero"`
	Option   string                `json:"option" api:"optional"`
	Empty    string                `json:"empty,omitempty"`
	Zero     int                   `json:"zero,omitzero"`
	Default  int                   `json:"default" default:"7"`
	Words    []string              `json:"words" default:"a,b"`
	Size     Size                  `json:"size" default:"s"`
	List     []string              `json:"list,omitempty"`
	Map      map[string]int        `json:"map,omitempty"`
	Time     *time.Time            `json:"time,omitempty"`
	Required *string               `json:"required" validate:"required"`
	Skipped  string                `json:"-"`
}

// Directions has members that travel in one direction, and one that the document
// does not tell of.
type Directions struct {
	ID     string       `json:"id" api:"readonly"`
	Name   string       `json:"name"`
	Secret string       `json:"secret" api:"writeonly"`
	Note   int          `json:"note" api:"hidden,optional"`
	Inner  []Directions `json:"inner" api:"optional"`
}

// Page reads an instance of a generic type.
//
//api:route POST /page
func (Shapes) Page(_ context.Context, req *Page[Item]) (*Page[Item], error) { return req, nil }

// Tree reads a tree.
//
//api:route POST /tree
func (Shapes) Tree(_ context.Context, req *Tree) (*Tree, error) { return req, nil }

// Lists reads lists.
//
//api:route POST /lists
func (Shapes) Lists(_ context.Context, req *Lists) (*Lists, error) { return req, nil }

// Keys reads maps.
//
//api:route POST /keys
func (Shapes) Keys(_ context.Context, req *Keys) (*Keys, error) { return req, nil }

// Directions reads what clients may set.
//
//api:route POST /directions
func (Shapes) Directions(_ context.Context, req *Directions) (*Directions, error) { return req, nil }

// StrictDirections refuses what only the server may set.
//
//api:route POST /directions/strict unknown=reject
func (Shapes) StrictDirections(_ context.Context, req *Directions) (*Directions, error) {
	return req, nil
}

// Optional reads what may be absent.
//
//api:route POST /optional
func (Shapes) Optional(_ context.Context, req *Optional) (*Optional, error) { return req, nil }

// Lax takes null for absence.
//
//api:route POST /lax nulls=absent
func (Shapes) Lax(_ context.Context, req *Optional) (*Optional, error) { return req, nil }

// Strict refuses members it does not know, at any depth.
//
//api:route POST /strict unknown=reject
func (Shapes) Strict(_ context.Context, req *Page[Item]) ([]Item, error) { return req.Items, nil }
