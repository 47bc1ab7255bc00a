package jose

import (
	"encoding/json"
	"math"
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

	// fits recognises the token, by its header and payload.
	fits func(header, payload map[string]any) bool
}

var exceptions = []exception{
	{
		name: "aud is null", peer: "go-jose",
		reason: "A claim that is null is taken for absent here, as struct decoders do; the peer's type for aud takes a string or an array only.",
		alg:    "HS256", payload: `{"exp":1700000600,"aud":null}`,
		fits: func(_, payload map[string]any) bool { return isNull(payload, "aud") },
	},
	{
		name: "a number in the header is out of range", peer: "go-jose",
		reason: "Parameters that are not understood are ignored here (RFC 7515, section 4); the peer reads all of them, numbers as float64.",
		alg:    "HS256", header: `{"alg":"HS256","other":[1e400]}`, payload: `{"exp":1700000600}`,
		fits: func(header, _ map[string]any) bool { return hasHugeNumber(header) },
	},
	{
		name: "aud is null", peer: "jwx",
		reason: "A claim that is null is taken for absent here, as struct decoders do; the peer's type for aud takes a string or an array only.",
		alg:    "HS256", payload: `{"exp":1700000600,"aud":null}`,
		fits: func(_, payload map[string]any) bool { return isNull(payload, "aud") },
	},
	{
		name: "alg is Ed25519", peer: "go-jose",
		reason: "It is the exact name of what EdDSA means with such a key (RFC 9864, section 2.2), and accepted here like it; the peer does not know it.",
		alg:    "EdDSA", header: `{"alg":"Ed25519"}`, payload: `{"exp":1700000600}`,
		fits: func(header, _ map[string]any) bool { return header["alg"] == "Ed25519" },
	},
	{
		name: "nonce is not a string", peer: "go-jose",
		reason: "Parameters that are not understood are ignored here (RFC 7515, section 4); the peer knows the nonce of ACME (RFC 8555, section 6.5.2).",
		alg:    "HS256", header: `{"alg":"HS256","nonce":1}`, payload: `{"exp":1700000600}`,
		fits: func(header, _ map[string]any) bool {
			_, ok := header["nonce"].(string)
			return !ok && header["nonce"] != nil
		},
	},
	{
		name: "nbf or iat is null", peer: "jwx",
		reason: "A claim that is null is taken for absent here, as struct decoders do; the peer wants a number.",
		alg:    "HS256", payload: `{"exp":1700000600,"nbf":null}`,
		fits: func(_, payload map[string]any) bool { return isNull(payload, "nbf") || isNull(payload, "iat") },
	},
	{
		name: "a number in another claim is out of range", peer: "jwx",
		reason: "Claims that the type of the service does not have are ignored here (RFC 7519, section 4); the peer reads all of them, numbers as float64.",
		alg:    "HS256", payload: `{"exp":1700000600,"other":[1e400]}`,
		fits: func(_, payload map[string]any) bool { return hasHugeNumber(payload) },
	},
	{
		name: "a date is just below a whole second", peer: "jwx",
		reason: "Dates go through float64 here and in go-jose, which rounds within a quarter of a microsecond; the peer cuts the text at the point.",
		alg:    "HS256", payload: `{"exp":1700000600.999999999999}`,
		fits: func(_, payload map[string]any) bool { return anyDate(payload, roundsUp) },
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
