package build

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strconv"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// typeTable numbers the types of the model. A type enters once, whatever the
// number of places that name it.
type typeTable struct {
	b     *builder
	json  typeutil.Map // types.Type -> model.TypeID, as JSON carries it
	param typeutil.Map // types.Type -> model.TypeID, as a parameter carries it
	// request holds request structs whose JSON form nothing else asked for.
	request typeutil.Map
	bound   typeutil.Map // types.Type -> *request
	labels  map[string]int
	cache   typeutil.MethodSetCache
	goType  []types.Type // by TypeID
	depth   int          // levels since the last type with a name
}

func newTypeTable(b *builder) *typeTable {
	return &typeTable{b: b, labels: map[string]int{}}
}

// place says where in the source a type is asked for, for messages.
type place struct {
	pos, end token.Pos
	what     string // "field Name of LoginReq"
}

// jsonType returns the type as it travels in JSON.
func (t *typeTable) jsonType(typ types.Type, at place) model.TypeID {
	if id, ok := t.json.At(typ).(model.TypeID); ok {
		return id
	}
	mt := &model.Type{Elem: model.NoType, Key: model.NoType}
	id := t.enter(&t.json, typ, mt)
	defer t.descend(typ)()
	if t.depth > model.MaxDepth {
		mt.Kind = model.Any
		t.b.errorOnce(at.pos, annotate.CodeUnsupportedType, "%s has a type of more than %d levels inside each other; give those inside names of their own", at.what, model.MaxDepth)
		return id
	}
	t.fill(mt, typ, at)
	return id
}

// descend counts the levels since the last type with a name, and returns what
// takes the count back.
func (t *typeTable) descend(typ types.Type) func() {
	before := t.depth
	t.depth++
	if typeName(typ) != nil {
		t.depth = 0
	}
	return func() { t.depth = before }
}

// paramType returns the type as it travels in a parameter: a type with a text
// form uses it even when it has a JSON form of its own.
func (t *typeTable) paramType(typ types.Type, at place) model.TypeID {
	if !t.implementsText(typ) || isTime(typ) {
		return t.jsonType(typ, at)
	}
	id := t.jsonType(typ, at)
	if t.b.m.Types[id].Kind == model.Text {
		return id
	}
	if id, ok := t.param.At(typ).(model.TypeID); ok {
		return id
	}
	mt := &model.Type{Elem: model.NoType, Key: model.NoType}
	id = t.enter(&t.param, typ, mt)
	mt.Kind, mt.Unmarshal = model.Text, "UnmarshalText"
	return id
}

func (t *typeTable) enter(m *typeutil.Map, typ types.Type, mt *model.Type) model.TypeID {
	id := model.TypeID(len(t.b.m.Types))
	t.b.m.Types = append(t.b.m.Types, mt)
	t.goType = append(t.goType, typ)
	m.Set(typ, id)
	mt.ID = id
	mt.Go = t.b.typeExpr(typ)
	mt.Label = t.uniqueLabel(t.b.label(typ))
	if tn := typeName(typ); tn != nil {
		mt.Named = true
		mt.Doc = t.b.typeDoc(tn)
		mt.Pos = t.b.pos(tn.Pos())
	}
	return id
}

func (t *typeTable) uniqueLabel(label string) string {
	t.labels[label]++
	if n := t.labels[label]; n > 1 {
		return t.uniqueLabel(label + strconv.Itoa(n))
	}
	return label
}

// fill decides the kind of a type and describes its parts.
func (t *typeTable) fill(mt *model.Type, typ types.Type, at place) {
	b := t.b
	named, _ := types.Unalias(typ).(*types.Named)
	mt.IsZeroMethod = t.hasIsZero(typ)
	mt.Validate = t.validateForm(typ)
	if named != nil {
		if !b.canName(named.Obj(), at) {
			mt.Kind = model.Any
			return
		}
		if t.wellKnown(mt, named, at) {
			return
		}
	}
	if t.ownForm(mt, typ) { // structs without a name have the methods of what they embed
		return
	}
	switch u := typ.Underlying().(type) {
	case *types.Basic:
		t.basic(mt, u, at)
		mt.Enum = b.enumOf(named)
	case *types.Pointer:
		if _, ok := u.Elem().Underlying().(*types.Pointer); ok {
			b.errorf(at.pos, at.end, annotate.CodeUnsupportedType, "%s is a pointer to a pointer; one * is enough to tell absence from a value", at.what)
		}
		mt.Kind, mt.Elem = model.Pointer, t.jsonType(u.Elem(), at)
	case *types.Slice:
		t.slice(mt, u, at)
	case *types.Array:
		if isByte(u.Elem()) {
			mt.Kind, mt.Unmarshal, mt.Marshal = model.JSON, "UnmarshalJSONFrom", "MarshalJSONTo"
			return
		}
		mt.Kind, mt.Len, mt.Elem = model.Array, int(u.Len()), t.jsonType(u.Elem(), at)
	case *types.Map:
		t.mapType(mt, u, at)
	case *types.Struct:
		mt.Kind = model.Struct
		mt.InnerValidate = t.innerValidates(typ)
		t.carriesNothing(u, typ, at)
		mt.Fields = b.structFields(typ, u)
	case *types.Interface:
		t.iface(mt, u, at)
	default:
		b.errorf(at.pos, at.end, annotate.CodeUnsupportedType, "%s has type %s, which JSON cannot carry; use a struct, slice, map, string, number or bool", at.what, b.showType(typ))
		mt.Kind = model.Any
	}
}

// carriesNothing reports a struct that keeps all it has to itself, as type T
// time.Time does, whose methods T has not.
func (t *typeTable) carriesNothing(st *types.Struct, typ types.Type, at place) {
	for i := range st.NumFields() {
		if f := st.Field(i); f.Exported() || f.Embedded() || reflect.StructTag(st.Tag(i)).Get("json") != "" {
			return
		}
	}
	if st.NumFields() > 0 {
		t.b.errorf(at.pos, at.end, annotate.CodeUnsupportedType, "%s has type %s, whose fields are all unexported, so that JSON carries nothing of it; export what is to travel, give the type MarshalJSON and UnmarshalJSON, or use one of your own", at.what, t.b.showType(typ))
	}
}

func (t *typeTable) slice(mt *model.Type, u *types.Slice, at place) {
	if isByte(u.Elem()) {
		mt.Kind = model.Bytes
		return
	}
	mt.Kind, mt.Elem = model.Slice, t.jsonType(u.Elem(), at)
}

func (t *typeTable) mapType(mt *model.Type, u *types.Map, at place) {
	mt.Kind, mt.Key, mt.Elem = model.Map, t.jsonType(u.Key(), at), t.jsonType(u.Elem(), at)
	switch k := t.b.m.Types[mt.Key].Kind; k {
	case model.String, model.Text, model.Time,
		model.Int, model.Int8, model.Int16, model.Int32, model.Int64,
		model.Uint, model.Uint8, model.Uint16, model.Uint32, model.Uint64:
	case model.JSON:
		t.b.errorf(at.pos, at.end, annotate.CodeMapKey, "%s is a map with keys of type %s, which has a JSON form of its own, but a member name is text; use string keys, or a type whose only methods of the kind are MarshalText and UnmarshalText", at.what, t.b.showType(u.Key()))
	default:
		t.b.errorf(at.pos, at.end, annotate.CodeMapKey, "%s is a map with keys of type %s; keys must be strings, integers, or types with MarshalText and UnmarshalText", at.what, t.b.showType(u.Key()))
	}
}

func (t *typeTable) iface(mt *model.Type, u *types.Interface, at place) {
	mt.Kind = model.Any
	if u.NumMethods() > 0 || u.NumEmbeddeds() > 0 {
		t.b.errorf(at.pos, at.end, annotate.CodeLaterType, "%s is an interface with methods, which is not supported yet; use any or a struct", at.what)
	}
}

var basicKinds = map[types.BasicKind]model.Kind{
	types.Bool: model.Bool, types.String: model.String,
	types.Int: model.Int, types.Int8: model.Int8, types.Int16: model.Int16, types.Int32: model.Int32, types.Int64: model.Int64,
	types.Uint: model.Uint, types.Uint8: model.Uint8, types.Uint16: model.Uint16, types.Uint32: model.Uint32, types.Uint64: model.Uint64,
	types.Float32: model.Float32, types.Float64: model.Float64,
}

func (t *typeTable) basic(mt *model.Type, u *types.Basic, at place) {
	if u.Kind() == types.Invalid {
		mt.Kind = model.Any
		t.b.unresolved(at, nil)
		return
	}
	kind, ok := basicKinds[u.Kind()]
	if !ok {
		t.b.errorf(at.pos, at.end, annotate.CodeUnsupportedType, "%s has type %s, which JSON cannot carry; use a string, number or bool", at.what, u.Name())
		kind = model.Any
	}
	mt.Kind = kind
}

// wellKnown recognises the types that have a form of their own in every
// location.
func (t *typeTable) wellKnown(mt *model.Type, named *types.Named, at place) bool {
	switch {
	case isTime(named):
		mt.Kind = model.Time
	case isNamed(named, "time", "Duration"):
		mt.Kind = model.Duration
	case isNamed(named.Origin(), runtimePath, "Opt"):
		mt.Kind = model.Opt
		mt.Elem = t.jsonType(named.TypeArgs().At(0), at)
		switch t.b.m.Types[mt.Elem].Kind {
		case model.Opt, model.Pointer:
			t.b.errorf(at.pos, at.end, annotate.CodeUnsupportedType, "%s wraps a pointer in runtime.Opt, which tells absence and null apart by itself; drop the *", at.what)
		}
	default:
		return false
	}
	return true
}

// ownForm recognises types with methods that take their JSON or text over.
// json/v2 prefers JSON to text methods and its own forms to those of v1.
func (t *typeTable) ownForm(mt *model.Type, typ types.Type) bool {
	un := t.methodOf(typ, true, "UnmarshalJSONFrom", "UnmarshalJSON", "UnmarshalText")
	ma := t.methodOf(typ, true, "MarshalJSONTo", "MarshalJSON", "AppendText", "MarshalText")
	if un == "" && ma == "" {
		return false
	}
	mt.Unmarshal, mt.Marshal = un, ma
	text := (un == "UnmarshalText") && (ma == "MarshalText" || ma == "AppendText")
	if text {
		mt.Kind = model.Text
	} else {
		mt.Kind = model.JSON
		if un != "UnmarshalJSON" {
			mt.Unmarshal = "UnmarshalJSONFrom" // through json/v2, which knows every mixture
		}
		if ma != "MarshalJSON" {
			mt.Marshal = "MarshalJSONTo"
		}
	}
	if ma != "" {
		mt.MarshalPointer = t.methodOf(typ, false, ma) == ""
	}
	if mt.Kind == model.Text && mt.Marshal == "AppendText" && t.methodOf(typ, true, "MarshalText") != "" {
		mt.Marshal = "MarshalText"
	}
	return true
}

// methodOf returns the first of the methods that the type has with the
// signature its interface asks for, on a pointer receiver too when ptr is set.
func (t *typeTable) methodOf(typ types.Type, ptr bool, names ...string) string {
	if ptr {
		typ = types.NewPointer(typ)
	}
	ms := t.cache.MethodSet(typ)
	for _, name := range names {
		sel := ms.Lookup(nil, name)
		if sel == nil {
			continue
		}
		if sig, ok := sel.Type().(*types.Signature); ok && formSignature(name, sig) {
			return name
		}
	}
	return ""
}

// formSignature reports whether sig is what the marshaling interface with that
// method asks for.
func formSignature(name string, sig *types.Signature) bool {
	want := map[string]string{
		"UnmarshalJSON": "func([]byte) error", "UnmarshalText": "func([]byte) error",
		"MarshalJSON": "func() ([]byte, error)", "MarshalText": "func() ([]byte, error)",
		"AppendText":        "func([]byte) ([]byte, error)",
		"UnmarshalJSONFrom": "func(*jsontext.Decoder) error", "MarshalJSONTo": "func(*jsontext.Encoder) error",
	}[name]
	return bareSignature(sig) == want
}

// bareSignature spells a signature without parameter names.
func bareSignature(sig *types.Signature) string {
	strip := func(t *types.Tuple) *types.Tuple {
		vars := make([]*types.Var, t.Len())
		for i := range vars {
			vars[i] = types.NewParam(token.NoPos, nil, "", t.At(i).Type())
		}
		return types.NewTuple(vars...)
	}
	bare := types.NewSignatureType(nil, nil, nil, strip(sig.Params()), strip(sig.Results()), sig.Variadic())
	return types.TypeString(bare, func(p *types.Package) string { return p.Name() })
}

func (t *typeTable) implementsText(typ types.Type) bool {
	named, ok := types.Unalias(typ).(*types.Named)
	return ok && t.methodOf(named, true, "UnmarshalText") != ""
}

// hasIsZero reports whether omitzero asks the type itself, be the method its
// own, promoted, or that of its pointer.
func (t *typeTable) hasIsZero(typ types.Type) bool {
	sel := t.cache.MethodSet(types.NewPointer(typ)).Lookup(nil, "IsZero")
	if sel == nil {
		return false
	}
	sig, ok := sel.Type().(*types.Signature)
	return ok && bareSignature(sig) == "func() bool"
}

const (
	runtimePath = "github.com/apigen-go/apigen/runtime"
	authPath    = runtimePath + "/auth"
)

func isNamed(named *types.Named, path, name string) bool {
	obj := named.Obj()
	return obj.Pkg() != nil && obj.Pkg().Path() == path && obj.Name() == name
}

func isTime(typ types.Type) bool {
	named, ok := types.Unalias(typ).(*types.Named)
	return ok && isNamed(named, "time", "Time")
}

func isByte(typ types.Type) bool {
	basic, ok := types.Unalias(typ).(*types.Basic)
	return ok && basic.Kind() == types.Uint8
}

func typeName(typ types.Type) *types.TypeName {
	switch typ := typ.(type) {
	case *types.Alias:
		return typ.Obj()
	case *types.Named:
		return typ.Obj()
	}
	return nil
}

// posOf is where an expression stands, for messages.
func posOf(n ast.Node, what string) place {
	if n == nil {
		return place{what: what}
	}
	return place{n.Pos(), n.End(), what}
}

// requestType enters a request struct without describing its fields: they are
// bound one by one, and not all of them travel in JSON.
func (t *typeTable) requestType(typ types.Type) model.TypeID {
	if id, ok := t.json.At(typ).(model.TypeID); ok {
		return id
	}
	if id, ok := t.request.At(typ).(model.TypeID); ok {
		return id
	}
	mt := &model.Type{Elem: model.NoType, Key: model.NoType, Kind: model.Struct}
	id := t.enter(&t.request, typ, mt)
	mt.Validate = t.validateForm(typ)
	mt.InnerValidate = t.innerValidates(typ)
	return id
}

// paramOf returns the type of a parameter whose element was entered already.
func (t *typeTable) paramOf(typ types.Type, elem model.TypeID, at place) model.TypeID {
	elemType := t.goType[elem]
	if types.Identical(typ, elemType) {
		return elem
	}
	if t.json.At(elemType) == elem {
		return t.jsonType(typ, at)
	}
	// The element travels as text here and otherwise in JSON, so that what
	// wraps it is an entry of its own.
	if id, ok := t.param.At(typ).(model.TypeID); ok {
		return id
	}
	mt := &model.Type{Elem: elem, Key: model.NoType}
	id := t.enter(&t.param, typ, mt)
	switch typ.Underlying().(type) {
	case *types.Pointer:
		mt.Kind = model.Pointer
	case *types.Slice:
		mt.Kind = model.Slice
	default:
		mt.Kind = model.Opt
	}
	return id
}
