package jwks

import (
	"crypto/sha256"
	"encoding/json"
)

// members are those of a public JWK, in the order in which they are written (RFC
// 7517 section 4, RFC 7518 section 6).
type members struct {
	Type  string `json:"kty"`
	ID    string `json:"kid,omitempty"`
	Use   string `json:"use,omitempty"`
	Alg   string `json:"alg,omitempty"`
	Curve string `json:"crv,omitempty"`
	X     string `json:"x,omitempty"`
	Y     string `json:"y,omitempty"`
	N     string `json:"n,omitempty"`
	E     string `json:"e,omitempty"`
}

// thumbprint hashes the required members in the order of their names (RFC 7638
// section 3, RFC 8037 section 2).
func (m members) thumbprint() string {
	var text string
	switch m.Type {
	case typeRSA:
		text = `{"e":"` + m.E + `","kty":"RSA","n":"` + m.N + `"}`
	case typeEC:
		text = `{"crv":"` + m.Curve + `","kty":"EC","x":"` + m.X + `","y":"` + m.Y + `"}`
	default:
		text = `{"crv":"` + m.Curve + `","kty":"OKP","x":"` + m.X + `"}`
	}
	sum := sha256.Sum256([]byte(text))
	return encode(sum[:])
}

// MarshalJSON writes the public half as a JWK (RFC 7517): its kty, kid, use, alg
// and what makes the key.
func (k *Key) MarshalJSON() ([]byte, error) {
	m := k.members
	m.ID, m.Use, m.Alg = k.id, "sig", k.alg.name
	return json.Marshal(m)
}
