// Package shapes has handlers of all shapes.
package shapes

import (
	"context"
	"net/http"

	"github.com/apigen-go/apigen/runtime/auth"
)

type (
	Role  string
	Level int8
)

type Session struct {
	auth.Claims
	Tenant string   `json:"tenant"`
	Name   string   `json:"name"`
	Role   Role     `json:"the role"`
	Level  Level    `json:"level"`
	Since  int64    `json:"since"`
	Groups []string `json:"groups"`
	Roles  []Role   `json:"roles"`
	Levels []Level  `json:"levels"`
}

type Req struct {
	Name string `json:"name"`
}

type Posts struct{ log []string }

func (p *Posts) note(s string) { p.log = append(p.log, s) }

func (p *Posts) Audit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.note("audit")
		next.ServeHTTP(w, r)
	})
}

func (p *Posts) Plain(context.Context, *Req) error { return nil }

func (p *Posts) Caller(_ context.Context, me *Session, req *Req) error {
	p.note(me.Name + " " + req.Name)
	return nil
}

func (p *Posts) Maybe(_ context.Context, me *Session) error {
	if me == nil {
		p.note("anonymous")
	} else {
		p.note(me.Name)
	}
	return nil
}

func (p *Posts) Guarded(_ context.Context, me *auth.Claims) error {
	p.note("sub " + me.Subject)
	return nil
}

func (p *Posts) Open(context.Context) error { return nil }

func (p *Posts) Socket(_ context.Context, me *Session, w http.ResponseWriter, _ *http.Request) error {
	_, err := w.Write([]byte("hello " + me.Name))
	return err
}

func (p *Posts) Proxy(_ context.Context, req *Req, w http.ResponseWriter, _ *http.Request) error {
	w.WriteHeader(http.StatusTeapot)
	_, err := w.Write([]byte(req.Name))
	return err
}

func (p *Posts) Raw(w http.ResponseWriter, r *http.Request)  { w.WriteHeader(http.StatusAccepted) }
func (p *Posts) File(w http.ResponseWriter, r *http.Request) { p.note("file " + r.PathValue("name")) }
func (p *Posts) Dots(w http.ResponseWriter, r *http.Request) { p.note("dots " + r.PathValue("name")) }

type store interface{ Get(context.Context) error }

type empty struct{}

func (empty) Get(context.Context) error { return nil }

func trace(next http.Handler) http.Handler { return next }
