package build

import (
	"go/types"
	"net/http"
	"strings"

	"github.com/apigen-go/apigen/annotate"
	"github.com/apigen-go/apigen/gen/model"
)

// paramField describes a field that travels in the path, the query, a header
// or a cookie; nil when it was refused.
func (b *builder) paramField(owner types.Type, f rawField, in model.In) *model.Field {
	mf := b.newField(owner, f)
	mf.In = in
	v := f.tag.values[string(in)]
	words := splitWords(v)
	mf.Name = words[0].text
	if mf.Name == "" {
		b.errorOnce(v.pos, annotate.CodeTagSyntax, "the tag %s: needs a name; write %s:%q", in, in, lowerFirst(f.v.Name()))
		return nil
	}
	for _, w := range words[1:] {
		switch {
		case in == model.InPath && (w.text == "omitempty" || w.text == "omitzero"):
			b.errorOnce(w.pos, annotate.CodePathPresence, "%s is a path value, which is always present; remove %s", f.at.what, w.text)
		case w.text == "omitempty":
			mf.OmitEmpty = true
		case w.text == "omitzero":
			mf.OmitZero = true
		case w.text == "csv" && in != model.InPath:
			mf.CSV = true
		case in == model.InPath:
			b.errorOnce(w.pos, annotate.CodeUnknownOption, "the tag path: takes no options; remove %s", w.text)
		default:
			b.unknownOption(w, []string{"csv", "omitempty", "omitzero"}, "unknown option %q of the tag %s:", w.text, in)
		}
	}
	if !b.paramName(mf, v) || !b.paramShape(mf, f) {
		return nil
	}
	b.presence(mf, f)
	return mf
}

// paramName checks the name of a header or cookie.
func (b *builder) paramName(mf *model.Field, v tagValue) bool {
	if overridesMethod(mf) {
		b.errorOnce(v.at(0), annotate.CodeMethodOverride, "%s %q asks for another method than the one that proxies and middleware see; declare a route of that method", mf.In, mf.Name)
		return false
	}
	if mf.In != model.InHeader && mf.In != model.InCookie {
		return true
	}
	if strings.Trim(mf.Name, tokenChars) != "" {
		b.errorOnce(v.at(0), annotate.CodeFieldName, "%q is not a %s name (RFC 9110 section 5.6.2 allows letters, digits and !#$%%&'*+-.^_`|~)", mf.Name, mf.In)
		return false
	}
	if mf.In == model.InHeader {
		switch http.CanonicalHeaderKey(mf.Name) {
		case "Authorization":
			b.errorOnce(v.at(0), annotate.CodeReservedHeader, "a request does not read the header Authorization itself; write jwt=Auth on the server or route and take the claims as a parameter")
			return false
		case "Cookie":
			b.errorOnce(v.at(0), annotate.CodeReservedHeader, "a request does not read the header Cookie itself; write cookie:\"name\" for one cookie, or jwt= for a token")
			return false
		}
	}
	return true
}

// overridesMethod reports names by which clients ask for another method than
// the one they use.
func overridesMethod(mf *model.Field) bool {
	switch mf.In {
	case model.InHeader:
		switch http.CanonicalHeaderKey(mf.Name) {
		case "X-Http-Method-Override", "X-Method-Override", "X-Http-Method":
			return true
		}
	case model.InQuery:
		return mf.Name == "_method"
	}
	return false
}

func isByteSlice(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && isByte(s.Elem())
}

const tokenChars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~"

// paramShape checks that the type fits a parameter: a scalar, a list of them,
// or a pointer or Opt around one.
func (b *builder) paramShape(mf *model.Field, f rawField) bool {
	t := types.Unalias(f.v.Type())
	if mentionsInvalid(t) {
		b.unresolved(f.at, t)
		return false
	}
	list := false
	elem := t
	switch u := t.(type) {
	case *types.Pointer:
		elem = u.Elem()
	case *types.Named:
		if isNamed(u.Origin(), runtimePath, "Opt") {
			elem = u.TypeArgs().At(0)
		}
	}
	if isByteSlice(elem) && !b.types.implementsText(elem) {
		b.errorOnce(f.at.pos, annotate.CodeFieldType, "%s has type %s, which does not fit a %s parameter; use string, or a type with UnmarshalText that reads the encoding you want", f.at.what, b.showType(f.v.Type()), mf.In)
		return false
	}
	wrapped := elem != t
	if s, ok := elem.Underlying().(*types.Slice); ok && !b.types.implementsText(elem) {
		list, elem = true, s.Elem()
	}
	switch {
	case wrapped && list:
		b.errorOnce(f.at.pos, annotate.CodeFieldType, "%s is a pointer to a list; a list tells absence by being nil, drop the * or Opt", f.at.what)
		return false
	case wrapped && mf.In == model.InPath:
		b.errorOnce(f.at.pos, annotate.CodeFieldType, "%s is a path value, which is always present; use %s", f.at.what, b.showType(elem))
		return false
	case list && mf.In == model.InPath:
		b.errorOnce(f.at.pos, annotate.CodeFieldType, "%s is a list, but a path value is one; use string or a type with UnmarshalText", f.at.what)
		return false
	case list && mf.In == model.InCookie && !mf.CSV:
		b.errorOnce(f.at.pos, annotate.CodeFieldType, "%s is a list, but a cookie holds one value; write cookie:%q for a comma-separated one", f.at.what, mf.Name+",csv")
		return false
	case mf.CSV && !list:
		b.errorOnce(f.tag.option(string(mf.In), "csv").pos, annotate.CodeUnknownOption, "%s has the option csv, which is for lists; remove it", f.at.what)
		return false
	}
	elemID := b.types.paramType(elem, f.at)
	if k := b.m.Types[elemID].Kind; !k.Scalar() {
		b.errorOnce(f.at.pos, annotate.CodeFieldType, "%s has type %s, which does not fit a %s parameter; use a string, number, bool, time, a type with UnmarshalText, or a list of those", f.at.what, b.showType(f.v.Type()), mf.In)
		return false
	}
	mf.Type = b.types.paramOf(t, elemID, f.at)
	return true
}
