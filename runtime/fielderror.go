package runtime

// FieldError tells what is wrong with one part of a request. It is an error, so
// that a handler can return one, or several through errors.Join; see Invalid.
type FieldError struct {
	// Pointer is the place in the body as a JSON Pointer (RFC 6901), such as
	// "/items/0/name"; "" is the whole body.
	Pointer string
	// Parameter is the name of the path value, query parameter, header or
	// cookie, for problems outside the body.
	Parameter string
	// In is the part of the request: "body", "path", "query", "header",
	// "cookie", or "" where the request as a whole is meant.
	In string
	// Code is what clients switch on: missing, null, type, range, unknown,
	// repeated, or the name of the broken rule.
	Code string
	// Detail is an explanation for people, such as "must be at least 1". It
	// never repeats the value.
	Detail string
}

// Error describes the broken rule in one line.
func (e FieldError) Error() string {
	place := e.Pointer
	if e.Parameter != "" {
		place = e.In + " " + e.Parameter
	}
	if place != "" {
		place += ": "
	}
	if e.Detail == "" {
		return place + e.Code
	}
	return place + e.Detail
}

// MarshalJSON writes the object that stands for e in a problem document: the
// members pointer or parameter, in, code and detail, in this order.
func (e FieldError) MarshalJSON() ([]byte, error) {
	return e.appendJSON(make([]byte, 0, 96)), nil
}

func (e FieldError) appendJSON(b []byte) []byte {
	b = append(b, '{')
	switch {
	case e.Parameter != "":
		b = appendMember(b, `"parameter":`, e.Parameter)
		b = append(b, ',')
	case e.Pointer != "" || e.In == "body": // the empty pointer is the whole body
		b = appendMember(b, `"pointer":`, e.Pointer)
		b = append(b, ',')
	}
	if e.In != "" {
		b = appendMember(b, `"in":`, e.In)
		b = append(b, ',')
	}
	b = appendMember(b, `"code":`, e.Code)
	b = appendMember(b, `,"detail":`, e.Detail)
	return append(b, '}')
}

// Invalid returns the error of a rule that a request breaks, found by a handler
// or a Validate method. It is answered like the rules of tags, with status 422.
// The pointer is a JSON Pointer (RFC 6901) from the value that is validated, or
// from the whole body in a handler; "" means all of it. The detail is shown to
// the client and should not repeat the value. Several go through errors.Join.
func Invalid(pointer, code, detail string) error {
	if code == "" {
		code = "validate"
	}
	return FieldError{Pointer: pointer, In: "body", Code: code, Detail: detail}
}
