package zoo

import (
	"context"
	"encoding/json"
	"errors"
	"math/big"
	"net/netip"
	"strings"
	"time"
)

// Scalars serves types that are one value.
//
//api:server prefix=/scalars
type Scalars struct{}

// Numbers has every number.
type Numbers struct {
	Int     int     `json:"int"`
	Int8    int8    `json:"int8"`
	Int16   int16   `json:"int16"`
	Int32   int32   `json:"int32"`
	Int64   int64   `json:"int64"`
	Uint    uint    `json:"uint"`
	Uint8   uint8   `json:"uint8"`
	Uint16  uint16  `json:"uint16"`
	Uint32  uint32  `json:"uint32"`
	Uint64  uint64  `json:"uint64"`
	Float32 float32 `json:"float32"`
	Float64 float64 `json:"float64"`
	Quoted  int64   `json:"quoted,string"`
	Natural uint16  `json:"natural,string"`
	Ratio   float64 `json:"ratio,string"`
}

// Floats has two numbers.
type Floats struct {
	Narrow float32 `json:"narrow"`
	Wide   float64 `json:"wide"`
}

// Texts has what travels as text.
type Texts struct {
	String   string        `json:"string"`
	Bool     bool          `json:"bool"`
	Bytes    []byte        `json:"bytes"`
	Time     time.Time     `json:"time"`
	Duration time.Duration `json:"duration"`
	Name     Name          `json:"name"`
	Color    Color         `json:"color"`
	Size     Size          `json:"size"`
	Grade    Grade         `json:"grade"`
	Unit     Unit          `json:"unit"`
}

// Free has what takes any JSON, or JSON of its own.
type Free struct {
	Any   any             `json:"any" example:"1"`
	Raw   json.RawMessage `json:"raw" example:"[true]"`
	Big   big.Int         `json:"big" example:"123456789012345678901234567890"`
	Point Point           `json:"point" example:"[1, 2.5]"`
	Addr  netip.Addr      `json:"addr" example:"192.0.2.1"`
	More  any             `json:"more" api:"optional"`
}

// Name is a string with a name.
type Name string

// Size is a closed enum.
type Size string

// The sizes.
const (
	Small Size = "s" // fits few
	Large Size = "l" // fits many
)

// Grade is a closed enum of numbers.
type Grade int8

// The grades.
const (
	GradeA Grade = iota + 1
	GradeB
	GradeC
)

// Unit is an open enum.
//
//api:enum open
type Unit string

// The units.
const (
	Metre Unit = "m"
	Gram  Unit = "g"
)

// Color has a text form of its own: a hash and six digits.
type Color string

// MarshalText writes the color.
func (c Color) MarshalText() ([]byte, error) { return []byte("#" + string(c)), nil }

// UnmarshalText reads the color.
func (c *Color) UnmarshalText(b []byte) error {
	digits, ok := strings.CutPrefix(string(b), "#")
	if !ok || len(digits) != 6 {
		return errors.New("no color")
	}
	*c = Color(digits)
	return nil
}

// Point has a JSON form of its own: two numbers.
type Point [2]float64

// MarshalJSON writes the point.
func (p Point) MarshalJSON() ([]byte, error) { return json.Marshal([]float64{p[0], p[1]}) }

// UnmarshalJSON reads the point.
func (p *Point) UnmarshalJSON(b []byte) error {
	var list []float64
	if err := json.Unmarshal(b, &list); err != nil || len(list) != 2 {
		return errors.New("no point")
	}
	copy(p[:], list)
	return nil
}

// Numbers reads numbers.
//
//api:route POST /numbers
func (Scalars) Numbers(_ context.Context, req *Numbers) (*Numbers, error) { return req, nil }

// Floats reads two numbers.
//
//api:route POST /floats
func (Scalars) Floats(_ context.Context, req *Floats) (*Floats, error) { return req, nil }

// Texts reads texts.
//
//api:route POST /texts
func (Scalars) Texts(_ context.Context, req *Texts) (*Texts, error) { return req, nil }

// Free reads free forms.
//
//api:route POST /free
func (Scalars) Free(_ context.Context, req *Free) (*Free, error) { return req, nil }

// Strict reads numbers, and refuses members it does not know.
//
//api:route POST /strict unknown=reject
func (Scalars) Strict(_ context.Context, req *Texts) (*Texts, error) { return req, nil }
