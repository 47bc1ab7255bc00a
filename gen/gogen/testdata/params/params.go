// Package params reads requests from every place.
package params

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/apigen-go/apigen/runtime"
)

type Role string

type Base struct{ Trace string }

type ListReq struct {
	ID     int64
	Rest   string
	Q      string
	Page   int
	Limit  *int
	Sort   runtime.Opt[Role]
	Tags   []string
	Roles  []Role
	Box    [2]float64
	Wait   time.Duration
	Mail   string
	Accept []string
	Since  time.Time
	Theme  Role
	Peers  []netip.Addr
	Peer   netip.Addr
	Flag   bool
	Raw    *http.Request
	Base
}

type EditReq struct {
	ID   uint32
	Note string `json:"note"`
}

type WholeReq struct {
	ID    uint32
	Lines []string
}

type Thing struct {
	Note string `json:"note"`
}

type MaybeReq struct{ Item *Thing }

type EmptyReq struct{}

type List struct{ last any }

func (l *List) keep(req any) error {
	l.last = req
	return nil
}

func (l *List) Find(_ context.Context, req *ListReq) error     { return l.keep(req) }
func (l *List) Edit(_ context.Context, req *EditReq) error     { return l.keep(req) }
func (l *List) Remove(_ context.Context, req *EditReq) error   { return l.keep(req) }
func (l *List) Replace(_ context.Context, req *WholeReq) error { return l.keep(req) }
func (l *List) Maybe(_ context.Context, req *MaybeReq) error   { return l.keep(req) }
func (l *List) Empty(_ context.Context, req *EmptyReq) error   { return l.keep(req) }
