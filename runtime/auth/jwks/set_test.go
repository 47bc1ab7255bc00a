package jwks

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func ids(keys []*Key) (all []string) {
	for _, k := range keys {
		all = append(all, k.ID())
	}
	return all
}

func TestCandidates(t *testing.T) {
	a, b := newKey(t, newSigner(t, "ES256"), "", "a"), newKey(t, newSigner(t, "ES256"), "", "b")
	plain, ed := newKey(t, newSigner(t, "ES256"), "", ""), newKey(t, newSigner(t, "EdDSA"), "", "e")
	set := must(NewSet(a, b, plain, ed))
	for _, test := range []struct {
		id, alg string
		want    []string
	}{
		{"a", "ES256", []string{"a", plain.ID()}}, // which may have been a before
		{"b", "ES256", []string{"b", plain.ID()}},
		{"a", "EdDSA", nil},
		{"a", "none", nil},
		{"A", "ES256", []string{plain.ID()}}, // the key without a name may be known by any
		{"", "ES256", []string{"a", "b", plain.ID()}},
		{"../../etc/passwd", "ES256", []string{plain.ID()}},
		{plain.ID(), "ES256", []string{plain.ID()}},
		{plain.ID(), "EdDSA", nil},
		{"e", "EdDSA", []string{"e"}},
		{"e", "ES256", []string{plain.ID()}},
		{"e", "Ed25519", []string{"e"}},
		{"x", "EdDSA", nil},
		{"", "HS256", nil},
	} {
		if got := ids(set.Candidates(test.id, test.alg)); fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%q %s: got %v, want %v", test.id, test.alg, got, test.want)
		}
	}
	if set.AllNamed() || !must(NewSet(a, b)).AllNamed() || !set.Has("a") || set.Has("x") {
		t.Error("names are not told apart")
	}
}

// Without kid a token is not tried with any number of keys.
func TestCandidatesAreFew(t *testing.T) {
	var keys []*Key
	for i := range 5 {
		keys = append(keys, newKey(t, newSigner(t, "EdDSA"), "", fmt.Sprint(i)))
	}
	if got := must(NewSet(keys[:4]...)).Candidates("", "EdDSA"); len(got) != 4 {
		t.Errorf("got %d of 4", len(got))
	}
	if got := must(NewSet(keys...)).Candidates("", "EdDSA"); len(got) != 0 {
		t.Errorf("got %d of 5", len(got))
	}
	if got := must(NewSet(keys...)).Candidates("4", "EdDSA"); len(got) != 1 {
		t.Errorf("got %d of 5", len(got))
	}
}

func TestNewSetRefuses(t *testing.T) {
	a := newKey(t, newSigner(t, "ES256"), "", "a")
	_, err := NewSet(a, newKey(t, newSigner(t, "ES256"), "", "a"))
	wantError(t, "one id", err, "got one twice")
	_, err = NewSet(newKey(t, rsaKey(), "RS256", "r"), newKey(t, rsaKey(), "PS256", "p"))
	wantError(t, "two algorithms", err, "got one with both RS256 and PS256")
	if set := must(NewSet(a, a.Public())); len(set.Keys()) != 1 {
		t.Error("the same key counts twice")
	}
}

func TestParseSet(t *testing.T) {
	a, b := newKey(t, newSigner(t, "ES256"), "", "a"), newKey(t, newSigner(t, "EdDSA"), "", "b")
	set := func(keys ...string) string { return `{"keys":[` + strings.Join(keys, ",") + `],"more":1}` }
	weak := jwkOf(t, newKey(t, rsaKey(), "", "w"), "n", encode(rsaKey().N.Bytes()[:128]))
	for _, test := range []struct{ what, text, want string }{
		{"two keys", set(jwkOf(t, a), jwkOf(t, b)), "[a b]"},
		{"an unknown type", set(`{"kty":"AKP","kid":"x","pub":"AAAA"}`, jwkOf(t, b)), "[b]"},
		{"an unknown algorithm", set(jwkOf(t, a, "alg", "ES256K"), jwkOf(t, b)), "[b]"},
		{"for encryption", set(jwkOf(t, a, "use", "enc"), jwkOf(t, b)), "[b]"},
		{"malformed", set(jwkOf(t, a, "x", "AAAA"), `{"kty":7}`, jwkOf(t, b)), "[b]"},
		{"weak", set(weak, jwkOf(t, b)), "[b]"},
		{"none usable", set(weak, jwkOf(t, a, "use", "enc")), `found none in a set of 2: expected an RSA key of at least 2048`},
		{"empty", set(), "found none in a set of 0"},
		{"no keys", `{}`, "got an object without keys"},
		{"keys null", `{"keys":null}`, "got an object without keys"},
		{"a list", `[]`, "expected a JWK set"},
		{"HTML", `<html>`, "expected a JWK set"},
		{"a member twice", `{"keys":[],"keys":[]}`, "no member twice"},
		{"an id twice", set(jwkOf(t, a), jwkOf(t, b, "kid", "a")), "got one twice"},
		{"an id twice, one for encryption", set(jwkOf(t, a), jwkOf(t, b, "kid", "a", "use", "enc")), "got one twice"},
		{"a symmetric key", set(jwkOf(t, a), `{"kty":"oct","k":"AAAA"}`), "got a symmetric one"},
		{"a private key", set(jwkOf(t, a), jwkOf(t, b, "d", "AAAA")), "got a private one"},
		{"a private key of an unknown type", set(jwkOf(t, a), `{"kty":"AKP","d":"AAAA"}`), "got a private one"},
		{"one key for two algorithms", set(jwkOf(t, newKey(t, rsaKey(), "RS256", "r")), jwkOf(t, newKey(t, rsaKey(), "PS256", "p"))), "got one with both"},
	} {
		got, err := ParseSet([]byte(test.text), Options{})
		if err != nil {
			wantError(t, test.what, err, test.want)
		} else if fmt.Sprint(ids(got.Keys())) != test.want {
			t.Errorf("%s: got %v, want %s", test.what, ids(got.Keys()), test.want)
		}
	}
	// In a set of one's own a weak or malformed key is a mistake; a key for
	// something else is not.
	_, err := ParsePublic([]byte(set(weak, jwkOf(t, b))), Options{})
	wantError(t, "weak", err, "key 1 of the set: expected an RSA key of at least 2048")
	own := must(ParsePublic([]byte(set(jwkOf(t, a, "use", "enc"), jwkOf(t, b))), Options{}))
	if fmt.Sprint(ids(own.Keys())) != "[b]" {
		t.Errorf("got %v", ids(own.Keys()))
	}
}

// What is published can be read again, and holds no private half.
func TestSetMarshalJSON(t *testing.T) {
	var keys []*Key
	for _, alg := range Algorithms() {
		if alg == "RS256" || alg[0] != 'R' && alg[0] != 'P' {
			keys = append(keys, newKey(t, newSigner(t, alg), alg, alg))
		}
	}
	text := must(json.Marshal(must(NewSet(keys...))))
	back := must(ParseSet(text, Options{}))
	if len(back.Keys()) != len(keys) {
		t.Fatalf("got %d keys", len(back.Keys()))
	}
	for i, k := range back.Keys() {
		if k.ID() != keys[i].ID() || k.Thumbprint() != keys[i].Thumbprint() || k.Algorithm() != keys[i].Algorithm() {
			t.Errorf("got %v, want %v", k, keys[i])
		}
	}
	if text := string(must(json.Marshal(must(NewSet())))); text != `{"keys":[]}` {
		t.Errorf("got %s", text)
	}
}

// FuzzParse holds that nothing makes the readers panic, and that what they take
// can be written and read again.
func FuzzParse(f *testing.F) {
	k := newKey(f, newSigner(f, "ES256"), "", "a")
	jwk, _ := json.Marshal(k)
	for _, seed := range []string{string(jwk), `{"keys":[` + string(jwk) + `]}`, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", `{"kty":"oct"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		_, _ = ParsePrivate(text, Options{})
		for _, parse := range []func([]byte, Options) (*Set, error){ParsePublic, ParseSet} {
			set, err := parse(text, Options{})
			if err != nil {
				continue
			}
			back, err := ParseSet(must(json.Marshal(set)), Options{})
			if err != nil || len(back.Keys()) != len(set.Keys()) {
				t.Errorf("%v: %v", ids(set.Keys()), err)
			}
		}
	})
}
