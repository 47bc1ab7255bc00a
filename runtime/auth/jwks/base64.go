package jwks

import (
	"encoding/base64"
	"errors"
	"strings"
)

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

var strict = base64.RawURLEncoding.Strict()

var errBase64 = errors.New("expected base64url without padding (RFC 7515 section 2)")

// decode reads the one encoding of some bytes. The decoder itself skips line
// breaks.
func decode(s string) ([]byte, error) {
	if strings.ContainsAny(s, "\r\n") { //check:base64-lines
		return nil, errBase64
	}
	b, err := strict.DecodeString(s)
	if err != nil {
		return nil, errBase64
	}
	return b, nil
}
