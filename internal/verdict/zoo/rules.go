package zoo

import (
	"context"
	"time"
)

// Rules serves every rule on every type it fits.
//
//api:server prefix=/rules
type Rules struct{}

// OfText are rules of texts.
type OfText struct {
	Min      string  `json:"min" validate:"min=2"`
	Max      string  `json:"max" validate:"max=3"`
	Len      string  `json:"len" validate:"len=2"`
	Required string  `json:"required" validate:"required"`
	Both     string  `json:"both" validate:"required,max=4"`
	OneOf    string  `json:"oneof" validate:"oneof=red green 'light blue'"`
	Email    string  `json:"email" validate:"email"`
	Omit     string  `json:"omit" validate:"omitempty,min=2,max=3"`
	Before   string  `json:"before" validate:"max=5,omitempty,min=2"`
	Pointer  *string `json:"pointer" validate:"min=2"`
	Named    Name    `json:"named" validate:"min=1,max=2"`
	Size     Size    `json:"size" validate:"omitempty"`
	Few      Size    `json:"few" validate:"oneof=s"`
	Open     Unit    `json:"open" validate:"max=2"`
}

// OfNumber are rules of numbers.
type OfNumber struct {
	Min    int           `json:"min" validate:"min=-3"`
	Max    uint8         `json:"max" validate:"max=7"`
	Both   int64         `json:"both" validate:"min=1,max=3"`
	Len    int16         `json:"len" validate:"len=5"`
	OneOf  int           `json:"oneof" validate:"oneof=1 2 3"`
	Float  float64       `json:"float" validate:"min=0.5,max=1.5"`
	Floats float32       `json:"floats" validate:"oneof=0.5 1"`
	Wait   time.Duration `json:"wait" validate:"min=1s,max=1m" example:"30s"`
	Quoted int           `json:"quoted,string" validate:"min=1,max=9" example:"5"`
	Few    int           `json:"few,string" validate:"oneof=1 2"`
	Omit   *int          `json:"omit" validate:"omitempty,min=1"`
}

// OfList are rules of lists and maps.
type OfList struct {
	Min      []string       `json:"min" validate:"min=1"`
	Max      []int          `json:"max" validate:"max=2"`
	Len      []bool         `json:"len" validate:"len=2"`
	Required []string       `json:"required" validate:"required"`
	Omit     []string       `json:"omit" validate:"omitempty,min=2"`
	Map      map[string]int `json:"map" validate:"min=1,max=2"`
	Bytes    []byte         `json:"bytes" validate:"min=2,max=4"`
	Key      []byte         `json:"key" validate:"len=8"`
	Three    []byte         `json:"three" validate:"max=3"`
	Some     []byte         `json:"some" validate:"required"`
	Maybe    []byte         `json:"maybe" validate:"omitempty,min=2"`
	MaybeMap map[string]int `json:"maybeMap" validate:"omitempty,min=2"`
}

// Text checks texts.
//
//api:route POST /text
func (Rules) Text(_ context.Context, req *OfText) (*OfText, error) { return req, nil }

// Number checks numbers.
//
//api:route POST /number
func (Rules) Number(_ context.Context, req *OfNumber) (*OfNumber, error) { return req, nil }

// List checks lists.
//
//api:route POST /list
func (Rules) List(_ context.Context, req *OfList) (*OfList, error) { return req, nil }
