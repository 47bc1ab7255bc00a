package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// ErrNoNote is the answer to a request for a note that is not there.
var ErrNoNote = errors.New("there is no such note")

// Store keeps notes.
type Store interface {
	// Put keeps a note.
	Put(ctx context.Context, n Note) error
	// Get returns the note of an owner. Without one the error is ErrNoNote.
	Get(ctx context.Context, owner int64, id string) (Note, error)
	// Lines calls yield for each line of a note, as soon as it is known.
	Lines(ctx context.Context, owner int64, id string, yield func(line string) error) error
}

// Notes needs a valid token.
//
//api:server prefix=/notes jwt=Auth
type Notes struct {
	Store Store
}

// Note is a text of its owner.
type Note struct {
	ID    string `json:"id"`
	Owner int64  `json:"owner"`
	Text  string `json:"text"`
}

//snippet:handler

// PutNoteReq is a text to keep.
type PutNoteReq struct {
	ID   string `path:"id" validate:"max=100"`
	Text string `json:"text"`
}

// PutNote keeps a note of the caller.
//
//api:route PUT /{id} maxBytes=4MiB
func (n *Notes) PutNote(ctx context.Context, me *Session, req *PutNoteReq) (*Note, error) {
	note := Note{ID: req.ID, Owner: me.UserID, Text: req.Text}
	return &note, n.Store.Put(ctx, note)
}

//snippet:end

// GetNoteReq names a note.
type GetNoteReq struct {
	ID string `path:"id" validate:"max=100"`
}

// GetNote returns a note of the caller.
//
//api:route GET /{id}
//api:error 404 ErrNoNote
func (n *Notes) GetNote(ctx context.Context, me *Session, req *GetNoteReq) (*Note, error) {
	note, err := n.Store.Get(ctx, me.UserID, req.ID)
	return &note, err
}

// NoteLines sends a note line by line, each as soon as it is known.
//
//api:route GET /{id}/lines
//api:error 404 ErrNoNote
func (n *Notes) NoteLines(ctx context.Context, me *Session, req *GetNoteReq, w http.ResponseWriter, _ *http.Request) error {
	out := http.NewResponseController(w)
	return n.Store.Lines(ctx, me.UserID, req.ID, func(line string) error {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
		return out.Flush()
	})
}
