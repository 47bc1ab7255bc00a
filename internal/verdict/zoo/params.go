package zoo

import (
	"context"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

// Params serves values of the path, the query, headers and cookies.
//
//api:server prefix=/params
type Params struct{}

// Query reads the query.
type Query struct {
	Text     string              `query:"text"`
	Bool     bool                `query:"bool"`
	Int      int                 `query:"int"`
	Uint8    uint8               `query:"uint8"`
	Float    float64             `query:"float"`
	Time     time.Time           `query:"time"`
	Duration time.Duration       `query:"duration"`
	Color    Color               `query:"color"`
	Size     Size                `query:"size"`
	Page     int                 `query:"page" default:"1" validate:"min=1,max=100"`
	Sort     Size                `query:"sort,omitempty"`
	Pointer  *int                `query:"pointer"`
	Opt      runtime.Opt[string] `query:"opt"`
	Short    string              `query:"short,omitempty" validate:"max=3"`
}

// Lists reads lists.
type QueryLists struct {
	IDs   []int64  `query:"id" validate:"max=3"`
	Words []string `query:"word"`
	Tags  []string `query:"tags,csv,omitempty"`
	Sizes []Size   `query:"sizes,csv,omitempty"`
}

// Header reads headers.
type Header struct {
	Text  string    `header:"X-Text"`
	Int   int16     `header:"X-Int"`
	Bool  bool      `header:"X-Bool,omitempty"`
	Time  time.Time `header:"X-Time,omitempty"`
	Size  Size      `header:"X-Size,omitempty"`
	Words []string  `header:"X-Words,csv,omitempty" validate:"max=2"`
	Lines []string  `header:"X-Lines,omitempty"`
}

// Cookie reads cookies.
type Cookie struct {
	Session string   `cookie:"sid" validate:"min=2"`
	Count   int      `cookie:"count,omitempty"`
	Tags    []string `cookie:"tags,csv,omitempty"`
}

// Path reads the path.
type Path struct {
	Int  int32  `path:"int" validate:"min=0"`
	Text string `path:"text" validate:"max=5"`
	Size Size   `path:"size"`
}

// Rest reads the rest of a path.
type Rest struct {
	Path string `path:"path" validate:"max=12"`
}

// Query reads the query.
//
//api:route GET /query
func (Params) Query(context.Context, *Query) error { return nil }

// QueryLists reads lists in the query.
//
//api:route GET /lists
func (Params) QueryLists(context.Context, *QueryLists) error { return nil }

// StrictQuery refuses parameters it does not know.
//
//api:route GET /strict unknown=reject
func (Params) StrictQuery(context.Context, *QueryLists) error { return nil }

// Header reads headers.
//
//api:route GET /header
func (Params) Header(context.Context, *Header) error { return nil }

// Cookie reads cookies.
//
//api:route GET /cookie
func (Params) Cookie(context.Context, *Cookie) error { return nil }

// Path reads the path.
//
//api:route GET /path/{int}/{text}/of/{size}
func (Params) Path(context.Context, *Path) error { return nil }

// Dots lets dots through.
//
//api:route GET /dots/{int}/{text}/of/{size} dots=allow
func (Params) Dots(context.Context, *Path) error { return nil }

// Slash has a slash at its end.
//
//api:route GET /slash/{int}/{text}/of/{size}/
func (Params) Slash(context.Context, *Path) error { return nil }

// Rest reads a path of any depth.
//
//api:route GET /rest/{path...}
func (Params) Rest(context.Context, *Rest) error { return nil }

// None reads nothing.
//
//api:route GET /none
func (Params) None(context.Context) error { return nil }
