package build

import (
	"go/types"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// routeErrors reads the api:error lines of a route: those of the method before
// those of the server, each in source order; the first match answers.
func (b *builder) routeErrors(r *route) {
	seen := map[types.Object]*annotate.Directive{}
	for i, d := range append(append([]*annotate.Directive(nil), r.errors...), r.server.errors...) {
		e, obj, ok := b.routeError(d)
		if !ok {
			continue
		}
		if obj != nil {
			if prev := seen[obj]; prev != nil {
				// A method may say otherwise than its server; two lines on one
				// level cannot both act.
				if i < len(r.errors) {
					diag := b.errorf(d.Pos, d.End, annotate.CodeErrorTwice, "%s is declared twice for this route and only the first line acts; remove one", obj.Name())
					b.related(diag, prev.Pos, "the first stands here")
				}
				continue
			}
			seen[obj] = d
		}
		r.m.Errors = append(r.m.Errors, e)
	}
}

func (b *builder) routeError(d *annotate.Directive) (model.Error, types.Object, bool) {
	e := model.Error{Code: argText(d, "code"), Detail: argText(d, "detail"), Pos: b.pos(d.Pos)}
	a := d.Arg("status")
	if a == nil || len(a.Values) == 0 {
		return e, nil, false
	}
	e.Status = int(a.Values[0].Int)
	name := d.Arg("error")
	if name == nil || len(name.Values) == 0 {
		return e, nil, true
	}
	v := name.Values[0]
	if b.broken[v.Pos] {
		return e, nil, false
	}
	obj := b.resolve(d.File, v)
	if obj == nil {
		b.broken[v.Pos] = true
		return e, nil, false
	}
	if e.Code == "" {
		e.Code = errorCode(obj.Name())
	}
	return e, obj, b.errorMatch(&e, obj, v)
}

// errorCode is the name without Err or Error in snake case.
func errorCode(name string) string {
	base := strings.TrimPrefix(strings.TrimPrefix(name, "Err"), "err")
	if base == "" || base[0] >= 'a' && base[0] <= 'z' {
		base = name // Erratic, errand
	}
	if short := strings.TrimSuffix(base, "Error"); short != "" {
		base = short
	}
	return snake(base)
}

// errorMatch decides how a returned error is recognised.
func (b *builder) errorMatch(e *model.Error, obj types.Object, v annotate.Value) bool {
	iface := types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
	switch obj := obj.(type) {
	case *types.Var:
		if mentionsInvalid(obj.Type()) || types.Implements(obj.Type(), iface) {
			// A variable whose initialiser cannot be resolved yet is taken on
			// trust: the compiler sees it.
			e.Match, e.Expr = "is", b.objectExpr(obj)
			return true
		}
		b.errorOnce(v.Pos, annotate.CodeErrorValue, "%s has type %s, which is no error; name a variable such as var ErrNotFound = errors.New(...), or an error type", v.Text, b.showType(obj.Type()))
		return false
	case *types.TypeName:
		return b.errorType(e, obj, v, iface)
	}
	b.errorOnce(v.Pos, annotate.CodeErrorValue, "%s is neither a variable nor a type; name a variable such as var ErrNotFound = errors.New(...), or an error type", v.Text)
	return false
}

// errorType recognises a type by errors.As, as a value where the value is an
// error and by pointer otherwise.
func (b *builder) errorType(e *model.Error, tn *types.TypeName, v annotate.Value, iface *types.Interface) bool {
	t := tn.Type()
	switch {
	case types.Implements(t, iface):
	case types.Implements(types.NewPointer(t), iface):
		t = types.NewPointer(t)
	default:
		b.errorOnce(v.Pos, annotate.CodeErrorValue, "type %s is no error; give it a method: func (%s) Error() string", v.Text, v.Text)
		return false
	}
	e.Match, e.Expr = "as", b.typeExpr(t)
	if st, ok := tn.Type().Underlying().(*types.Struct); ok {
		b.errorFields(e, tn.Type(), st)
	}
	return true
}

// errorFields lists the fields of an error type that a client sees: those with
// a header: or json: tag.
func (b *builder) errorFields(e *model.Error, owner types.Type, st *types.Struct) {
	for _, f := range b.flatten(b.showType(owner), st, func(t fieldTag) bool { return t.jsonName != "" || placed(t) }) {
		switch {
		case !f.v.Exported() || f.tag.skip:
		case f.tag.has("header"):
			if mf := b.paramField(owner, f, model.InHeader); mf != nil {
				b.neverRead(mf)
				e.Fields = append(e.Fields, mf)
			}
		case f.tag.has("json"):
			b.checkJSONOptions(f)
			mf := b.memberField(owner, f)
			switch mf.Name {
			case "type", "title", "status", "code", "detail", "errors", "truncated", "instance":
				b.errorOnce(f.at.pos, annotate.CodeDuplicateName, "%s would take the member %q of the problem document; give it another json: name", f.at.what, mf.Name)
				continue
			}
			b.neverRead(mf)
			e.Fields = append(e.Fields, mf)
		}
	}
}
