package auth

import (
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// vectors is what is read of a file of Wycheproof.
type vectors struct {
	TestGroups []struct {
		Comment string          `json:"comment"`
		TagSize int             `json:"tagSize"`
		Private json.RawMessage `json:"private"` // a JWK or a set
		Public  json.RawMessage `json:"public"`  // the same; absent for secrets
		Tests   []struct {
			ID            int    `json:"tcId"`
			Comment       string `json:"comment"`
			Key, Msg, Tag string
			JWS, JWE      any
			Result        string
		}
	}
}

func readVectors(t *testing.T, file string) (v vectors) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "wycheproof", file+".gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(z).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWycheproofHMAC(t *testing.T) {
	for alg, file := range map[string]string{
		"HS256": "hmac_sha256_test.json", "HS384": "hmac_sha384_test.json", "HS512": "hmac_sha512_test.json",
	} {
		full, cut := 0, 0
		for _, group := range readVectors(t, file).TestGroups {
			for _, test := range group.Tests {
				k := newSecretKey(alg, string(unhex(t, test.Key)))
				// A tag that was cut is good for HMAC and not for JWS.
				whole := group.TagSize == 8*macs[alg].size
				want := whole && test.Result == "valid"
				for range 2 { // the second time with the state of the first
					if got := k.verify(unhex(t, test.Msg), unhex(t, test.Tag)); got != want {
						t.Errorf("%s %d (%s): got %v, want %v", alg, test.ID, test.Comment, got, want)
					}
				}
				if whole {
					full++
				} else {
					cut++
				}
			}
		}
		if full < 80 || cut < 80 {
			t.Errorf("%s: %d whole and %d cut tags are too few to be all", alg, full, cut)
		}
	}
}

// verifies reports whether a service whose keys are those of the group takes the
// token, whatever its payload is.
func verifies(t *testing.T, public, private json.RawMessage, token any) bool {
	t.Helper()
	text, ok := token.(string)
	if !ok { // the JSON serialisation
		b, err := json.Marshal(token)
		if err != nil {
			t.Fatal(err)
		}
		text = string(b)
	}
	keys, err := vectorKeys(t, public, private)
	if err != nil {
		return false
	}
	parts, fail := split(text)
	if fail != nil {
		return false
	}
	_, fail = newPolicy(Config{}.withDefaults(), []trust{{keys: keys}}).verify(context.Background(), new(scratch), parts)
	return fail == nil
}

// vectorKeys reads the keys as a service would be given them: a single symmetric
// one as a secret, everything else as a key or a set.
func vectorKeys(t *testing.T, public, private json.RawMessage) (keySet, error) {
	t.Helper()
	if len(public) > 0 {
		set, err := jwks.ParsePublic(public, jwks.Options{})
		if err != nil {
			return nil, err
		}
		return &fakeSet{algs: jwks.Algorithms(), keys: publicKeys(set.Keys())}, nil
	}
	type jwk struct {
		Kty, Alg, K, Use string
		Keys             []jwk
	}
	var k jwk
	if err := json.Unmarshal(private, &k); err != nil {
		t.Fatal(err)
	}
	if len(k.Keys) == 1 {
		k = k.Keys[0]
	}
	if k.Kty != "oct" {
		set, err := jwks.ParseSet(private, jwks.Options{})
		if err != nil {
			return nil, err
		}
		return &fakeSet{algs: jwks.Algorithms(), keys: publicKeys(set.Keys())}, nil
	}
	secret, err := base64.RawURLEncoding.DecodeString(k.K)
	if err != nil {
		t.Fatal(err)
	}
	c := Config{AccessSecret: string(secret), Algorithms: []string{k.Alg}}
	// Zeros alone are no secret for a service; the vectors sign with them.
	zeros := len(secret) >= 32 && strings.Trim(string(secret), "\x00") == ""
	if err := c.Validate(); err != nil && !zeros {
		return nil, err
	}
	return newSecretSet(k.Alg, string(secret)), nil
}

// TestWycheproofJOSE runs the JOSE vectors. Where the outcome is another one than
// the vector says, the reason stands here.
func TestWycheproofJOSE(t *testing.T) {
	const (
		// They hold a byte outside the alphabet, which some readers skip; RFC 7515
		// section 2 does not have it.
		outsideAlphabet = "a byte outside of base64url"
		// They are letter for letter the valid one before them.
		sameAsValid = "no fault in it"
		// The key says another algorithm than the header: ES521, which does not exist,
		// for ES512, and PS256 for PS384.
		otherAlgorithm = "the key is of another algorithm"
		// A set in which secrets stand beside others, whose keys nobody should mix, and
		// sets of secrets, which AccessSecret and PrevSecrets stand for.
		symmetricSet = "a set of symmetric keys"
		encrypted    = "an encrypted token"
	)
	for file, differs := range map[string]map[int]string{
		"json_web_signature_test.json": {
			346: otherAlgorithm, 347: otherAlgorithm, 350: otherAlgorithm, 351: otherAlgorithm,
			367: sameAsValid, 370: sameAsValid, 372: outsideAlphabet, 373: outsideAlphabet,
		},
		"json_web_key_test.json":    {2: symmetricSet},
		"json_web_crypto_test.json": {48: symmetricSet, 50: encrypted, 67: encrypted},
	} {
		t.Run(file, func(t *testing.T) {
			ran, accepted := 0, 0
			for _, group := range readVectors(t, file).TestGroups {
				for _, test := range group.Tests {
					token := test.JWS
					if token == nil {
						token = test.JWE
					}
					got := verifies(t, group.Public, group.Private, token)
					ran++
					if got {
						accepted++
					}
					want := test.Result == "valid"
					why, mislabelled := differs[test.ID]
					delete(differs, test.ID)
					if (got != want) != mislabelled {
						t.Errorf("%d (%s: %s): got %v, want %s %s", test.ID, group.Comment, test.Comment, got, test.Result, why)
					}
				}
			}
			for id, why := range differs {
				t.Errorf("%d (%s) is not among the vectors", id, why)
			}
			t.Logf("%d vectors, %d accepted", ran, accepted)
			if ran < 26 {
				t.Errorf("%d vectors are too few to be all", ran)
			}
		})
	}
}
