package auth

import (
	"encoding/base64"
	"strings"
)

// segments are the parts of a token in the compact form (RFC 7515 section 7.1),
// still encoded.
type segments struct {
	header, payload, signature string
	signed                     string // header and payload with the dot between them
}

// split takes a token apart. Every byte it lets through is one of the base64url
// alphabet, and every part is the one encoding of its bytes, so that a token has
// no second spelling. Decoders of base64 skip line breaks and ignore the bits
// that are left over at the end; that is why both are looked at here.
func split(token string) (s segments, fail *Error) {
	header, rest, _ := strings.Cut(token, ".")
	payload, signature, ok := strings.Cut(rest, ".")
	if header == "" || !ok || signature == "" { //check:segments
		return s, refuse(CodeMalformed, "the token does not have three parts")
	}
	// A fourth part leaves a dot in the third, which the alphabet does not have.
	if !(inAlphabet(header) && inAlphabet(payload) && inAlphabet(signature)) { //check:alphabet
		return s, refuse(CodeMalformed, "the token holds bytes other than base64url")
	}
	if !(canonical(header) && canonical(payload) && canonical(signature)) { //check:canonical
		return s, refuse(CodeMalformed, "the token is not in canonical base64url")
	}
	return segments{header, payload, signature, token[:len(header)+1+len(payload)]}, nil
}

// outside marks the bytes in sextets that the alphabet does not have.
const outside = 0xff

// sextets maps the bytes of the base64url alphabet (RFC 4648 section 5) to
// their values.
var sextets = func() (table [256]byte) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for i := range table {
		table[i] = outside
	}
	for i := range len(alphabet) {
		table[alphabet[i]] = byte(i)
	}
	return table
}()

func inAlphabet(segment string) bool {
	var all byte // without a branch for each byte
	for i := range len(segment) {
		all |= sextets[segment[i]]
	}
	return all < 1<<6
}

// canonical reports whether segment encodes whole bytes and leaves the unused bits
// of its last character zero (RFC 4648 section 3.5).
func canonical(segment string) bool {
	if segment == "" {
		return true
	}
	last := sextets[segment[len(segment)-1]]
	switch len(segment) % 4 {
	case 1:
		return false
	case 2:
		return last&0x0f == 0
	case 3:
		return last&0x03 == 0
	default:
		return true
	}
}

// decodeSegment writes what segment encodes over dst, whose memory it reuses.
// What split let through cannot fail.
func decodeSegment(dst []byte, segment string) ([]byte, *Error) {
	n := base64.RawURLEncoding.DecodedLen(len(segment))
	if cap(dst) < n {
		dst = make([]byte, n)
	}
	n, err := base64.RawURLEncoding.Decode(dst[:n], []byte(segment))
	if err != nil {
		return dst[:0], refuse(CodeMalformed, "the token is not in base64url")
	}
	return dst[:n], nil
}
