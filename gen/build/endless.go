package build

import (
	"go/token"
	"strings"

	"github.com/apigen-go/apigen/annotate"
)

// endless reports a generic type that holds itself with ever longer type
// arguments, as type T[E any] struct{ Next *T[[]E] } does. The compiler refuses
// it; whoever looks at its fields or methods comes to no end.
func (b *builder) endless() bool {
	for _, e := range b.allErrors() {
		if strings.HasPrefix(e.Msg, "instantiation cycle") {
			b.errorf(e.Pos, token.NoPos, annotate.CodeInvalidType, "a generic type holds itself with ever longer type arguments and has no end; use the same ones inside")
			return true
		}
	}
	return false
}
