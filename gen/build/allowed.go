package build

import (
	"go/token"
	"go/types"

	"github.com/apigen-go/apigen/annotate"
)

// allowedForm is the method of claims types that decides in place of scopes.
const allowedForm = "func(context.Context, []string) error"

// allowedMethod refuses a method Allowed of another form: nobody would ask it, and
// the scopes of the token would decide, which its author thinks they do not.
func (b *builder) allowedMethod(named *types.Named, at place) {
	sel := b.types.cache.MethodSet(types.NewPointer(named)).Lookup(nil, "Allowed")
	if sel == nil {
		return
	}
	form := bareSignature(sel.Type().(*types.Signature))
	if form == allowedForm {
		return
	}
	wrote := "give it another name"
	if m := sel.Obj(); len(sel.Index()) == 1 {
		at.pos, at.end = m.Pos(), m.Pos()+token.Pos(len(m.Name()))
	} else { // promoted from what is embedded
		wrote = "give the embedded type it comes from a field name"
	}
	b.errorf(at.pos, at.end, annotate.CodeAllowedForm, "method Allowed of claims type %s is %s, which no route asks about its scopes; write func (c *%s) Allowed(ctx context.Context, scopes []string) error, or %s", at.what, form, at.what, wrote)
}
