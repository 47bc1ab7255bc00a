package build

import (
	"go/token"
	"go/types"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// signature decides the shape of a handler and describes its parts.
func (b *builder) signature(r *route) {
	sig := r.method.Signature()
	r.m.Shape = model.ShapeTyped
	params, results := sig.Params(), sig.Results()
	at := posOf(r.node.typ, "handler "+r.m.GoMethod)
	at.pos = r.node.name.Pos()
	if sig.Variadic() {
		last := params.At(params.Len() - 1)
		at := r.paramPlace(params.Len()-1, "")
		b.errorf(at.pos, at.end, annotate.CodeHandlerGeneric, "handler %s has the variadic parameter %s ...%s; put a list into its request struct: a field of type %s", r.m.GoMethod, last.Name(), b.showType(last.Type().(*types.Slice).Elem()), b.showType(last.Type()))
		return
	}
	if b.invalidSignature(r, sig) {
		return
	}
	if isHTTPPair(params, 0) && params.Len() == 2 {
		r.m.Shape = model.ShapeRaw
		if results.Len() > 0 {
			b.errorf(at.pos, at.end, annotate.CodeHandlerResults, "handler %s takes only http.ResponseWriter and *http.Request and must return nothing; to return an error take a context.Context first", r.m.GoMethod)
		}
		b.pathFields(r, nil)
		return
	}
	if params.Len() == 0 || !isContext(params.At(0).Type()) {
		at := posOf(r.node.typ.Params, "")
		if swapsHTTPPair(params) {
			b.errorf(at.pos, at.end, annotate.CodeHandlerContext, "handler %s takes the request before the writer; write %[1]s(w http.ResponseWriter, r *http.Request)", r.m.GoMethod)
			return
		}
		b.errorf(at.pos, at.end, annotate.CodeHandlerContext, "handler %s must take a context.Context first; write %s", r.m.GoMethod, b.withContext(r.m.GoMethod, sig))
		return
	}
	n := params.Len()
	if n >= 3 && isHTTPPair(params, n-2) {
		r.m.Shape = model.ShapeWriter
		n -= 2
	}
	b.handlerParams(r, n)
	b.results(r, results, at)
}

// paramPlace is where the i-th parameter's type stands.
func (r *route) paramPlace(i int, what string) place {
	for _, f := range r.node.typ.Params.List {
		names := max(len(f.Names), 1)
		if i < names {
			return posOf(f.Type, what)
		}
		i -= names
	}
	return posOf(r.node.typ, what)
}

func (r *route) resultPlace(i int, what string) place {
	if r.node.typ.Results == nil {
		return posOf(r.node.typ, what)
	}
	for _, f := range r.node.typ.Results.List {
		names := max(len(f.Names), 1)
		if i < names {
			return posOf(f.Type, what)
		}
		i -= names
	}
	return posOf(r.node.typ, what)
}

// invalidSignature reports types of the signature that could not be resolved.
func (b *builder) invalidSignature(r *route, sig *types.Signature) bool {
	bad := false
	for i := range sig.Params().Len() {
		if mentionsInvalid(sig.Params().At(i).Type()) {
			b.unresolved(r.paramPlace(i, "handler "+r.m.GoMethod), sig.Params().At(i).Type())
			bad = true
		}
	}
	for i := range sig.Results().Len() {
		if mentionsInvalid(sig.Results().At(i).Type()) {
			b.unresolved(r.resultPlace(i, "handler "+r.m.GoMethod), sig.Results().At(i).Type())
			bad = true
		}
	}
	return bad
}

// mentionsInvalid looks through unnamed types and type arguments.
func mentionsInvalid(t types.Type) bool {
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		return t.Kind() == types.Invalid
	case *types.Pointer:
		return mentionsInvalid(t.Elem())
	case *types.Slice:
		return mentionsInvalid(t.Elem())
	case *types.Array:
		return mentionsInvalid(t.Elem())
	case *types.Map:
		return mentionsInvalid(t.Key()) || mentionsInvalid(t.Elem())
	case *types.Named:
		for i := range t.TypeArgs().Len() {
			if mentionsInvalid(t.TypeArgs().At(i)) {
				return true
			}
		}
		return t.Underlying() == types.Typ[types.Invalid]
	}
	return false
}

// handlerParams takes apart the parameters between the context and the
// writer.
func (b *builder) handlerParams(r *route, n int) {
	params := r.method.Signature().Params()
	i := 1
	if i < n && b.isClaims(params.At(i).Type()) {
		b.claimsParam(r, params.At(i).Type(), r.paramPlace(i, "parameter of "+r.m.GoMethod))
		i++
	}
	if i < n {
		b.requestParam(r, params.At(i).Type(), r.paramPlace(i, "request of "+r.m.GoMethod))
		i++
	} else {
		b.pathFields(r, nil)
	}
	if i < n {
		at := r.paramPlace(i, "")
		if b.isClaims(params.At(i).Type()) && !b.isClaims(params.At(1).Type()) {
			b.errorf(at.pos, at.end, annotate.CodeHandlerSignature, "handler %s takes the claims behind the request; they come before it: write (ctx context.Context, claims %s, req %s)", r.m.GoMethod, b.showType(params.At(i).Type()), b.showType(params.At(i-1).Type()))
			return
		}
		b.errorf(at.pos, at.end, annotate.CodeHandlerSignature, "handler %s takes one parameter too many, of type %s; put what a request carries into one struct, and all else into fields of %s", r.m.GoMethod, b.showType(params.At(i).Type()), r.server.m.GoName)
	}
}

func (b *builder) requestParam(r *route, t types.Type, at place) {
	if isHTTPRequest(t) {
		b.errorf(at.pos, at.end, annotate.CodeHandlerSignature, "handler %s takes *http.Request without http.ResponseWriter; write (ctx context.Context, w http.ResponseWriter, r *http.Request), or give its request struct a field of type *http.Request", r.m.GoMethod)
		return
	}
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		if _, isStruct := t.Underlying().(*types.Struct); isStruct {
			d := b.errorf(at.pos, at.end, annotate.CodeRequestType, "handler %s takes its request by value; write *%s", r.m.GoMethod, b.showType(t))
			d.Fixes = []annotate.Fix{{Message: "write *", Edits: []annotate.Edit{{Pos: d.Pos, End: d.Pos, New: "*"}}}}
		} else {
			b.errorf(at.pos, at.end, annotate.CodeRequestType, "handler %s takes a value of type %s where a pointer to a request struct is expected; write *%sReq and declare type %[3]sReq struct with a field for it", r.m.GoMethod, b.showType(t), upperFirst(r.m.GoMethod))
		}
		return
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	tn := typeName(ptr.Elem())
	if !ok || tn == nil {
		if inner, isPtr := types.Unalias(ptr.Elem()).(*types.Pointer); isPtr {
			b.errorf(at.pos, at.end, annotate.CodeRequestType, "the request of %s must be a pointer to a named struct, not %s; write %s", r.m.GoMethod, b.showType(t), b.showType(inner))
			return
		}
		b.errorf(at.pos, at.end, annotate.CodeRequestType, "the request of %s must be a pointer to a named struct, not %s; declare type %sReq struct{ ... }", r.m.GoMethod, b.showType(t), upperFirst(r.m.GoMethod))
		return
	}
	if !b.canName(tn, at) {
		return
	}
	req := b.request(ptr.Elem(), st, at)
	r.m.Request = req.m
	b.pathFields(r, req)
	b.bodyOfMethod(r, req)
}

// results takes apart what a handler returns.
func (b *builder) results(r *route, results *types.Tuple, at place) {
	n := results.Len()
	if n == 0 || !isError(results.At(n-1).Type()) {
		if r.node.typ.Results != nil {
			at = posOf(r.node.typ.Results, "")
		}
		b.errorf(at.pos, at.end, annotate.CodeHandlerResults, "handler %s must return an error last; write %s", r.m.GoMethod, b.withError(results))
		return
	}
	switch {
	case n == 1:
	case r.m.Shape == model.ShapeWriter:
		b.errorf(at.pos, at.end, annotate.CodeHandlerResults, "handler %s takes an http.ResponseWriter and writes its own answer, so that it returns only error", r.m.GoMethod)
	case n == 2:
		b.response(r, results.At(0).Type(), r.resultPlace(0, "response of "+r.m.GoMethod))
	default:
		b.errorf(at.pos, at.end, annotate.CodeHandlerResults, "handler %s returns %d values; put them into one struct and return (*%sResp, error)", r.m.GoMethod, n, upperFirst(r.m.GoMethod))
	}
}

// withError renders results with the error that they lack.
func (b *builder) withError(results *types.Tuple) string {
	if results.Len() == 0 {
		return "error"
	}
	for v := range results.Variables() {
		if !isError(v.Type()) {
			return "(" + b.showType(v.Type()) + ", error)"
		}
	}
	return "error"
}

// withContext renders a handler with the context it lacks in front.
func (b *builder) withContext(name string, sig *types.Signature) string {
	params := []string{"ctx context.Context"}
	for p := range sig.Params().Variables() {
		if !isContext(p.Type()) && !isContext(deref(p.Type())) {
			params = append(params, strings.TrimSpace(p.Name()+" "+b.showType(p.Type())))
		}
	}
	results := "error"
	if n := sig.Results().Len(); n > 1 || n == 1 && !isError(sig.Results().At(0).Type()) {
		results = b.withError(sig.Results())
	}
	return name + "(" + strings.Join(params, ", ") + ") " + results
}

func isContext(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && isNamed(named, "context", "Context")
}

func isError(t types.Type) bool {
	return types.Identical(t, types.Universe.Lookup("error").Type())
}

// swapsHTTPPair reports whether the parameters are *http.Request and
// http.ResponseWriter, in that order.
func swapsHTTPPair(params *types.Tuple) bool {
	return params.Len() == 2 && isHTTPPair(types.NewTuple(params.At(1), params.At(0)), 0)
}

func deref(t types.Type) types.Type {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}

// isHTTPPair reports whether the parameters from i on are http.ResponseWriter
// and *http.Request.
func isHTTPPair(params *types.Tuple, i int) bool {
	if params.Len() < i+2 {
		return false
	}
	w, ok := types.Unalias(params.At(i).Type()).(*types.Named)
	return ok && isNamed(w, "net/http", "ResponseWriter") && isHTTPRequest(params.At(i+1).Type())
}

func isHTTPRequest(t types.Type) bool {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	return ok && isNamed(named, "net/http", "Request")
}

func tokenPosition(p model.Pos) token.Position {
	return token.Position{Filename: p.File, Line: p.Line, Column: p.Col}
}
