package jose

import (
	"crypto"
	"crypto/x509"
	"embed"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"sync"

	"github.com/golang-jwt/jwt/v5"
)

// secret is long enough for every hash.
const secret = "a secret of these tests, with more than the sixty-four bytes that HS512 wants"

// inSet are the algorithms whose keys are in testdata/keys.jwks, which has their
// names as ids.
var inSet = []string{"RS256", "ES256", "ES384", "ES512", "EdDSA"}

//go:embed testdata/keys.jwks
var keySet []byte

// keyFiles are private keys that sign tokens of these tests and nothing else.
//
//go:embed testdata/keys
var keyFiles embed.FS

// algorithm is one of those that services may choose.
type algorithm struct {
	name   string
	file   string // of the private key, empty for a secret
	method jwt.SigningMethod
}

var algorithms = []algorithm{
	{"HS256", "", jwt.SigningMethodHS256},
	{"HS384", "", jwt.SigningMethodHS384},
	{"HS512", "", jwt.SigningMethodHS512},
	{"RS256", "rsa.pem", jwt.SigningMethodRS256},
	{"RS384", "rsa.pem", jwt.SigningMethodRS384},
	{"RS512", "rsa.pem", jwt.SigningMethodRS512},
	{"PS256", "rsa.pem", jwt.SigningMethodPS256},
	{"PS384", "rsa.pem", jwt.SigningMethodPS384},
	{"PS512", "rsa.pem", jwt.SigningMethodPS512},
	{"ES256", "es256.pem", jwt.SigningMethodES256},
	{"ES384", "es384.pem", jwt.SigningMethodES384},
	{"ES512", "es512.pem", jwt.SigningMethodES512},
	{"EdDSA", "eddsa.pem", jwt.SigningMethodEdDSA},
}

// private returns what signs, as all three libraries take it.
func (a algorithm) private() any {
	if a.file == "" {
		return []byte(secret)
	}
	return privateKeys()[a.file]
}

// public returns what verifies.
func (a algorithm) public() any {
	if a.file == "" {
		return []byte(secret)
	}
	return privateKeys()[a.file].Public()
}

// privateKeys are the keys of keyFiles by file.
var privateKeys = sync.OnceValue(func() map[string]crypto.Signer {
	entries, err := keyFiles.ReadDir("testdata/keys")
	if err != nil {
		panic(err)
	}
	keys := map[string]crypto.Signer{}
	for _, e := range entries {
		text, err := keyFiles.ReadFile("testdata/keys/" + e.Name())
		if err != nil {
			panic(err)
		}
		block, _ := pem.Decode(text)
		key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
		if err != nil {
			panic(err)
		}
		keys[e.Name()] = key.(crypto.Signer)
	}
	return keys
})

// sign makes a token of texts that need not be what they should be.
func (a algorithm) sign(header, payload string) string {
	return a.signSegments(encode(header), encode(payload))
}

func (a algorithm) signSegments(header, payload string) string {
	signed := header + "." + payload
	signature, err := a.method.Sign(signed, a.private())
	if err != nil {
		panic(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func encode(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

// decoded returns a token in a form that may be printed: its header and payload.
func decoded(token string) []string {
	var parts []string
	for _, segment := range strings.Split(token, ".") {
		text, err := base64.RawURLEncoding.DecodeString(segment)
		if err != nil {
			text = []byte("(not base64url)")
		}
		parts = append(parts, string(text))
	}
	if len(parts) > 2 {
		parts = parts[:2]
	}
	return parts
}
