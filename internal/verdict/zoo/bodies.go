package zoo

import (
	"context"

	"github.com/apigen-go/apigen/runtime"
)

// Bodies serves bodies of all forms.
//
//api:server prefix=/bodies
type Bodies struct{}

type (
	// WholeStruct has a body that is a struct.
	WholeStruct struct {
		Body Base `body:""`
	}
	// WholeOptional has one whose members may all be absent.
	WholeOptional struct {
		Body Loose `body:""`
	}
	// WholePointer has one that may be absent.
	WholePointer struct {
		Body *Base `body:""`
	}
	// WholeOpt has one that may be absent or null.
	WholeOpt struct {
		Body runtime.Opt[Base] `body:""`
	}
	// WholeList has a list.
	WholeList struct {
		Body []string `body:"" validate:"min=1,max=3"`
	}
	// WholeMap has a map.
	WholeMap struct {
		Body map[string]int `body:"" api:"optional"`
	}
	// WholeNumber has a number.
	WholeNumber struct {
		Body int `body:"" validate:"min=1"`
	}
	// WholeDefault has a number with a default.
	WholeDefault struct {
		Body int `body:"" default:"3"`
	}
	// WholeAny has anything.
	WholeAny struct {
		Body any `body:""`
	}
	// Mixed has members beside parameters.
	Mixed struct {
		ID    int     `path:"id"`
		Force bool    `query:"force" default:"false"`
		Title string  `json:"title" validate:"required,max=5"`
		Note  *string `json:"note"`
	}
	// Loose may be empty.
	Loose struct {
		A string `json:"a,omitempty"`
		B *int   `json:"b"`
	}
)

// Struct reads a struct.
//
//api:route POST /struct
func (Bodies) Struct(context.Context, *WholeStruct) error { return nil }

// Optional reads a struct that may be empty.
//
//api:route POST /optional
func (Bodies) Optional(context.Context, *WholeOptional) error { return nil }

// Pointer reads a struct that may be absent.
//
//api:route POST /pointer
func (Bodies) Pointer(context.Context, *WholePointer) error { return nil }

// Opt reads a struct that may be absent or null.
//
//api:route POST /opt
func (Bodies) Opt(context.Context, *WholeOpt) error { return nil }

// List reads a list.
//
//api:route POST /list
func (Bodies) List(context.Context, *WholeList) error { return nil }

// Map reads a map.
//
//api:route POST /map
func (Bodies) Map(context.Context, *WholeMap) error { return nil }

// Number reads a number.
//
//api:route POST /number
func (Bodies) Number(context.Context, *WholeNumber) error { return nil }

// Default reads a number that may be absent.
//
//api:route POST /default
func (Bodies) Default(context.Context, *WholeDefault) error { return nil }

// Any reads anything.
//
//api:route POST /any
func (Bodies) Any(context.Context, *WholeAny) error { return nil }

// Loose reads members that may all be absent.
//
//api:route PUT /loose
func (Bodies) Loose(context.Context, *Loose) error { return nil }

// Mixed reads from all over.
//
//api:route PATCH /mixed/{id} status=200,204
func (Bodies) Mixed(_ context.Context, req *Mixed) (*Loose, error) {
	if req.Force {
		return nil, nil
	}
	return &Loose{A: req.Title}, nil
}
