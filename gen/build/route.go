package build

import (
	"go/ast"
	"go/token"
	"go/types"
	"net/http"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// route is a route on its way into the model.
type route struct {
	m        *model.Route
	d        *annotate.Directive
	server   *server
	method   *types.Func
	node     handlerNode
	settings settings
	errors   []*annotate.Directive
	pattern  annotate.Pattern
}

// handlerNode is the syntax of a handler: a method, or a method of an
// interface.
type handlerNode struct {
	name    *ast.Ident
	typ     *ast.FuncType
	doc     *ast.CommentGroup
	comment *ast.CommentGroup
}

// collectRoutes reads the api:route directives and what stands beside them.
func (b *builder) collectRoutes() {
	byMethod := map[*types.Func][]*route{}
	for _, d := range b.directives("route") {
		r := b.newRoute(d)
		if r == nil {
			continue
		}
		byMethod[r.method] = append(byMethod[r.method], r)
		r.server.routes = append(r.server.routes, r)
	}
	b.methodErrors(byMethod)
	consts := map[string]*route{}
	for _, s := range b.order {
		for _, r := range s.routes {
			b.finishRoute(r)
			s.m.Routes = append(s.m.Routes, r.m)
		}
		b.routeIDs(s)
		b.routeConsts(s, consts)
		if len(s.routes) == 0 && !b.misreadAtMethod(s.m.GoName) {
			b.errorf(s.first.Pos, s.first.End, annotate.CodeServerWithoutRoutes, "server type %s has no routes; add //api:route METHOD /path to its methods, or remove //api:server", s.m.GoName)
		}
	}
}

// newRoute finds the method and the server a route belongs to.
func (b *builder) newRoute(d *annotate.Directive) *route {
	r := &route{d: d}
	var recv *types.TypeName
	switch {
	case d.Func != nil:
		r.node = handlerNode{d.Func.Name, d.Func.Type, d.Func.Doc, nil}
		fn, ok := b.in.Info.Defs[d.Func.Name].(*types.Func)
		if !ok {
			return nil
		}
		r.method = fn
		recv = receiver(fn)
	case d.Field != nil && d.Type != nil:
		r.node = handlerNode{d.Field.Names[0], d.Field.Type.(*ast.FuncType), d.Field.Doc, d.Field.Comment}
		fn, ok := b.in.Info.Defs[d.Field.Names[0]].(*types.Func)
		if !ok {
			return nil
		}
		r.method = fn
		recv, _ = b.in.Info.Defs[d.Type.Name].(*types.TypeName)
	default:
		return nil
	}
	r.server = b.servers[recv]
	if r.server == nil {
		b.noServer(d, recv)
		return nil
	}
	return r
}

func (b *builder) noServer(d *annotate.Directive, recv *types.TypeName) {
	if recv == nil {
		b.errorf(d.Pos, d.End, annotate.CodeRouteOutsideServer, "api:route stands on a method whose type cannot be resolved")
		return
	}
	if b.unfit[recv] || b.misreadAtType(recv) {
		return // most likely the line that makes it a server
	}
	diag := b.errorf(d.Pos, d.End, annotate.CodeRouteOutsideServer, "api:route stands on a method of %s, which is no server type; add //api:server to the type", recv.Name())
	b.related(diag, recv.Pos(), "%s is declared here", recv.Name())
}

func receiver(fn *types.Func) *types.TypeName {
	recv := fn.Signature().Recv()
	if recv == nil {
		return nil
	}
	t := recv.Type()
	if ptr, ok := t.(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		return named.Obj()
	}
	return nil
}

// methodErrors hands the api:error lines of methods to their routes.
func (b *builder) methodErrors(byMethod map[*types.Func][]*route) {
	for _, d := range b.directives("error") {
		if d.Target != annotate.TargetMethod {
			continue
		}
		var name *ast.Ident
		if d.Func != nil {
			name = d.Func.Name
		} else if d.Field != nil && len(d.Field.Names) > 0 {
			name = d.Field.Names[0]
		}
		fn, _ := b.in.Info.Defs[name].(*types.Func)
		for _, r := range byMethod[fn] {
			r.errors = append(r.errors, d)
		}
	}
}

// finishRoute fills the model of a route.
func (b *builder) finishRoute(r *route) {
	d := r.d
	r.settings = r.server.settings.inherit()
	r.settings.apply(b, d, d.File)
	r.settings.check(b, d)
	m := &model.Route{
		GoMethod: r.node.name.Name,
		Method:   argText(d, "method"),
		Doc:      b.doc(b.in.Path, r.node.doc, r.node.comment),
		Pos:      b.pos(d.Pos),
		Tags:     r.settings.tags,

		Timeout: r.settings.timeout, MaxBytes: r.settings.maxBytes,
		RejectUnknown: r.settings.reject, NullsAbsent: r.settings.absent, AllowDots: r.settings.dots, Hidden: r.settings.hidden,
	}
	r.m = m
	b.routePath(r)
	b.routeSecurity(r)
	b.routeMiddleware(r)
	b.signature(r)
	b.credentialFields(r)
	b.statuses(r)
	b.routeErrors(r)
}

// routeIDs names the routes of a server; the name is part of exported
// identifiers, so that it must be unique.
func (b *builder) routeIDs(s *server) {
	taken := map[string]*route{}
	for _, r := range s.routes {
		r.m.ID = argText(r.d, "id")
		if r.m.ID == "" {
			r.m.ID = upperFirst(r.m.GoMethod)
		}
		if a := r.d.Arg("id"); a != nil && !token.IsIdentifier(r.m.ID) {
			b.errorf(a.Pos, a.End, annotate.CodeBadValue, "id=%s must be a Go identifier, because a constant is named after it", r.m.ID)
		}
		r.m.ID = upperFirst(r.m.ID)
		r.m.Const = "Route" + s.m.Field + r.m.ID
		if prev := taken[r.m.ID]; prev != nil {
			if prev.method == r.method && r.d.Arg("id") == nil {
				continue // seen by whoever read the file
			}
			diag := b.errorf(r.d.Pos, r.d.End, annotate.CodeDuplicateRouteID, "a second route of %s has the id %s; give it another with id=%s", s.m.GoName, r.m.ID, r.m.ID+"2")
			b.related(diag, prev.d.Pos, "the first stands here")
			continue
		}
		taken[r.m.ID] = r
	}
}

// routeConsts reports servers whose names run into the ids of their routes, so
// that two constants have one name: A and BC, AB and C.
func (b *builder) routeConsts(s *server, taken map[string]*route) {
	for _, r := range s.routes {
		prev := taken[r.m.Const]
		if prev == nil {
			taken[r.m.Const] = r
			continue
		}
		if prev.server != s {
			diag := b.errorf(r.d.Pos, r.d.End, annotate.CodeRouteConstClash, "the constant %s would be declared for a route of %s too; give this route another name with id=%s", r.m.Const, prev.server.m.GoName, r.m.ID+"2")
			b.related(diag, prev.d.Pos, "the other route stands here")
		}
	}
}

// statuses decides what may be answered: the first is the default.
func (b *builder) statuses(r *route) {
	if a := r.d.Arg("status"); a != nil {
		b.declaredStatuses(r, a)
	}
	if len(r.m.Statuses) > 0 {
		return
	}
	r.m.Statuses = []int{http.StatusOK}
	if r.m.Shape == model.ShapeTyped && r.m.Response == nil {
		r.m.Statuses = []int{http.StatusNoContent}
	}
}

func bodyless(status int) bool {
	return status == http.StatusNoContent || status == http.StatusResetContent || status == http.StatusNotModified
}

func (b *builder) declaredStatuses(r *route, a *annotate.Arg) {
	if r.m.Shape != model.ShapeTyped {
		b.errorf(a.Pos, a.End, annotate.CodeStatusBody, "status= does not act on %s, which writes its own answer; remove it", r.m.GoMethod)
		return
	}
	for _, v := range a.Values {
		r.m.Statuses = append(r.m.Statuses, int(v.Int))
	}
	if len(r.m.Statuses) == 0 || r.m.Response == nil {
		return
	}
	if n := r.m.Statuses[0]; bodyless(n) {
		v := a.Values[0]
		d := b.errorf(v.Pos, v.End, annotate.CodeStatusBody, "status %d has no body, but %s returns one; return only error", n, r.m.GoMethod)
		if n == http.StatusNoContent {
			d.Message += ", or list it second: status=200,204 answers a nil pointer with 204"
		}
	}
	for _, n := range r.m.Statuses[1:] {
		if n != http.StatusNoContent {
			b.errorf(a.Pos, a.End, annotate.CodeLaterResponse, "status %d beside %d needs a status: field in the response, which is not supported yet; list one status, and 204 for a nil response", n, r.m.Statuses[0])
		}
	}
}
