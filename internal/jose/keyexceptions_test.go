package jose

import (
	"encoding/base64"
	"slices"
	"strings"
)

// keyException is a kind of key that is accepted here, and not by a peer, for a
// good reason.
type keyException struct {
	name   string
	peer   string
	reason string
	key    string // shows it
	fits   func(members map[string]any) bool
}

const ed25519X = `"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"` // RFC 8037, appendix A.2

var keyExceptions = []keyException{
	{
		name: "certificates", peer: "go-jose",
		reason: "Nothing of certificates in a JWK is used here, and so nothing of them is read; the peer reads and compares them.",
		key:    `{"kty":"OKP","crv":"Ed25519",` + ed25519X + `,"x5t":"AQAB"}`,
		fits:   hasCertificate,
	},
	{
		name: "certificates", peer: "jwx",
		reason: "Nothing of certificates in a JWK is used here, and so nothing of them is read; the peer reads them.",
		key:    `{"kty":"OKP","crv":"Ed25519",` + ed25519X + `,"x5c":"AQAB"}`,
		fits:   hasCertificate,
	},
	{
		name: "members of another type of key", peer: "go-jose",
		reason: "Members that the type of the key does not have are ignored here (RFC 7517, section 4); the peer reads those of all types.",
		key:    `{"kty":"OKP","crv":"Ed25519",` + ed25519X + `,"n":"A"}`,
		fits: func(members map[string]any) bool {
			own := map[any][]string{"RSA": {"n", "e"}, "EC": {"x", "y"}, "OKP": {"x"}}[members["kty"]]
			for _, name := range []string{"x", "y", "n", "e", "pub", "priv"} {
				if value, ok := members[name]; ok && !slices.Contains(own, name) && !isBase64(value) {
					return true
				}
			}
			return false
		},
	},
	{
		name: "names in another case", peer: "jwx",
		reason: "Names are compared with their case (RFC 7517, section 4); the peer's first look at a key is not.",
		key:    `{"kty":"OKP","crv":"Ed25519",` + ed25519X + `,"KTY":"EC"}`,
		fits: func(members map[string]any) bool {
			for name := range members {
				if lower := strings.ToLower(name); lower != name && (lower == "kty" || lower == "d") {
					return true
				}
			}
			return false
		},
	},
	{
		name: "alg that is null or empty", peer: "jwx",
		reason: "It is taken for absent here, and the algorithm follows from the type of the key or from the options.",
		key:    `{"kty":"OKP","crv":"Ed25519",` + ed25519X + `,"alg":null}`,
		fits: func(members map[string]any) bool {
			alg, ok := members["alg"]
			return ok && (alg == nil || alg == "")
		},
	},
	{
		name: "d that is null", peer: "jwx",
		reason: "It is taken for absent here; the peer takes the key for a private one that lacks its number.",
		key:    `{"kty":"OKP","crv":"Ed25519",` + ed25519X + `,"d":null}`,
		fits:   func(members map[string]any) bool { return isNull(members, "d") },
	},
	{
		name: "a number in another member is out of range", peer: "jwx",
		reason: "Members that are not understood are ignored here (RFC 7517, section 4); the peer reads all of them, numbers as float64.",
		key:    `{"kty":"OKP","crv":"Ed25519",` + ed25519X + `,"other":[1e400]}`,
		fits:   func(members map[string]any) bool { return hasHugeNumber(members) },
	},
}

func hasCertificate(members map[string]any) bool {
	for _, name := range []string{"x5c", "x5t", "x5t#S256", "x5u"} {
		if _, ok := members[name]; ok {
			return true
		}
	}
	return false
}

func isBase64(value any) bool {
	text, ok := value.(string)
	_, err := base64.RawURLEncoding.DecodeString(text)
	return (ok || value == nil) && err == nil
}
