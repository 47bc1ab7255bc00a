package genrt_test

import (
	"github.com/apigen-go/apigen/runtime/auth"
	"github.com/apigen-go/apigen/runtime/genrt"
)

// A call is what the checks of tokens work on.
var _ auth.Exchange = (*genrt.Call)(nil)
