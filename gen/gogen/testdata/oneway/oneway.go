// Package oneway has members that travel in one direction.
package oneway

import (
	"context"
	"errors"
)

// Stamp is only written.
type Stamp struct {
	By string `json:"by"`
}

// Validate is never asked.
func (Stamp) Validate() error { return errors.New("a stamp was checked") }

// Key is only read.
type Key struct {
	PIN string `json:"pin"`
}

// Out has nothing to read.
type Out struct {
	ID string `json:"id" api:"readonly"`
}

// In has nothing to write.
type In struct {
	Token string `json:"token" api:"writeonly"`
}

// Thing goes both ways.
type Thing struct {
	ID     string  `json:"id" api:"readonly"`
	Name   string  `json:"name"`
	Stamps []Stamp `json:"stamps" api:"readonly"`
	Keys   []Key   `json:"keys" api:"writeonly"`
	Out    Out     `json:"out"`
	In     In      `json:"in"`
	Kids   []Thing `json:"kids,omitempty"`
}

// Server keeps what arrived.
type Server struct{ got *Thing }

// Thing answers with what it got, and with what it did not get.
func (s *Server) Thing(_ context.Context, req *Thing) (*Thing, error) {
	got := *req
	s.got = &got
	req.ID, req.Out.ID, req.Stamps = "i", "o", []Stamp{{"me"}}
	return req, nil
}

// Strict refuses unknown members.
func (s *Server) Strict(_ context.Context, req *Thing) error {
	s.got = req
	return nil
}
