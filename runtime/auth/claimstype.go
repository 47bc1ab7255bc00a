package auth

import (
	"cmp"
	"encoding"
	"fmt"
	"reflect"

	"github.com/go-json-experiment/json"
)

// probe is a payload with every registered claim, each with a value of its own.
const probe = `{"iss":"i","sub":"s","aud":["a"],"exp":3,"nbf":2,"iat":1,"jti":"j","scope":"x"}`

// checkClaimsType reports an error when not all that a token says in registered
// claims reaches the Claims in T, or when T could say something else there than
// its issuer set. Checks would see nothing, or what the application made of it.
func checkClaimsType[T any, P ClaimsOf[T]]() error {
	t := reflect.TypeFor[T]()
	if method := cmp.Or(ownForm(t, readForms), ownForm(t, writeForms)); method != "" { //check:claims-methods
		return fmt.Errorf("claims type %s: expected no method %s, which would decide what exp and the other "+
			"registered claims mean: move it to the type of a field, or give an embedded type that has it a field name", t, method)
	}
	if embedsPointer(t) || !reachesClaims[T, P]() { //check:claims-type
		return fmt.Errorf("claims type %s: expected auth.Claims embedded by value, without a tag, "+
			"and no field of its own that takes one of its claims "+
			"(iss, sub, aud, exp, nbf, iat, jti, scope)", t)
	}
	return nil
}

// readForms and writeForms are the methods that the JSON package calls instead of
// looking at what a type is made of.
var (
	readForms = []reflect.Type{
		reflect.TypeFor[json.UnmarshalerFrom](),
		reflect.TypeFor[json.Unmarshaler](),
		reflect.TypeFor[encoding.TextUnmarshaler](),
	}
	writeForms = []reflect.Type{
		reflect.TypeFor[json.MarshalerTo](),
		reflect.TypeFor[json.Marshaler](),
		reflect.TypeFor[encoding.TextAppender](),
		reflect.TypeFor[encoding.TextMarshaler](),
	}
)

// ownForm returns the name of the first method of forms that t or its pointer has,
// promoted ones included; empty for none.
func ownForm(t reflect.Type, forms []reflect.Type) string {
	for _, form := range forms {
		if reflect.PointerTo(t).Implements(form) {
			return form.Method(0).Name
		}
	}
	return ""
}

// embedsPointer reports whether a pointer that may be nil leads to the Claims of
// t, which is a struct.
func embedsPointer(t reflect.Type) bool {
	claims := reflect.TypeFor[interface{ registered() *Claims }]()
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous && f.Type.Kind() != reflect.Struct && f.Type.Implements(claims) {
			return true
		}
	}
	return false
}

func reachesClaims[T any, P ClaimsOf[T]]() bool {
	c := new(T)
	if fail := unmarshalClaims([]byte(probe), c); fail != nil {
		return false
	}
	return sameClaims(P(c).registered(), &Claims{"i", "s", Audience{"a"}, 3, 2, 1, "j", Scopes{"x"}})
}
