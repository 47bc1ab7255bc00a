package shop

import (
	"context"
	"net/http"

	"github.com/apigen-go/apigen/runtime"
)

//snippet:optional

// Catalog shows customers their prices and everybody else the usual ones.
//
//api:server prefix=/catalog jwt=Auth optional
type Catalog struct{}

// PriceReq names an item.
type PriceReq struct {
	Item string `path:"item" validate:"max=40"`
}

// PriceResp is what an item costs, in cents.
type PriceResp struct {
	Price int `json:"price"`
}

// Price tells what an item costs.
//
//api:route GET /{item}
func (*Catalog) Price(_ context.Context, me *Session, req *PriceReq) (*PriceResp, error) {
	if me != nil && me.Premium { // nil for a caller without a token
		return &PriceResp{Price: 90}, nil
	}
	return &PriceResp{Price: 100}, nil
}

//snippet:end

//snippet:problem

// Recall refuses items that may not be sold any more.
//
//api:route GET /{item}/recall jwt=none
//api:error 410
func (*Catalog) Recall(_ context.Context, req *PriceReq) error {
	if req.Item == "lead-paint" {
		return &runtime.Problem{Status: http.StatusGone, Code: "recalled", Detail: "bring it back"}
	}
	return nil
}

//snippet:end
