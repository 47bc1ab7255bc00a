package jwks

import (
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// vectors is what is read of a file of Wycheproof.
type vectors struct {
	TestGroups []struct {
		JWK   json.RawMessage `json:"publicKeyJwk"`
		PEM   string          `json:"publicKeyPem"`
		Tests []struct {
			ID      int      `json:"tcId"`
			Comment string   `json:"comment"`
			Flags   []string `json:"flags"`
			Msg     string   `json:"msg"`
			Sig     string   `json:"sig"`
			Result  string   `json:"result"`
		}
	}
}

func readVectors(t *testing.T, file string) (v vectors) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "wycheproof", file+"_test.json.gz"))
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

// Every signature of every vector, with the key in each of its forms.
func TestWycheproofSignatures(t *testing.T) {
	for _, test := range []struct {
		file, alg string
		atLeast   int
	}{
		{"ecdsa_secp256r1_sha256_p1363", "ES256", 250},
		{"ecdsa_secp384r1_sha384_p1363", "ES384", 250},
		{"ecdsa_secp521r1_sha512_p1363", "ES512", 250},
		{"ed25519", "EdDSA", 140},
		{"rsa_pss_2048_sha256_mgf1_32", "PS256", 100},
		{"rsa_signature_2048_sha256", "RS256", 250},
		{"rsa_signature_2048_sha384", "RS384", 250},
		{"rsa_signature_2048_sha512", "RS512", 250},
	} {
		t.Run(test.file, func(t *testing.T) {
			ran, valid := 0, 0
			for _, group := range readVectors(t, test.file).TestGroups {
				for _, text := range []string{group.PEM, string(group.JWK)} {
					if text == "" {
						continue // some groups have no JWK
					}
					set, err := ParsePublic([]byte(text), Options{Algorithms: []string{test.alg}})
					if err != nil {
						t.Errorf("%s: %v", text, err)
						continue
					}
					for _, v := range group.Tests {
						ran++
						want := v.Result == "valid"
						if want {
							valid++
						}
						got := set.Keys()[0].Verify(unhex(t, v.Msg), unhex(t, v.Sig))
						if v.Result != "acceptable" && got != want || v.Result == "acceptable" && got {
							t.Errorf("%d (%s %v): got %v, want %s", v.ID, v.Comment, v.Flags, got, v.Result)
						}
					}
				}
			}
			if ran < test.atLeast || valid == 0 || valid == ran {
				t.Errorf("%d vectors, %d of them valid, are too few to be all", ran, valid)
			}
		})
	}
}
