// Package checked has Validate methods at every depth.
package checked

import (
	"context"
	"errors"
	"net/netip"
	"strings"

	"github.com/apigen-go/apigen/runtime"
)

type Code string

func (c Code) Validate() error {
	if strings.HasPrefix(string(c), "bad") {
		return errors.New("is bad")
	}
	return nil
}

type Stamp struct{ Label string }

func (s *Stamp) Validate() error {
	if s.Label == "bad" {
		return errors.New("has a bad label")
	}
	return nil
}

type Part struct {
	Stamp
	Name string `json:"name"`
	Code Code   `json:"code"`
}

func (p *Part) Validate(context.Context) error {
	if p.Name == "bad" {
		return runtime.Invalid("/name", "taken", "is taken")
	}
	return nil
}

type Parts []Part

func (p Parts) Validate() error {
	if len(p) > 2 {
		return errors.New("are too many")
	}
	return nil
}

type Node struct {
	Part Part    `json:"part"`
	Kids []*Node `json:"kids"`
}

type Order struct {
	Parts  Parts               `json:"parts"`
	Owner  *Part               `json:"owner"`
	Note   string              `json:"note"`
	Spare  runtime.Opt[Part]   `json:"spare"`
	ByName map[Code]Part       `json:"byName"`
	ByNum  map[int][][]Code    `json:"byNum"`
	ByAddr map[netip.Addr]Part `json:"byAddr"`
	Pair   [2]Part             `json:"pair"`
	Tree   Node                `json:"tree"`
}

func (o *Order) Validate() error {
	if o.Note == "bad" {
		return errors.New("has a bad note")
	}
	return nil
}

type GetReq struct {
	Code Code
	More []Code
}

func (g *GetReq) Validate(context.Context) error {
	if g.Code == "boom" {
		return errors.New("internal secret")
	}
	return nil
}

type PutReq struct {
	Code Code
	Part Part   `json:"part"`
	Note string `json:"note"`
}

type Orders struct{}

func (Orders) Create(context.Context, *Order) error { return nil }
func (Orders) Get(context.Context, *GetReq) error   { return nil }
func (Orders) Put(context.Context, *PutReq) error   { return nil }
