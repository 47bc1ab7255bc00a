package build

import (
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// claimsType is what an api:claims directive declares.
type claimsType struct {
	d      *annotate.Directive
	typ    types.Type // nil when the type was refused
	places []model.Place
	// required lists the claims that must be present.
	required []string
}

// collectClaims reads the api:claims directives of the package.
func (b *builder) collectClaims() {
	for _, d := range b.directives("claims") {
		if d.Type == nil || d.Arg("scheme") == nil {
			continue
		}
		name := argText(d, "scheme")
		if prev := b.claims[name]; prev != nil {
			v := d.Arg("scheme").Values[0]
			diag := b.errorf(v.Pos, v.End, annotate.CodeTwoClaims, "scheme %s has a claims type already; give this one another scheme name, or put the fields of both into one type", name)
			b.related(diag, prev.d.Pos, "the first stands here")
			continue
		}
		c := &claimsType{d: d, places: placesOf(d)}
		b.claims[name] = c
		b.placesDiffer(d)
		if tn, ok := b.in.Info.Defs[d.Type.Name].(*types.TypeName); ok {
			b.checkClaims(c, d, tn)
		}
		s := b.scheme(name, d.Pos)
		s.Issues = true
		b.describeScheme(s, c)
	}
}

func (b *builder) describeScheme(s *model.Scheme, c *claimsType) {
	s.Places, s.RequiredClaims = c.places, c.required
	if c.typ != nil {
		s.Claims = b.typeExpr(c.typ)
		b.describeReader(s, c.typ)
	}
}

func (b *builder) scheme(name string, pos token.Pos) *model.Scheme {
	s := b.schemes[name]
	if s == nil {
		s = &model.Scheme{Name: name, Pos: b.pos(pos)}
		b.schemes[name] = s
	}
	return s
}

// checkClaims checks that a claims type is a struct that embeds auth.Claims
// once, at depth one, and leaves the registered names alone.
func (b *builder) checkClaims(c *claimsType, d *annotate.Directive, tn *types.TypeName) {
	at := posOf(d.Type.Name, tn.Name())
	if !b.certain(tn, posOf(d.Type.Name, "api:claims")) {
		return
	}
	named, ok := tn.Type().(*types.Named)
	st, isStruct := tn.Type().Underlying().(*types.Struct)
	if !ok || !isStruct || named.TypeParams().Len() > 0 {
		b.errorf(at.pos, at.end, annotate.CodeClaimsShape, "claims type %s must be a struct that embeds auth.Claims; write type %s struct { auth.Claims; ... }", tn.Name(), tn.Name())
		return
	}
	if b.embedsClaims(st, at) && b.leavesForm(named, at) {
		c.typ = named
		b.allowedMethod(named, at)
		b.customClaims(c, named, st)
	}
}

// leavesForm refuses methods that would read or write the registered claims in
// place of auth.Claims.
func (b *builder) leavesForm(named *types.Named, at place) bool {
	method := b.types.methodOf(named, true, "UnmarshalJSONFrom", "UnmarshalJSON", "UnmarshalText",
		"MarshalJSONTo", "MarshalJSON", "AppendText", "MarshalText")
	if method == "" {
		return true
	}
	b.errorf(at.pos, at.end, annotate.CodeClaimsShape, "claims type %s has the method %s, which would decide what exp and the other registered claims mean; move it to the type of a field, or give the embedded type it comes from a field name", at.what, method)
	return false
}

func (b *builder) embedsClaims(st *types.Struct, at place) bool {
	direct, deeper := 0, false
	for i := range st.NumFields() {
		f := st.Field(i)
		if !f.Embedded() {
			continue
		}
		t := types.Unalias(f.Type())
		if ptr, ok := t.(*types.Pointer); ok {
			t = types.Unalias(ptr.Elem())
			if isAuthClaims(t) {
				b.errorf(f.Pos(), token.NoPos, annotate.CodeClaimsShape, "claims type %s embeds *auth.Claims; embed auth.Claims itself", at.what)
				return false
			}
		}
		switch inner, _ := t.Underlying().(*types.Struct); {
		case isAuthClaims(t):
			if _, tagged := reflect.StructTag(st.Tag(i)).Lookup("json"); tagged {
				b.errorf(f.Pos(), token.NoPos, annotate.CodeClaimsShape, "claims type %s embeds auth.Claims with a json: tag, but its members are those of the token itself; remove the tag", at.what)
				return false
			}
			direct++
		case inner != nil && containsClaims(inner):
			deeper = true
		}
	}
	switch {
	case direct == 1 && !deeper:
		return true
	case direct == 0 && !deeper:
		b.errorf(at.pos, at.end, annotate.CodeClaimsShape, "claims type %s does not embed auth.Claims (package %q); add the line auth.Claims to the struct", at.what, authPath)
	default:
		b.errorf(at.pos, at.end, annotate.CodeClaimsShape, "claims type %s must embed auth.Claims once and directly, not inside another embedded struct", at.what)
	}
	return false
}

func containsClaims(st *types.Struct) bool {
	for i := range st.NumFields() {
		f := st.Field(i)
		if !f.Embedded() {
			continue
		}
		t := types.Unalias(f.Type())
		if isAuthClaims(t) {
			return true
		}
		if inner, ok := t.Underlying().(*types.Struct); ok && containsClaims(inner) {
			return true
		}
	}
	return false
}

func isAuthClaims(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && isNamed(named, authPath, "Claims")
}

// registeredClaims are names a custom claim may not take: those of auth.Claims
// (RFC 7519 section 4.1, RFC 8693 section 4.2) and the key binding of RFC 7800.
var registeredClaims = []string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "scope", "cnf"}

func (b *builder) customClaims(c *claimsType, owner types.Type, st *types.Struct) {
	fields := b.flatten(b.showType(owner), st, func(t fieldTag) bool { return t.jsonName != "" })
	for _, f := range fields {
		if f.tag.skip || !f.v.Exported() || f.v.Pkg() != nil && f.v.Pkg().Path() == authPath {
			continue
		}
		name := f.jsonName()
		if slices.Contains(registeredClaims, name) {
			b.errorf(f.at.pos, f.at.end, annotate.CodeReservedClaim, "%s takes the registered claim %q; use the field of auth.Claims, or give yours another json: name", f.at.what, name)
			continue
		}
		mf := b.memberField(owner, f)
		if b.valueType(mf.Type).Kind == model.Duration {
			b.errorf(f.at.pos, f.at.end, annotate.CodeClaimType, "%s is a time.Duration, which has no form in a token; use int64 seconds", f.at.what)
		}
		b.claimRules(f)
		b.wholeClaim(mf)
		if mf.Required && b.saysRequired(f) {
			c.required = append(c.required, name)
		}
	}
}

func (b *builder) saysRequired(f rawField) bool {
	v, ok := f.tag.values["validate"]
	if !ok {
		return false
	}
	return slices.ContainsFunc(annotate.ParseRules(v.text), func(r annotate.RuleSyntax) bool { return r.Name == "required" })
}

// claimRules refuses rules and defaults that nothing would apply to a token.
func (b *builder) claimRules(f rawField) {
	if v, ok := f.tag.values["default"]; ok {
		b.errorOnce(v.pos, annotate.CodeClaimType, "%s is a claim, which has no default; remove the tag", f.at.what)
	}
	v, ok := f.tag.values["validate"]
	if !ok {
		return
	}
	for _, r := range annotate.ParseRules(v.text) {
		if r.Name != "required" && slices.Contains(builtRules, r.Name) {
			b.errorOnce(v.at(r.Offset), annotate.CodeLaterRule, "rule %s on a claim is not supported yet; keep required, or check it in a Validate method of the claims type", r.Name)
		}
	}
}

// routeSecurity resolves the scheme of a route.
func (b *builder) routeSecurity(r *route) {
	s := r.settings
	r.m.Security.Cleared = s.cleared
	if s.scheme == nil {
		return
	}
	name := s.scheme.value.Text
	b.uses[name]++
	if !b.useScheme(s.scheme) {
		return
	}
	r.m.Security.Optional = s.optional
	r.m.Security.Alternatives = []model.Alternative{{Scheme: name, Scopes: s.scopes}}
}

// useScheme enters the scheme a jwt= names into the model.
func (b *builder) useScheme(rf *ref) bool {
	v := rf.value
	if v.Qual == "" && v.Pkg == "" {
		s := b.scheme(v.Text, v.Pos)
		s.Used = true
		if b.claims[v.Text] == nil {
			s.Issues = true // without a claims type the issuer stands where the scheme is used
		}
		return true
	}
	c, ok := b.foreignClaims(rf)
	if !ok {
		return false
	}
	if b.claims[v.Text] != nil && b.claims[v.Text] != c {
		b.errorOnce(v.Pos, annotate.CodeSimilarSchemes, "scheme %s of another package and scheme %s of this one have the same name, but Config has one field for it; rename one", v.Text, v.Text)
		return false
	}
	b.claims[v.Text] = c
	s := b.scheme(v.Text, v.Pos)
	s.Used = true
	b.describeScheme(s, c)
	return true
}

// foreignClaims finds the claims type that another package declares for a
// scheme.
func (b *builder) foreignClaims(rf *ref) (*claimsType, bool) {
	v := rf.value
	var pkg *types.Package
	if v.Pkg != "" {
		pkg = b.importPath(v.Pkg)
	} else {
		pkg = b.importNamed(rf.file, v.Qual)
	}
	if pkg == nil {
		b.errorOnceAt(v, func() { b.lookupIn(rf.file, nil, v) })
		return nil, false
	}
	key := pkg.Path() + "." + v.Text
	if c := b.foreign[key]; c != nil {
		return c, true
	}
	var other *Input
	if b.in.Lookup != nil {
		other = b.in.Lookup(pkg.Path())
	}
	if other == nil && b.notImported(rf.file, pkg, v) {
		return nil, false
	}
	if other == nil {
		b.errorOnce(v.Pos, annotate.CodeLaterValue, "package %q belongs to another module, and schemes of other modules are not supported yet; declare the claims type with //api:claims %s in this module", pkg.Path(), v.Text)
		return nil, false
	}
	for _, d := range other.Directives {
		if d.Name != "claims" || argText(d, "scheme") != v.Text || d.Type == nil {
			continue
		}
		tn, _ := pkg.Scope().Lookup(d.Type.Name.Name).(*types.TypeName)
		if tn == nil || !tn.Exported() {
			b.errorOnce(v.Pos, annotate.CodeUnknownScheme, "the claims type %s of scheme %s is not exported by package %q; export it", d.Type.Name.Name, v.Text, pkg.Path())
			return nil, false
		}
		c := &claimsType{d: d, typ: tn.Type(), places: placesOf(d)}
		if st, ok := tn.Type().Underlying().(*types.Struct); ok {
			b.foreignRequired(c, st)
		}
		b.foreign[key] = c
		return c, true
	}
	b.unknownScheme(pkg.Path(), other, v)
	return nil, false
}

// unknownScheme reports a scheme that another package does not declare.
func (b *builder) unknownScheme(path string, other *Input, v annotate.Value) {
	if other.Unparsed {
		b.errorOnce(v.Pos, annotate.CodeUnknownScheme, "package %q has a syntax error, so that its scheme %s is not known; mend that first", path, v.Text)
		return
	}
	var known []string
	for _, d := range other.Directives {
		if d.Name == "claims" {
			known = append(known, argText(d, "scheme"))
		}
	}
	d := b.errorOnce(v.Pos, annotate.CodeUnknownScheme, "package %q declares no scheme %s", path, v.Text)
	if !b.suggest(d, nameOf(v), known) && d != nil {
		d.Message += "; put //api:claims " + v.Text + " on its claims type"
	}
}

// foreignRequired repeats only what the scheme needs: the package itself is
// where its mistakes are reported.
func (b *builder) foreignRequired(c *claimsType, st *types.Struct) {
	for _, f := range b.flatten("", st, func(t fieldTag) bool { return t.jsonName != "" }) {
		if f.v.Exported() && !f.tag.skip && b.saysRequired(f) {
			c.required = append(c.required, f.jsonName())
		}
	}
}

func (b *builder) errorOnceAt(v annotate.Value, report func()) {
	if !b.broken[v.Pos] {
		b.broken[v.Pos] = true
		report()
	}
}

// isClaims reports whether t is meant as a claims parameter.
func (b *builder) isClaims(t types.Type) bool {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return false
	}
	if isAuthClaims(ptr.Elem()) {
		return true
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	return ok && containsClaims(st)
}

// claimsParam checks a claims parameter against the scheme of the route.
func (b *builder) claimsParam(r *route, t types.Type, at place) {
	if len(r.m.Security.Alternatives) == 0 {
		if r.settings.scheme == nil && !r.d.Broken && !r.server.broken { // else jwt= may be what is broken
			scheme, ok := b.schemeOf(t)
			if !ok {
				scheme = "Auth"
			}
			b.errorf(at.pos, at.end, annotate.CodeClaimsOnOpenRoute, "handler %s takes the claims %s, but its route is open; add jwt=%s to the route or its server, or drop the parameter", r.m.GoMethod, b.showType(t), scheme)
		}
		return
	}
	r.m.Claims = true
	name := r.m.Security.Alternatives[0].Scheme
	want := "*auth.Claims"
	elem := types.Unalias(t).(*types.Pointer).Elem()
	if c := b.claims[name]; c != nil {
		if c.typ == nil || types.Identical(elem, c.typ) {
			return
		}
		want = "*" + b.showType(c.typ)
	} else if isAuthClaims(elem) {
		return
	}
	if s, ok := b.schemeOf(t); ok && s != name {
		d := b.errorf(at.pos, at.end, annotate.CodeClaimsMismatch, "handler %s takes the claims %s, which are those of scheme %s, but its route has jwt=%s; write jwt=%s there, or %s here", r.m.GoMethod, b.showType(t), s, name, s, want)
		b.related(d, r.d.Pos, "the route stands here")
		if c := b.claims[name]; c != nil {
			b.related(d, c.d.Pos, "scheme %s is declared here", name)
		}
		return
	}
	d := b.errorf(at.pos, at.end, annotate.CodeClaimsMismatch, "handler %s takes the claims %s, but scheme %s has %s; write %s", r.m.GoMethod, b.showType(t), name, want, want)
	if c := b.claims[name]; c != nil {
		b.related(d, c.d.Pos, "scheme %s is declared here", name)
	}
}

// schemeOf returns how a directive of this package names the scheme whose claims
// have type t.
func (b *builder) schemeOf(t types.Type) (scheme string, ok bool) {
	ptr, ok := types.Unalias(t).(*types.Pointer)
	if !ok {
		return "", false
	}
	tn := typeName(ptr.Elem())
	if tn == nil || tn.Pkg() == nil || isAuthClaims(ptr.Elem()) {
		return "", false
	}
	in, qualifier := &b.in, ""
	if tn.Pkg().Path() != b.in.Path {
		if in = b.in.lookup(tn.Pkg().Path()); in == nil {
			return "", false
		}
		qualifier = tn.Pkg().Name() + "."
	}
	for _, d := range in.Directives {
		if d.Name == "claims" && d.Type != nil && d.Type.Name.Name == tn.Name() {
			return qualifier + argText(d, "scheme"), true
		}
	}
	return "", false
}

// lessLikely reports whether of two schemes x is the slip of the pen: fewer
// routes use it, or as many and it stands later.
func (b *builder) lessLikely(x, y string) bool {
	if b.uses[x] != b.uses[y] {
		return b.uses[x] < b.uses[y]
	}
	p, q := b.schemes[x].Pos, b.schemes[y].Pos
	return p.File == q.File && (p.Line > q.Line || p.Line == q.Line && p.Col > q.Col)
}

// finishSchemes puts the schemes into the model and reports names that are
// easily confused.
func (b *builder) finishSchemes() {
	names := slices.Sorted(maps.Keys(b.schemes))
	for i, x := range names {
		b.m.Schemes = append(b.m.Schemes, b.schemes[x])
		for _, y := range names[i+1:] {
			if b.claims[x] != nil && b.claims[y] != nil || !annotate.Similar(x, y) {
				continue
			}
			suspect, other := y, x
			if b.claims[y] != nil || b.claims[x] == nil && b.lessLikely(x, y) {
				suspect, other = x, y
			}
			d := annotate.Diagnostic{Code: annotate.CodeSimilarSchemes, Pos: tokenPosition(b.schemes[suspect].Pos), End: tokenPosition(b.schemes[suspect].Pos)}
			d.Message = "scheme " + suspect + " is nearly scheme " + other + "; write jwt=" + other + ", or give both a claims type where two schemes are meant"
			d.Related = []annotate.Related{{Pos: tokenPosition(b.schemes[other].Pos), Message: "scheme " + other + " stands here"}}
			b.diags = append(b.diags, d)
		}
	}
}
