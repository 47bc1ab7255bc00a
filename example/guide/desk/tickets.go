package desk

import "context"

// Tickets needs an agent.
//
//api:server prefix=/tickets jwt=Auth
type Tickets struct{}

// TicketResp is a ticket.
type TicketResp struct {
	Title string `json:"title"`
	Agent string `json:"agent"`
}

// List returns the tickets of the agent.
//
//api:route GET / scopes=tickets:read
func (*Tickets) List(_ context.Context, me *Agent) ([]TicketResp, error) {
	return []TicketResp{{Title: "The printer is out of paper", Agent: me.Subject}}, nil
}

// CloseReq names a ticket.
type CloseReq struct {
	ID string `path:"id" validate:"max=40"`
}

// Close closes a ticket.
//
//api:route DELETE /{id} scopes=tickets:write
func (*Tickets) Close(context.Context, *Agent, *CloseReq) error { return nil }
