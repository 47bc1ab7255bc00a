package api

import "context"

// Public is open to everyone.
//
//api:server
type Public struct {
	// Version is what Status tells.
	Version string
}

// StatusResp tells what is running.
type StatusResp struct {
	Version string `json:"version"`
}

// Status tells which version is running.
//
//api:route GET /status
func (p *Public) Status(context.Context) (*StatusResp, error) {
	return &StatusResp{Version: p.Version}, nil
}
