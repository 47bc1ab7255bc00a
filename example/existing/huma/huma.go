// Package huma is a service on Huma that routes of apigen have joined.
package huma

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/apigen-go/apigen/example/existing/api"
	"github.com/apigen-go/apigen/example/existing/host"
)

// New returns a service whose mux has the new routes beside those of Huma.
func New(c api.Config, h api.Handlers, log host.Log) (http.Handler, error) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello", host.Hello)
	mux.HandleFunc("/", host.NotFound)
	register(humago.New(mux, huma.DefaultConfig("Notes API", "1.0.0")), h.Notes.Store)

	//snippet:register
	if err := api.RegisterHandlers(mux, c, h); err != nil {
		return nil, err
	}
	//snippet:end

	return host.Middleware(log)(mux), nil
}

//snippet:before

// PutNoteInput is a text to keep.
type PutNoteInput struct {
	ID   string `path:"id" maxLength:"100"`
	Body struct {
		Text string `json:"text"`
	}
}

// PutNoteOutput is a note.
type PutNoteOutput struct {
	Body api.Note
}

func register(humaAPI huma.API, store api.Store) {
	huma.Register(humaAPI, huma.Operation{
		OperationID: "put-note",
		Method:      http.MethodPut,
		Path:        "/huma/notes/{id}",
		Summary:     "Keep a note of the caller.",
	}, func(ctx context.Context, input *PutNoteInput) (*PutNoteOutput, error) {
		note := api.Note{ID: input.ID, Owner: owner(ctx), Text: input.Body.Text}
		return &PutNoteOutput{Body: note}, store.Put(ctx, note)
	})
}

//snippet:end

// owner is the caller, whom a middleware has found out.
func owner(context.Context) int64 { return 7 }
