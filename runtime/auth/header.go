package auth

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// header is what verification needs of a JOSE header (RFC 7515 section 4).
type header struct {
	alg   string
	typ   string // normalised
	typed bool   // there is a typ, which may be an empty one
	kid   string

	brings bool // a key, or a link to one, which is never used
}

var errBrings = refuse(CodeMalformed, "the header brings or points to its own key")

// maxKeyID bounds the key ids that are looked up, in bytes.
const maxKeyID = 128

// parseHeader reads the JSON text of a header. Parameters that would change how
// the token must be read, or that bring their own key, are refused; unknown ones
// are ignored, as RFC 7515 section 4 wants.
func parseHeader(text []byte) (*header, *Error) {
	h := new(header)
	fail := eachMember(text, h.set)
	if fail != nil {
		return nil, fail
	}
	return h, nil
}

func (h *header) set(name string, value jsontext.Value) *Error {
	if name == "crit" { //check:crit
		return refuse(CodeMalformed, "the header has crit, and no extension is known")
	}
	if name == "b64" { //check:b64
		return refuse(CodeMalformed, "the header has b64")
	}
	if name == "zip" || name == "enc" { //check:enc
		return refuse(CodeMalformed, "the token is encrypted or compressed")
	}
	if name == "jwk" || name == "jku" || name == "x5u" || name == "x5c" {
		// Some who publish their keys write it; whose keys are known has no use for it.
		h.brings = true
	}
	if name != "alg" && name != "typ" && name != "kid" {
		return nil
	}
	if value.Kind() != '"' { //check:header-string
		return refuse(CodeMalformed, "alg, typ or kid is not a string")
	}
	b, _ := jsontext.AppendUnquote(nil, value)
	s := string(b)
	switch name {
	case "alg":
		h.alg = jwks.Canonical(s)
	case "typ":
		h.typ, h.typed = mediaType(s), true
	case "kid":
		if len(s) > maxKeyID { //check:kid-size
			return refuse(CodeMalformed, "kid is too long")
		}
		h.kid = s
	}
	return nil
}

// mediaType returns s as types of tokens are compared: in lower case and without
// the prefix that may be left out (RFC 7515 section 4.1.9).
func mediaType(s string) string {
	return strings.TrimPrefix(asciiLower(s), "application/")
}

// asciiLower leaves everything outside ASCII alone: strings.ToLower would make
// a K of the Kelvin sign.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// eachMember calls f with the members of the JSON object that text must be,
// until f refuses one. The decoder refuses names that repeat and text that is
// not UTF-8 (RFC 7515 sections 4 and 5.2).
func eachMember(text []byte, f func(name string, value jsontext.Value) *Error) *Error {
	dec := jsontext.NewDecoder(bytes.NewBuffer(text))
	if dec.PeekKind() != '{' {
		return refuse(CodeMalformed, "a part of the token is not a JSON object")
	}
	_, _ = dec.ReadToken() // the brace just seen
	for dec.PeekKind() != '}' {
		token, err := dec.ReadToken()
		if err != nil {
			return refuse(CodeMalformed, "a part of the token is not valid JSON")
		}
		name := token.String()
		value, err := dec.ReadValue()
		if err != nil {
			return refuse(CodeMalformed, "a part of the token is not valid JSON")
		}
		if fail := f(name, value); fail != nil {
			return fail
		}
	}
	_, _ = dec.ReadToken() // the brace just seen

	if !atEnd(dec) { //check:trailing
		return refuse(CodeMalformed, "a part of the token goes on after its JSON object")
	}
	return nil
}

func atEnd(dec *jsontext.Decoder) bool {
	_, err := dec.ReadToken()
	return errors.Is(err, io.EOF)
}

// headerMemo remembers headers by their encoded text. A service sees a handful
// of different headers in its life, so parsing them again is waste. Only headers
// of tokens whose signature was good are kept, and only so many, so that nobody
// else can fill it.
type headerMemo struct {
	known atomic.Pointer[map[string]*header] // replaced, never changed
	mu    sync.Mutex                         // held while replacing
}

const (
	memoEntries = 16
	memoSegment = 512 // bytes of one encoded header
)

func (m *headerMemo) get(segment string) *header {
	if known := m.known.Load(); known != nil {
		return (*known)[segment]
	}
	return nil
}

func (m *headerMemo) put(segment string, h *header) {
	if len(segment) > memoSegment {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	next := make(map[string]*header)
	if known := m.known.Load(); known != nil {
		for k, v := range *known {
			next[k] = v
		}
	}
	for k := range next {
		if len(next) < memoEntries {
			break
		}
		delete(next, k) // whichever comes: keys are rotated, and their headers with them
	}
	next[strings.Clone(segment)] = h // the clone does not keep the token alive
	m.known.Store(&next)
}
