package build

import (
	"go/token"
	"go/types"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// hooks reads api:problem and api:envelope, each at most once a package.
func (b *builder) hooks() {
	if d := b.onlyOne("problem", annotate.CodeTwoProblems); d != nil {
		b.problem(d)
	}
	if d := b.onlyOne("envelope", annotate.CodeTwoEnvelopes); d != nil {
		b.envelopeType(d)
	}
}

func (b *builder) onlyOne(name, code string) *annotate.Directive {
	var first *annotate.Directive
	for _, d := range b.directives(name) {
		switch {
		case d.Type == nil:
		case first == nil:
			first = d
		default:
			diag := b.errorf(d.Pos, d.End, code, "a package has at most one api:%s, which all its answers share; keep one", name)
			b.related(diag, first.Pos, "the first stands here")
		}
	}
	return first
}

// problem checks the service's own error body: a struct whose pointer has
// FromProblem(context.Context, *runtime.Problem).
func (b *builder) problem(d *annotate.Directive) {
	tn, ok := b.in.Info.Defs[d.Type.Name].(*types.TypeName)
	if !ok {
		return
	}
	at := posOf(d.Type.Name, tn.Name())
	named, ok := types.Unalias(tn.Type()).(*types.Named)
	if _, isStruct := tn.Type().Underlying().(*types.Struct); !ok || !isStruct || named.TypeParams().Len() > 0 {
		b.errorf(at.pos, at.end, annotate.CodeProblemShape, "api:problem type %s must be a struct without type parameters; write type %s struct { ... }", tn.Name(), tn.Name())
		return
	}
	sel := b.types.cache.MethodSet(types.NewPointer(named)).Lookup(nil, "FromProblem")
	if sel == nil {
		b.errorf(at.pos, at.end, annotate.CodeProblemShape, "api:problem type %s has no method FromProblem; write func (p *%s) FromProblem(ctx context.Context, from *runtime.Problem)", tn.Name(), tn.Name())
		return
	}
	if m := sel.Obj(); m.Pkg() == b.in.Types { // else it is promoted from what is embedded
		at.pos, at.end = m.Pos(), m.Pos()+token.Pos(len(m.Name()))
	}
	sig := sel.Type().(*types.Signature)
	if bareSignature(sig) != "func(context.Context, *runtime.Problem)" {
		b.errorf(at.pos, at.end, annotate.CodeProblemShape, "method FromProblem of api:problem type %s is %s; write func (p *%s) FromProblem(ctx context.Context, from *runtime.Problem)", tn.Name(), bareSignature(sig), tn.Name())
		return
	}
	if _, ok := sel.Obj().(*types.Func).Signature().Recv().Type().(*types.Pointer); !ok {
		b.errorf(at.pos, at.end, annotate.CodeProblemShape, "method FromProblem of api:problem type %s fills a copy; write func (p *%s) FromProblem(ctx context.Context, from *runtime.Problem)", tn.Name(), tn.Name())
		return
	}
	b.m.Problem = &model.Problem{Type: b.types.jsonType(named, at), Pos: b.pos(d.Pos)}
}

// envelope is the generic type that answers are written inside.
type envelope struct {
	d     *annotate.Directive
	named *types.Named
	field string // of type T
	// others are the members that come from their defaults.
	others []rawField
}

func (b *builder) envelopeType(d *annotate.Directive) {
	tn, ok := b.in.Info.Defs[d.Type.Name].(*types.TypeName)
	if !ok {
		return
	}
	at := posOf(d.Type.Name, tn.Name())
	named, ok := types.Unalias(tn.Type()).(*types.Named)
	if !ok || named.TypeParams().Len() != 1 || !isStruct(named) || !isAnyConstraint(named.TypeParams().At(0)) {
		b.errorf(at.pos, at.end, annotate.CodeEnvelopeShape, "api:envelope type %s must be a generic struct of one parameter; write type %s[T any] struct { Data T `json:\"data\"` }", tn.Name(), tn.Name())
		return
	}
	e := &envelope{d: d, named: named}
	st := named.Underlying().(*types.Struct)
	param := named.TypeParams().At(0)
	for _, f := range b.flatten(tn.Name(), st, func(t fieldTag) bool { return t.jsonName != "" }) {
		switch {
		case !f.v.Exported() || f.tag.skip:
		case types.Identical(f.v.Type(), param):
			if e.field != "" {
				b.errorf(f.at.pos, f.at.end, annotate.CodeEnvelopeShape, "%s is a second field of type %s, but the answer stands in one", f.at.what, param.Obj().Name())
			}
			e.field = f.v.Name()
		default:
			e.others = append(e.others, f)
		}
	}
	if e.field == "" {
		b.errorf(at.pos, at.end, annotate.CodeEnvelopeShape, "api:envelope type %s has no exported field of type %s to hold the answer; add Data %s `json:\"data\"`", tn.Name(), param.Obj().Name(), param.Obj().Name())
		return
	}
	b.envelope = e
}

func isStruct(t types.Type) bool {
	_, ok := t.Underlying().(*types.Struct)
	return ok
}

func isAnyConstraint(p *types.TypeParam) bool {
	iface, ok := p.Constraint().Underlying().(*types.Interface)
	return ok && iface.Empty()
}

// wrap instantiates the envelope for a response.
func (b *builder) wrap(t types.Type, at place) *model.Envelope {
	inst, err := types.Instantiate(nil, b.envelope.named, []types.Type{t}, true)
	if err != nil {
		b.errorf(at.pos, at.end, annotate.CodeEnvelopeShape, "%s does not fit the envelope %s: %v", at.what, b.envelope.named.Obj().Name(), err)
		return nil
	}
	env := &model.Envelope{Type: b.types.jsonType(inst, at), Field: b.envelope.field}
	for _, f := range b.envelope.others {
		v, ok := f.tag.values["default"]
		if !ok {
			continue // the zero value of its type
		}
		id := b.types.jsonType(f.v.Type(), f.at)
		lit, problem := b.literal(b.m.Types[id], v.text, nil)
		if problem != "" {
			continue // reported where the field was read
		}
		env.Defaults = append(env.Defaults, model.Default{Field: f.v.Name(), Value: lit})
	}
	return env
}
