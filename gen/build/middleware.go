package build

import (
	"go/types"
	"slices"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// routeMiddleware resolves the middleware of a route and parts it at jwt:
// what stands before runs ahead of authentication, the rest behind it.
func (b *builder) routeMiddleware(r *route) {
	list := r.settings.middleware
	at := slices.IndexFunc(list, isJWTWord)
	if at >= 0 && r.settings.scheme == nil && !r.settings.cleared && !r.d.Broken && !r.server.broken {
		v := list[at].value
		b.errorOnce(v.Pos, annotate.CodeMiddlewareOrder, "jwt says where the token is checked, and this route has no scheme; write jwt=Auth too, or leave the word out")
	}
	for i, rf := range list {
		if i == at {
			continue
		}
		if isJWTWord(rf) {
			if d := b.errorOnce(rf.value.Pos, annotate.CodeMiddlewareOrder, "jwt stands twice in the middleware of this route (server first, then route); keep one"); d != nil {
				b.related(d, list[at].value.Pos, "jwt stands here first")
			}
			continue
		}
		m, ok := b.middleware(r, rf)
		if !ok {
			continue
		}
		if i < at {
			r.m.Before = append(r.m.Before, m)
		} else {
			r.m.After = append(r.m.After, m)
		}
	}
}

func isJWTWord(rf ref) bool {
	return rf.value.Text == "jwt" && rf.value.Qual == "" && rf.value.Pkg == ""
}

// middleware resolves one name: a method of the handler type where there is
// one, otherwise a package function or variable.
func (b *builder) middleware(r *route, rf ref) (model.Middleware, bool) {
	v := rf.value
	m := model.Middleware{Name: v.Text, Pos: b.pos(v.Pos)}
	if v.Qual == "" && v.Pkg == "" {
		if obj, _, _ := types.LookupFieldOrMethod(r.server.name.Type(), true, b.in.Types, v.Text); obj != nil {
			if fn, ok := obj.(*types.Func); ok {
				m.Method = true
				return m, b.checkMiddleware(fn, fn.Signature(), v)
			}
		}
		if b.in.Types.Scope().Lookup(v.Text) == nil {
			b.errorOnce(v.Pos, annotate.CodeUnresolvedName, "middleware %s is neither a method of %s nor a function of package %s; declare func %s(next http.Handler) http.Handler", v.Text, r.server.m.GoName, b.in.Name, v.Text)
			return m, false
		}
	}
	if b.broken[v.Pos] {
		return m, false
	}
	obj := b.resolve(rf.file, v)
	if obj == nil {
		b.broken[v.Pos] = true
		return m, false
	}
	if obj.Pkg() != nil && obj.Pkg().Path() != b.in.Path {
		m.Pkg = obj.Pkg().Path()
		b.pkgNames[m.Pkg] = obj.Pkg().Name()
	}
	sig, _ := obj.Type().Underlying().(*types.Signature)
	if _, isType := obj.(*types.TypeName); isType {
		sig = nil
	}
	return m, b.checkMiddleware(obj, sig, v)
}

func (b *builder) checkMiddleware(obj types.Object, sig *types.Signature, v annotate.Value) bool {
	if sig != nil && bareSignature(sig) == "func(http.Handler) http.Handler" {
		return true
	}
	what := b.showType(obj.Type())
	if _, isType := obj.(*types.TypeName); isType {
		what = "a type"
	}
	if !b.broken[v.Pos] {
		b.broken[v.Pos] = true
		d := b.errorf(v.Pos, v.End, annotate.CodeMiddlewareType, "middleware %s is %s; it must be func(http.Handler) http.Handler", v.Text, what)
		if obj.Pkg() != nil && obj.Pkg().Path() == b.in.Path {
			b.related(d, obj.Pos(), "%s is declared here", obj.Name())
		}
	}
	return false
}
