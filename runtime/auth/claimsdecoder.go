package auth

import (
	"fmt"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// ReadClaims gives a verifier of tokens with claims T a function that reads them
// faster than by reflection. Only generated code calls it: read must leave in c,
// which is zero, what the JSON package would; NewVerifier tries that.
func ReadClaims[T any](read func(r *ClaimsReader, c *T)) Option {
	return func(s *settings) { s.read = read }
}

// claimsDecoder makes claims of their JSON text.
type claimsDecoder[T any] struct {
	read    func(*ClaimsReader, *T) // nil for none
	lenient json.Options            // as decodeClaims takes it
}

// newClaimsDecoder returns a decoder; scopes says that they are read from claims which
// may hold lists.
func newClaimsDecoder[T any](s *settings, scopes bool) *claimsDecoder[T] {
	d := &claimsDecoder[T]{read: readerOf[T](s)}
	forms := lenientInts(reflect.TypeFor[T]())
	if scopes {
		forms = json.JoinUnmarshalers(forms, json.UnmarshalFromFunc(unmarshalScopes))
	}
	if forms != nil {
		d.lenient = json.WithUnmarshalers(forms)
	}
	return d
}

// readerOf returns the function that reads claims T, nil for none. Claims
// themselves need no generated one.
func readerOf[T any](s *settings) func(*ClaimsReader, *T) {
	read, ok := s.read.(func(*ClaimsReader, *T))
	if !ok {
		read, _ = any(readRegistered).(func(*ClaimsReader, *T))
	}
	return read
}

func readRegistered(r *ClaimsReader, c *Claims) {
	for r.Next() {
		r.Registered(c)
	}
}

// decode returns the claims whose text is in s.payload. What the reader is not
// certain about, the JSON package decides.
func (d *claimsDecoder[T]) decode(s *scratch) (*T, *Error) {
	if c := d.readFast(&s.claims, s.payload); c != nil {
		return c, nil
	}
	c := new(T)
	if fail := decodeClaims(s.payload, c, d.lenient); fail != nil { //check:decode-claims
		return nil, fail
	}
	return c, nil
}

// readFast returns nil when there is no reader, or it is not certain.
func (d *claimsDecoder[T]) readFast(r *ClaimsReader, text []byte) *T {
	r.indexed = false
	if d.read == nil {
		return nil
	}
	c := new(struct { // one allocation for the claims and short lists in them
		claims T
		room   [4]string
	})
	r.start(text, c.room[:0])
	if r.Object() {
		d.read(r, &c.claims)
	}
	if !r.finish() { //check:read-unsure
		return nil
	}
	return &c.claims
}

// missing returns the first of names that the claims in s lack, as missingClaim.
func (s *scratch) missing(names []string) string {
	if !s.claims.indexed {
		return missingClaim(s.payload, names)
	}
	for _, name := range names {
		value := s.claims.find(s.payload, name)
		if value == nil || isEmpty(value) {
			return name
		}
	}
	return ""
}

// bound reports whether the claims in s hold cnf, as isBound.
func (s *scratch) bound() bool {
	if !s.claims.indexed {
		return isBound(s.payload)
	}
	value := s.claims.find(s.payload, "cnf")
	return value != nil && string(value) != "null"
}

// eachClaim calls f with those claims in s that names lists, in their order, until
// f refuses one.
func (s *scratch) eachClaim(names []string, f func(name string, value jsontext.Value) *Error) *Error {
	if s.claims.indexed {
		return s.claims.each(s.payload, names, f)
	}
	return eachMember(s.payload, func(name string, value jsontext.Value) *Error {
		if !slices.Contains(names, name) {
			return nil
		}
		return f(name, value)
	})
}

// checkReader reports an error when the reader that was given for T does not do
// what the JSON package does: it was generated for another version of T, and a
// claim would be lost.
func checkReader[T any](s *settings) error {
	read, ok := s.read.(func(*ClaimsReader, *T))
	if !ok {
		return nil
	}
	full, want, got := new(T), new(T), (*T)(nil)
	filled := fill(reflect.ValueOf(full).Elem(), new(int))
	text, err := json.Marshal(full)
	if filled && err == nil && unmarshalClaims(text, want) == nil {
		got = (&claimsDecoder[T]{read: read}).readFast(new(ClaimsReader), text)
	}
	if got == nil || !reflect.DeepEqual(got, want) { //check:stale-reader
		return fmt.Errorf("claims type %s: the generated code does not read all that it holds: run go generate", reflect.TypeFor[T]())
	}
	return nil
}

// fill gives all that is plain in v a value of its own, and returns false when
// there is more.
func fill(v reflect.Value, n *int) bool {
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString(fmt.Sprint("s", *n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(int64(*n % 100))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(*n % 100))
	case reflect.Float32, reflect.Float64:
		v.SetFloat(float64(*n) / 2)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		return fill(v.Index(0), n)
	case reflect.Struct:
		return fillFields(v, n)
	default:
		return false
	}
	return true
}

func fillFields(v reflect.Value, n *int) bool {
	for field, value := range v.Fields() {
		if field.IsExported() && field.Tag.Get("json") != "-" && !fill(value, n) {
			return false
		}
	}
	return true
}
