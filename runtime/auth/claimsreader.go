package auth

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/runtime/jsonrt"
)

// ClaimsReader reads the claims of one token, without reflection, for generated
// code:
//
//	for r.Next() {
//		switch r.Name() {
//		case "name":
//			r.String(&c.Name)
//		default:
//			r.Registered(&c.Claims)
//		}
//	}
//
// It only takes what it is certain about. When anything else comes up, such as a
// name that repeats, a value of another type or a date with a fraction, all that
// was read is dropped, and the claims are decoded in the general way, which decides
// and finds the words for it.
type ClaimsReader struct {
	jsonrt.Decoder
	text    string   // a copy of what is read, of which strings become parts
	at, end int      // where the name of the current member stands in it
	room    []string // memory for the elements of lists, as far as it goes
	members []member // those met so far
	unsure  bool     // something came up
	indexed bool     // members holds all there are
}

// maxMembers bounds the claims that are compared with each other one by one.
const maxMembers = 32

// member tells where a member of the claims stands in their text. Names with
// another mark are other names.
type member struct{ mark, name, nameEnd, value, valueEnd int }

// markOf is made of the length and two letters: the registered claims all have
// different ones.
func markOf(name string) int {
	if name == "" {
		return 0
	}
	return len(name)<<16 | int(name[0])<<8 | int(name[len(name)-1])
}

// start has r read text, and put elements of lists into room.
func (r *ClaimsReader) start(text []byte, room []string) {
	r.Reset(text)
	r.text, r.room, r.members = string(text), room, r.members[:0]
	r.unsure, r.indexed = false, false
}

// finish reports whether all of the text was read, and every value taken.
func (r *ClaimsReader) finish() bool {
	r.End()
	r.text, r.at, r.end, r.room = "", 0, 0, nil // r is kept, and what was read is not its own
	r.indexed = !r.unsure && r.Err() == nil && len(r.Issues()) == 0
	return r.indexed
}

// Next goes to the next claim that is not null and reports whether there is one.
// Null is as good as absent.
func (r *ClaimsReader) Next() bool {
	for {
		if n := len(r.members); n > 0 {
			r.members[n-1].valueEnd = r.Offset()
		}
		if r.unsure || !r.Decoder.Next() {
			return false
		}
		if !r.enter() {
			r.unsure = true
			return false
		}
		m := &r.members[len(r.members)-1]
		if !r.Null() {
			m.value = r.Offset()
			return true
		}
		m.value = r.Offset() - len("null")
	}
}

// enter notes where the current member stands. It returns false for a name that
// was there before, or that cannot be compared as it stands.
func (r *ClaimsReader) enter() bool {
	start, end, plain := r.NameAt()
	if !plain { //check:read-escaped-name
		return false
	}
	if len(r.members) == maxMembers {
		return false
	}
	name := r.text[start:end]
	mark := markOf(name)
	for i := range r.members {
		m := &r.members[i]
		if m.mark == mark && r.text[m.name:m.nameEnd] == name { //check:read-duplicate
			return false
		}
	}
	r.at, r.end = start, end
	r.members = append(r.members, member{mark: mark, name: start, nameEnd: end})
	return true
}

// Name returns the name of the current claim.
func (r *ClaimsReader) Name() string { return r.text[r.at:r.end] }

// String reads a string.
func (r *ClaimsReader) String(v *string) { r.StringIn(v, r.text) }

// Int64 reads an integer of 64 bits, which a decimal string may be as well.
func (r *ClaimsReader) Int64(v *int64) {
	if r.Kind() != '"' {
		r.integer(v)
		return
	}
	text := r.Raw()
	if len(text) < 2 {
		return // no JSON
	}
	text = text[1 : len(text)-1]
	n, err := strconv.ParseInt(string(text), 10, 64)
	if err != nil || !isCanonicalInt(text) { //check:read-decimal
		r.unsure = true
	}
	*v = n
}

// integer reads a number. Beside a decimal string, the JSON package does not take
// the minus sign of zero.
func (r *ClaimsReader) integer(v *int64) {
	if r.Decoder.Int64(v) && *v == 0 && r.text[r.Offset()-2] == '-' { //check:read-minus-zero
		r.unsure = true
	}
}

// Registered reads the claim if it is one of c, and passes over it otherwise.
func (r *ClaimsReader) Registered(c *Claims) {
	switch r.Name() {
	case "iss":
		r.String(&c.Issuer)
	case "sub":
		r.String(&c.Subject)
	case "aud":
		r.audience(&c.Audience)
	case "exp":
		r.time(&c.ExpiresAt)
	case "nbf":
		r.time(&c.NotBefore)
	case "iat":
		r.time(&c.IssuedAt)
	case "jti":
		r.String(&c.ID)
	case "scope":
		r.scopes(&c.Scope)
	default:
		r.Skip()
	}
}

// time reads a date as nearly everybody writes them: seconds without a fraction.
func (r *ClaimsReader) time(v *Time) {
	r.integer((*int64)(v))
	if *v < 1 || *v >= maxTime { //check:read-time
		r.unsure = true
	}
}

func (r *ClaimsReader) audience(v *Audience) {
	if r.Kind() != '"' {
		r.Strings((*[]string)(v))
		return
	}
	var one string
	r.String(&one)
	*v = r.keep(append(r.room, one))
}

func (r *ClaimsReader) scopes(v *Scopes) {
	var joined string
	r.String(&joined)
	if joined == "" {
		return
	}
	list := r.room
	for more := true; more; {
		var scope string
		if scope, joined, more = strings.Cut(joined, " "); scope != "" {
			list = append(list, scope)
		}
	}
	*v = r.keep(list)
}

// keep returns list, which was begun in room, as a list of its own: who appends
// to it gets other memory.
func (r *ClaimsReader) keep(list []string) []string {
	if n := len(list); n <= cap(r.room) {
		r.room = r.room[n:n:cap(r.room)]
	}
	if list == nil {
		return []string{}
	}
	return list[:len(list):len(list)]
}

// Strings reads a list of strings.
func (r *ClaimsReader) Strings(v *[]string) {
	if !r.Array() {
		return
	}
	list := r.room
	for r.Elem() {
		var s string
		r.String(&s)
		list = append(list, s)
	}
	*v = r.keep(list)
}

// ClaimStrings reads a list of a type that is made of string.
func ClaimStrings[S ~[]E, E ~string](r *ClaimsReader, v *S) {
	if !r.Array() {
		return
	}
	*v = S{}
	for r.Elem() {
		var s string
		r.String(&s)
		*v = append(*v, E(s))
	}
}

// ClaimIntegers reads a list of integers.
func ClaimIntegers[S ~[]E, E ~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint16 | ~uint32 | ~uint64](r *ClaimsReader, v *S) {
	if !r.Array() {
		return
	}
	*v = S{}
	var n int64
	for r.Elem() {
		r.integer(&n)
		if int64(E(n)) != n || n < 0 && E(n) > 0 { //check:read-integer-range
			r.unsure = true
		}
		*v = append(*v, E(n))
	}
}

// find returns the JSON text of the claim of that name, nil when there is none.
// Text is what r has read.
func (r *ClaimsReader) find(text []byte, name string) []byte {
	mark := markOf(name)
	for i := range r.members {
		m := &r.members[i]
		if m.mark == mark && string(text[m.name:m.nameEnd]) == name {
			return m.text(text)
		}
	}
	return nil
}

// each is eachClaim for the text that r has read.
func (r *ClaimsReader) each(text []byte, names []string, f func(name string, value jsontext.Value) *Error) *Error {
	for i := range r.members {
		m := &r.members[i]
		for _, name := range names {
			if string(text[m.name:m.nameEnd]) != name {
				continue
			}
			if fail := f(name, m.text(text)); fail != nil { //check:each-claim
				return fail
			}
			break
		}
	}
	return nil
}

// text returns the JSON text of the value, where text is that of all claims.
func (m *member) text(text []byte) []byte {
	return bytes.TrimRight(text[m.value:m.valueEnd], " \t\r\n")
}
