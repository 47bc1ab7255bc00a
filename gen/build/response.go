package build

import (
	"go/types"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// response describes what a handler returns beside the error.
func (b *builder) response(r *route, t types.Type, at place) {
	if b.rawResponse(r, t, at) {
		return
	}
	resp := &model.Response{}
	if b.envelope != nil {
		resp.Envelope = b.wrap(t, at)
	}
	resp.Type = b.types.jsonType(t, at)
	b.responseFields(t)
	r.m.Response = resp
}

// rawResponse reports the response types that are not written as JSON.
func (b *builder) rawResponse(r *route, t types.Type, at place) bool {
	name := b.showType(t)
	switch t := types.Unalias(t).(type) {
	case *types.Basic:
		if t.Kind() != types.String {
			return false
		}
	case *types.Slice:
		if !isByte(t.Elem()) {
			return false
		}
	case *types.Named:
		obj := t.Origin().Obj()
		if obj.Pkg() == nil {
			return false
		}
		switch obj.Pkg().Path() + "." + obj.Name() {
		case "io.Reader", "io.ReadCloser", "iter.Seq2", "iter.Seq", runtimePath + ".File":
		default:
			return false
		}
	default:
		return false
	}
	b.errorf(at.pos, at.end, annotate.CodeLaterResponse, "a response of type %s is not supported yet; return a struct, slice, map, number or bool, or take http.ResponseWriter and *http.Request and write it", name)
	return true
}

// responseFields reports the tags that take a field of a response out of its
// JSON body.
func (b *builder) responseFields(t types.Type) {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for _, f := range b.flatten(b.showType(t), st, func(fieldTag) bool { return false }) {
		for _, key := range []string{"header", "cookie", "status", "body"} {
			if v, ok := f.tag.values[key]; ok {
				b.errorOnce(v.pos, annotate.CodeLaterTag, "the tag %s: on a response is not supported yet; remove it, or take http.ResponseWriter and *http.Request and write the answer", key)
			}
		}
	}
}
