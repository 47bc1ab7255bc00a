package auth

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// decodeClaims reads the JSON text of claims into c. Decimal strings for int64
// values and lists of scopes are rare, and looking out for them is not for free:
// lenient, which does, is used when decoding without it failed, and is nil when T has
// no such values.
func decodeClaims[T any](text []byte, c *T, lenient json.Options) *Error {
	fail := unmarshalClaims(text, c)
	if fail == nil || fail.Code != CodeClaims || lenient == nil {
		return fail
	}
	*c = *new(T)
	return unmarshalClaims(text, c, lenient)
}

// unmarshalClaims compares names with their case, refuses repeated names and
// invalid UTF-8 (RFC 7519 section 4), leaves zero for null, and ignores unknown
// claims.
func unmarshalClaims(text []byte, c any, options ...json.Options) *Error {
	if firstByte(text) != '{' { //check:payload-object
		return refuse(CodeMalformed, "the payload is not a JSON object")
	}
	err := json.Unmarshal(text, c, options...)
	if err == nil {
		return nil
	}
	semantic, ok := errors.AsType[*json.SemanticError](err)
	if !ok {
		return refuse(CodeMalformed, "the payload is not valid JSON with unique names")
	}
	return refuse(CodeClaims, "claim "+claimName(semantic.JSONPointer)+" does not have the type it needs")
}

// claimName returns the quoted name of the claim that p leads into. The name of a
// claim may be shown; its value never is.
func claimName(p jsontext.Pointer) string {
	for name := range p.Tokens() {
		return strconv.QuoteToASCII(name[:min(len(name), 64)])
	}
	return `""`
}

func firstByte(text []byte) byte {
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) == 0 {
		return 0
	}
	return text[0]
}

// lenientInts returns the functions with which the int64 values of the claims type t
// take a decimal string as well, because other languages cannot write large ones
// as numbers; nil when t has none.
func lenientInts(t reflect.Type) *json.Unmarshalers {
	plain, named := int64Kinds(t, make(map[reflect.Type]bool))
	switch {
	case named:
		return json.UnmarshalFromFunc(unmarshalNamedInt64)
	case plain:
		return json.UnmarshalFromFunc(unmarshalInt64)
	default:
		return nil
	}
}

var errInt64 = errors.New("expected an integer of 64 bits, as a number or a decimal string")

func unmarshalInt64(dec *jsontext.Decoder, v *int64) error {
	text, err := dec.ReadValue()
	if err != nil {
		return err
	}
	if string(text) == "null" {
		*v = 0
		return nil
	}
	if len(text) >= 2 && text[0] == '"' {
		text = text[1 : len(text)-1]
	}
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || !isCanonicalInt(text) {
		return errInt64
	}
	*v = n
	return nil
}

// isCanonicalInt reports whether text, which ParseInt takes, is how JSON writes
// it: without a plus sign, leading zeros, and the minus sign of zero.
func isCanonicalInt(text []byte) bool {
	digits := bytes.TrimPrefix(text, []byte("-"))
	return '1' <= digits[0] && digits[0] <= '9' || string(text) == "0"
}

// unmarshalNamedInt64 does the same for types that users made of int64.
func unmarshalNamedInt64(dec *jsontext.Decoder, v any) error {
	p := reflect.ValueOf(v)
	if !takesDecimals(p.Type().Elem()) {
		return errors.ErrUnsupported
	}
	var n int64
	if err := unmarshalInt64(dec, &n); err != nil {
		return err
	}
	p.Elem().SetInt(n)
	return nil
}

// takesDecimals reports whether t is an int64 without a JSON form of its own.
func takesDecimals(t reflect.Type) bool {
	return t.Kind() == reflect.Int64 && t != reflect.TypeFor[time.Duration]() && ownForm(t, readForms) == ""
}

// int64Kinds reports whether t holds int64 values, and values of types made of it.
func int64Kinds(t reflect.Type, seen map[reflect.Type]bool) (plain, named bool) {
	if seen[t] {
		return false, false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Int64:
		takes := takesDecimals(t)
		return takes && t == reflect.TypeFor[int64](), takes && t != reflect.TypeFor[int64]()
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		return int64Kinds(t.Elem(), seen)
	case reflect.Struct:
		for field := range t.Fields() {
			p, n := int64Kinds(field.Type, seen)
			plain, named = plain || p, named || n
		}
	}
	return plain, named
}

// missingClaim returns the first of names that text, a valid JSON object, does
// not hold with a value that is neither null nor empty.
func missingClaim(text []byte, names []string) string {
	d := decoders.Get().(*jsonrt.Decoder)
	defer decoders.Put(d)
	d.Reset(text)
	left := slices.Clone(names)
	for ok := d.Object(); ok && d.Next(); {
		i := slices.IndexFunc(left, func(name string) bool { return name == string(d.Name()) })
		if value := d.Raw(); i >= 0 && !isEmpty(value) {
			left = slices.Delete(left, i, i+1)
		}
	}
	if len(left) > 0 {
		return left[0]
	}
	return ""
}

var decoders = sync.Pool{New: func() any { return new(jsonrt.Decoder) }}

// isEmpty reports whether a JSON value is null, or a string, list or object of
// nothing.
func isEmpty(value []byte) bool {
	if string(value) == "null" || string(value) == `""` {
		return true
	}
	list := value[0] == '[' || value[0] == '{'
	return list && len(bytes.TrimLeft(value[1:len(value)-1], " \t\r\n")) == 0
}

// isBound reports whether text, a valid JSON object, holds a cnf claim: the token
// is good only together with a proof that its sender has a certain key (RFC 7800
// section 3.1).
func isBound(text []byte) bool {
	// A name can be spelled with escapes; only then, or when the letters are
	// there, is it worth a closer look.
	if !bytes.Contains(text, []byte("cnf")) && !bytes.Contains(text, []byte(`\`)) {
		return false
	}
	bound := false
	_ = eachMember(text, func(name string, value jsontext.Value) *Error {
		bound = bound || name == "cnf" && value.Kind() != 'n'
		return nil
	})
	return bound
}
