package jose

import (
	"bytes"
	"crypto"
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/lestrrat-go/jwx/v3/jwk"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// readKey is a public key as a reader of JWK understands it.
type readKey struct {
	thumbprint string // RFC 7638
	id         string
	alg        string // as declared, empty for not at all
}

// keyPeer is another reader of JWK (RFC 7517 section 4).
type keyPeer struct {
	name string
	read func(text []byte) (readKey, error)
}

var keyPeers = []keyPeer{{"go-jose", readGoJose}, {"jwx", readJWX}}

func readGoJose(text []byte) (r readKey, err error) {
	var k jose.JSONWebKey
	if err := json.Unmarshal(text, &k); err != nil {
		return r, err
	}
	sum, err := k.Thumbprint(crypto.SHA256)
	return readKey{base64.RawURLEncoding.EncodeToString(sum), k.KeyID, k.Algorithm}, err
}

func readJWX(text []byte) (r readKey, err error) {
	k, err := jwk.ParseKey(text)
	if err != nil {
		return r, err
	}
	if err := k.Validate(); err != nil {
		return r, err
	}
	sum, err := k.Thumbprint(crypto.SHA256)
	if err != nil {
		return r, err
	}
	r.thumbprint = base64.RawURLEncoding.EncodeToString(sum)
	r.id, _ = k.KeyID()
	if alg, ok := k.Algorithm(); ok {
		r.alg = alg.String()
	}
	return r, nil
}

// keyComplaint tells how a peer's reading of a key that is accepted here differs.
// It is empty when it does not, or when an exception says why.
func keyComplaint(p keyPeer, text []byte, ours *jwks.Key) (complaint string, excused *keyException) {
	theirs, err := p.read(text)
	switch {
	case err != nil:
		complaint = "refuses it: " + err.Error()
	case theirs.thumbprint != ours.Thumbprint():
		complaint = "reads another key"
	case ours.Named() && theirs.id != ours.ID():
		complaint = "reads another id"
	case theirs.alg != "" && jwks.Canonical(theirs.alg) != ours.Algorithm():
		complaint = "reads another algorithm"
	default:
		return "", nil
	}
	members := membersOf(text)
	for i := range keyExceptions {
		if e := &keyExceptions[i]; e.peer == p.name && e.fits(members) {
			return "", e
		}
	}
	return complaint, nil
}

// alone returns the key that is read of a set with this one key, nil for none.
func alone(text []byte) *jwks.Key {
	set, err := jwks.ParseSet(slices.Concat([]byte(`{"keys":[`), text, []byte(`]}`)), jwks.Options{})
	if err != nil {
		return nil
	}
	return set.Keys()[0]
}

// judgeSet holds all readings of a set together and returns how many of its keys
// are accepted here.
func judgeSet(t *testing.T, text []byte) int {
	t.Helper()
	ours, err := jwks.ParseSet(text, jwks.Options{})
	if err != nil {
		return 0
	}
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(text, &set); err != nil {
		t.Errorf("accepted here, and encoding/json says: %v\n%q", err, text)
		return 0
	}
	accepted := map[string]bool{}
	for _, raw := range set.Keys {
		key := alone(raw)
		if key == nil {
			continue
		}
		accepted[key.Thumbprint()] = true
		for _, p := range keyPeers {
			if complaint, _ := keyComplaint(p, raw, key); complaint != "" {
				t.Errorf("accepted here, and %s %s\n%q", p.name, complaint, raw)
			}
		}
	}
	for _, key := range ours.Keys() {
		if !accepted[key.Thumbprint()] {
			t.Errorf("a key is accepted in its set and not alone\n%q", text)
		}
	}
	return len(ours.Keys())
}

// publicJWK returns the key of a file as others write it.
func publicJWK(file, alg, id string) []byte {
	text, err := jose.JSONWebKey{Key: privateKeys()[file].Public(), KeyID: id, Algorithm: alg, Use: "sig"}.MarshalJSON()
	if err != nil {
		panic(err)
	}
	return text
}

// The set that verifiers are given is the one of the keys that sign.
func TestKeySetFile(t *testing.T) {
	var keys [][]byte
	for _, alg := range algorithms {
		if slices.Contains(inSet, alg.name) {
			keys = append(keys, publicJWK(alg.file, alg.name, alg.name))
		}
	}
	if want := setOf(keys...); !bytes.Equal(keySet, want) {
		t.Errorf("testdata/keys.jwks is to hold\n%s", want)
	}
}

// publicJWKs are one of each kind.
func publicJWKs() [][]byte {
	return [][]byte{
		publicJWK("rsa.pem", "RS256", "r"), publicJWK("rsa.pem", "", ""), publicJWK("rsa.pem", "PS512", "p"),
		publicJWK("es256.pem", "ES256", "e"), publicJWK("es384.pem", "", ""), publicJWK("es512.pem", "ES512", "f"),
		publicJWK("eddsa.pem", "EdDSA", "d"), publicJWK("eddsa.pem", "", ""),
	}
}

func setOf(keys ...[]byte) []byte {
	return slices.Concat([]byte(`{"keys":[`), bytes.Join(keys, []byte(",")), []byte("]}"))
}

// Good keys are read alike, alone and together.
func TestPeersReadKeys(t *testing.T) {
	for _, key := range publicJWKs() {
		if judgeSet(t, setOf(key)) != 1 {
			t.Errorf("refused here: %s", key)
		}
	}
	keys := publicJWKs()
	if n := judgeSet(t, setOf(keys[0], keys[3], keys[5], keys[6])); n != 4 {
		t.Errorf("%d of 4 keys are accepted", n)
	}
	private := jose.JSONWebKey{Key: privateKeys()["es256.pem"]}
	text, err := private.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if judgeSet(t, setOf(text)) != 0 {
		t.Error("a private key is accepted here")
	}
}

// Sets that are written here are read by the others.
func TestOurSetsThere(t *testing.T) {
	for _, key := range publicJWKs() {
		ours := alone(key)
		if ours == nil {
			t.Fatalf("refused here: %s", key)
		}
		text, err := json.Marshal(ours)
		if err != nil {
			t.Fatal(err)
		}
		want := readKey{ours.Thumbprint(), ours.ID(), ours.Algorithm()}
		for _, p := range keyPeers {
			if got, err := p.read(text); err != nil || got != want {
				t.Errorf("%s reads %+v %v, want %+v", p.name, got, err, want)
			}
		}
	}
}

// FuzzKeySet looks for a set with a key that is accepted here, and refused or taken
// for another one there. An empty text stands for good keys that the choices
// change.
func FuzzKeySet(f *testing.F) {
	f.Add([]byte{}, []byte{})
	for _, key := range publicJWKs() {
		f.Add(setOf(key), []byte{})
	}
	for _, e := range keyExceptions {
		f.Add(setOf([]byte(e.key)), []byte{})
	}
	f.Fuzz(func(t *testing.T, text, c []byte) {
		if len(text) == 0 {
			text = editedSet(c)
		}
		judgeSet(t, text)
	})
}

// TestManyKeySets is the same search without a fuzzer.
func TestManyKeySets(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	good, all := 0, 4000
	for range all {
		good += judgeSet(t, editedSet(random(r)))
		if t.Failed() {
			break
		}
	}
	if t.Logf("%d keys of %d sets are accepted", good, all); !t.Failed() && good < all/20 {
		t.Errorf("%d keys of %d sets are accepted here, want more to compare", good, all)
	}
}

// An exception that no key meets any more is to be deleted.
func TestKeyExceptions(t *testing.T) {
	for _, e := range keyExceptions {
		t.Run(e.peer+"/"+e.name, func(t *testing.T) {
			ours := alone([]byte(e.key))
			if ours == nil {
				t.Fatal("refused here")
			}
			for _, p := range keyPeers {
				if p.name != e.peer {
					continue
				}
				complaint, excused := keyComplaint(p, []byte(e.key), ours)
				if complaint != "" || excused == nil || excused.name != e.name {
					t.Errorf("expected a difference that this exception fits, got %q and %+v", complaint, excused)
				}
			}
		})
	}
}
