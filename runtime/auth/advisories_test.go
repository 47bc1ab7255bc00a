package auth

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/apigen-go/apigen/runtime/auth/jwks"
)

// What went wrong in other libraries, as far as it is no token that authtest has.
func TestAdvisories(t *testing.T) {
	for name, test := range map[string]func(*testing.T){
		"CVE-2016-9121: keys off their curve":           keysOffTheirCurve,
		"CVE-2016-9123: lengths in encrypted tokens":    encryptedTokens,
		"CVE-2024-28180: compressed tokens":             compressedTokens,
		"CVE-2024-27302: origins that end like ours":    originsThatEndLikeOurs,
		"GHSA-4cf7-xm37-g63h: names of claims as JSON":  namesOfClaims,
		"GHSA-rp9m-7r4c-75qg: one entry for two tokens": oneEntryForTwoTokens,
	} {
		t.Run(name, test)
	}
}

func keysOffTheirCurve(t *testing.T) {
	for _, crv := range []string{"P-256", "P-384", "P-521"} {
		size := map[string]int{"P-256": 32, "P-384": 48, "P-521": 66}[crv]
		point := encode(strings.Repeat("\x01", size))
		text := `{"kty":"EC","crv":"` + crv + `","x":"` + point + `","y":"` + point + `"}`
		err := Config{PublicKeyFile: file(t, text)}.Validate()
		if err == nil || !strings.Contains(err.Error(), "expected a point on the curve") {
			t.Errorf("%s: got %v", crv, err)
		}
	}
}

func encryptedTokens(t *testing.T) {
	v := verifierOf[session](t, Config{})
	head := encode(`{"alg":"dir","enc":"A128CBC-HS256"}`)
	wantCode(t, v, head+"..AAAAAAAAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA", CodeMalformed)
	wantCode(t, v, head+".AAAA.AAAA.AAAA.AAAA", CodeMalformed)
	wantCode(t, v, mint(`{"alg":"HS256","typ":"JWT","enc":"A128CBC-HS256"}`, claimsText()), CodeMalformed)
}

func compressedTokens(t *testing.T) {
	v := verifierOf[session](t, Config{})
	wantCode(t, v, mint(`{"alg":"HS256","typ":"JWT","zip":"DEF"}`, "\xab\x56\x4a\xad\x28\x50\xb2\x32"), CodeMalformed)
}

func originsThatEndLikeOurs(t *testing.T) {
	v := verifierOf[session](t, Config{TrustedOrigins: []string{"https://app.example.com"}}, FromCookie("__Host-token"))
	h := v.Middleware()(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for origin, want := range map[string]int{
		"https://app.example.com": 200, "https://evilapp.example.com": 403, "https://app.example.com.evil.example": 403,
		"http://app.example.com": 403, "https://app.example.com:8443": 403, "https://evil.example/app.example.com": 403, "null": 403,
	} {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.Header.Set("Origin", origin)
		r.AddCookie(&http.Cookie{Name: "__Host-token", Value: mint(plainHead, claimsText())})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: got %d, want %d", origin, w.Code, want)
		}
	}
}

// named has claims whose names the application chooses while it runs.
type named struct {
	Claims
	Own map[string]jsontext.Value `json:",embed"`
}

func namesOfClaims(t *testing.T) {
	const odd = `x":1,"exp":9999999999,"y`
	i, v := issuerOf[named](t, Config{}), verifierOf[named](t, Config{})
	token, expires, err := i.Access(context.Background(), &named{Own: map[string]jsontext.Value{odd: jsontext.Value(`true`)}})
	if err != nil {
		t.Fatal(err)
	}
	var members map[string]any
	if err := json.Unmarshal([]byte(decoded(t, strings.Split(token, ".")[1])), &members); err != nil {
		t.Fatal(err)
	}
	if members[odd] != true || members["exp"] != float64(expires.Unix()) {
		t.Errorf("got %v", members)
	}
	if c := wantCode(t, v, token, 0); c != nil && (c.ExpiresAt.Time() != expires || string(c.Own[odd]) != "true") {
		t.Errorf("got %v", c)
	}
	for _, name := range []string{"exp", "iss", "aud", "iat", "jti", "nbf", "sub", "scope"} {
		_, _, err := i.Access(context.Background(), &named{
			Claims: Claims{Subject: "s", Scope: Scopes{"a"}},
			Own:    map[string]jsontext.Value{name: jsontext.Value(`1`)},
		})
		if err == nil {
			t.Errorf("the application sets %s", name)
		}
	}
}

func oneEntryForTwoTokens(t *testing.T) {
	k, err := jwks.New(newSigner(t, "EdDSA"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	c := newSignatureCache(1 << 10)
	seen := make(map[tokenID]string)
	for _, token := range []string{
		"aa.bb.cc", "aa.bb.cd", "aa.bc.cc", "ab.bb.cc", "a.abb.cc", "aab.b.cc", "aa.bbc.c", "aa.b.bcc",
		"aa.bb.cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
		"aa.bb.cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccd",
	} {
		text := strings.Split(token, ".")
		id := c.id(segments{text[0], text[1], text[2], text[0] + "." + text[1]})
		if other, ok := seen[id]; ok {
			t.Errorf("%s and %s have one entry", token, other)
		}
		if c.has(id, k) {
			t.Errorf("%s is known before it was added", token)
		}
		seen[id] = token
		c.add(id, k)
	}
}
