package shop

import (
	"context"
	"errors"
	"testing"
)

// stock has 5 items of each kind but none.
type stock struct{}

func (stock) Take(_ context.Context, item string, count int) error {
	switch {
	case item == "nothing":
		return ErrUnknownItem
	case item == "fire":
		return errors.New("the database burns")
	case count > 5:
		return ErrSoldOut
	}
	return nil
}

//snippet:direct

// A handler is a method: call it.
func TestPlace(t *testing.T) {
	orders := &Orders{Stock: stock{}}
	me := &Session{Customer: "alice"}
	got, err := orders.Place(t.Context(), me, &PlaceReq{Item: "book", Count: 1})
	if err != nil || *got != (Order{Customer: "alice", Item: "book", Count: 1}) {
		t.Errorf("got %v, %v", got, err)
	}
	if _, err := orders.Place(t.Context(), me, &PlaceReq{Item: "book", Count: 6}); !errors.Is(err, ErrSoldOut) {
		t.Errorf("six of five: %v", err)
	}
}

//snippet:end
