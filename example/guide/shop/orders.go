package shop

import (
	"context"
	"errors"

	"github.com/apigen-go/apigen/runtime"
)

// Stock knows what there is.
type Stock interface {
	// Take takes items out. Its errors are ErrSoldOut and ErrUnknownItem.
	Take(ctx context.Context, item string, count int) error
}

//snippet:errors

// ErrSoldOut says that there is not enough of an item.
var ErrSoldOut = errors.New("the stock is empty")

// ErrUnknownItem says that the shop does not have an item.
var ErrUnknownItem = errors.New("the item is not known")

// Orders needs a token.
//
//api:server prefix=/orders jwt=Auth scopes=orders:write
type Orders struct {
	Stock Stock
}

// PlaceReq is an order.
type PlaceReq struct {
	Item  string `json:"item" validate:"required,max=40"`
	Count int    `json:"count" validate:"min=1,max=100"`
	// Gift is who gets it, the customer unless it is there.
	Gift *string `json:"gift" validate:"min=1"`
}

// Order is an order that was taken.
type Order struct {
	Customer string `json:"customer"`
	Item     string `json:"item"`
	Count    int    `json:"count"`
}

// Place takes an order.
//
//api:route POST / status=201
//api:error 409 ErrSoldOut detail="there is not enough left"
func (o *Orders) Place(ctx context.Context, me *Session, req *PlaceReq) (*Order, error) {
	err := o.Stock.Take(ctx, req.Item, req.Count)
	if errors.Is(err, ErrUnknownItem) {
		return nil, runtime.Invalid("/item", "unknown_item", "is not in the catalogue")
	} else if err != nil {
		return nil, err // ErrSoldOut is 409, anything else a logged 500
	}
	return &Order{Customer: me.Customer, Item: req.Item, Count: req.Count}, nil
}

//snippet:end
