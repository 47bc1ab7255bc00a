package jose

import (
	"encoding/json"
	"math"
	"strings"
)

// exception is a kind of token that is accepted here, and not by a peer, or not
// with the same claims, for a good reason.
type exception struct {
	name   string
	peer   string
	reason string

	// header and payload show it. The header of the algorithm stands for an empty
	// one.
	alg, header, payload string
	set                  bool // the verifier has a set of keys

	// fits recognises the token.
	fits func(parts) bool
}

var exceptions = []exception{
	{
		name: "aud is null", peer: "go-jose",
		reason: "A claim that is null is taken for absent here, as struct decoders do; the peer's type for aud takes a string or an array only.",
		alg:    "HS256", payload: `{"exp":1700000600,"aud":null}`,
		fits: func(p parts) bool { return isNull(p.payload, "aud") },
	},
	{
		name: "a number in the header is out of range", peer: "go-jose",
		reason: "Parameters that are not understood are ignored here (RFC 7515, section 4); the peer reads all of them, numbers as float64.",
		alg:    "HS256", header: `{"alg":"HS256","other":[1e400]}`, payload: `{"exp":1700000600}`,
		fits: func(p parts) bool { return hasHugeNumber(p.header) },
	},
	{
		name: "aud is null", peer: "jwx",
		reason: "A claim that is null is taken for absent here, as struct decoders do; the peer's type for aud takes a string or an array only.",
		alg:    "HS256", payload: `{"exp":1700000600,"aud":null}`,
		fits: func(p parts) bool { return isNull(p.payload, "aud") },
	},
	{
		name: "alg is Ed25519", peer: "go-jose",
		reason: "It is the exact name of what EdDSA means with such a key (RFC 9864, section 2.2), and accepted here like it; the peer does not know it.",
		alg:    "EdDSA", header: `{"alg":"Ed25519"}`, payload: `{"exp":1700000600}`,
		fits: func(p parts) bool { return p.header["alg"] == "Ed25519" },
	},
	{
		name: "nonce is not a string", peer: "go-jose",
		reason: "Parameters that are not understood are ignored here (RFC 7515, section 4); the peer knows the nonce of ACME (RFC 8555, section 6.5.2).",
		alg:    "HS256", header: `{"alg":"HS256","nonce":1}`, payload: `{"exp":1700000600}`,
		fits: func(p parts) bool {
			_, ok := p.header["nonce"].(string)
			return !ok && p.header["nonce"] != nil
		},
	},
	{
		name: "x5t, x5t#S256 or cty is not a string", peer: "jwx", set: true,
		reason: "Parameters that are not understood are ignored here (RFC 7515, section 4); the peer reads all that it knows when it looks for the key.",
		alg:    "ES256", header: `{"alg":"ES256","kid":"ES256","x5t":1}`, payload: `{"exp":1700000600}`,
		fits: func(p parts) bool {
			for _, name := range []string{"x5t", "x5t#S256", "cty"} {
				value, ok := p.header[name]
				if _, isString := value.(string); ok && !isString {
					return true
				}
			}
			return false
		},
	},
	{
		name: "a number in the header is out of range", peer: "jwx", set: true,
		reason: "Parameters that are not understood are ignored here (RFC 7515, section 4); the peer reads all of them when it looks for the key, numbers as float64.",
		alg:    "ES256", header: `{"alg":"ES256","kid":"ES256","other":[1e400]}`, payload: `{"exp":1700000600}`,
		fits: func(p parts) bool { return hasHugeNumber(p.header) },
	},
	{
		name: "white space around the header", peer: "jwx", set: true,
		reason: "JSON may have it (RFC 8259, section 2), and what is signed are the bytes as they came (RFC 7515, section 5.2); the peer loses it when it looks for the key.",
		alg:    "ES256", header: " {\"alg\":\"ES256\",\"kid\":\"ES256\"}\n", payload: `{"exp":1700000600}`,
		fits: func(p parts) bool { return strings.TrimSpace(p.headerText) != p.headerText },
	},
	{
		name: "nbf or iat is null", peer: "jwx",
		reason: "A claim that is null is taken for absent here, as struct decoders do; the peer wants a number.",
		alg:    "HS256", payload: `{"exp":1700000600,"nbf":null}`,
		fits: func(p parts) bool { return isNull(p.payload, "nbf") || isNull(p.payload, "iat") },
	},
	{
		name: "a number in another claim is out of range", peer: "jwx",
		reason: "Claims that the type of the service does not have are ignored here (RFC 7519, section 4); the peer reads all of them, numbers as float64.",
		alg:    "HS256", payload: `{"exp":1700000600,"other":[1e400]}`,
		fits: func(p parts) bool { return hasHugeNumber(p.payload) },
	},
	{
		name: "a date is just below a whole second", peer: "jwx",
		reason: "Dates go through float64 here and in go-jose, which rounds within a quarter of a microsecond; the peer cuts the text at the point.",
		alg:    "HS256", payload: `{"exp":1700000600.999999999999}`,
		fits: func(p parts) bool { return anyDate(p.payload, roundsUp) },
	},
}

func isNull(object map[string]any, name string) bool {
	value, ok := object[name]
	return ok && value == nil
}

// hasHugeNumber reports whether a number in v does not fit float64.
func hasHugeNumber(v any) bool {
	switch v := v.(type) {
	case json.Number:
		_, err := v.Float64()
		return err != nil
	case []any:
		for _, e := range v {
			if hasHugeNumber(e) {
				return true
			}
		}
	case map[string]any:
		for _, e := range v {
			if hasHugeNumber(e) {
				return true
			}
		}
	}
	return false
}

// anyDate reports whether f holds of a date of the payload, each with its text.
func anyDate(payload map[string]any, f func(text string, seconds float64) bool) bool {
	for _, name := range []string{"exp", "nbf", "iat"} {
		n, ok := payload[name].(json.Number)
		if !ok {
			continue
		}
		if seconds, err := n.Float64(); err == nil && f(n.String(), seconds) {
			return true
		}
	}
	return false
}

// roundsUp reports whether a date with a fraction became a whole number.
func roundsUp(text string, seconds float64) bool {
	cut, ok := wholePart(text)
	return ok && float64(cut) < seconds && seconds == math.Trunc(seconds)
}

// wholePart returns the digits before the point, of a number without an exponent.
func wholePart(text string) (int64, bool) {
	var n int64
	for i := range len(text) {
		switch c := text[i]; {
		case c == '.':
			return n, true
		case c < '0' || c > '9' || i > 12:
			return 0, false
		default:
			n = n*10 + int64(c-'0')
		}
	}
	return n, true
}
