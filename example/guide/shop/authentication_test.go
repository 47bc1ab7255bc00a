package shop

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// signed makes a token of any header and claims with the secret of newService.
func signed(head, claims string) string {
	b64 := base64.RawURLEncoding
	text := b64.EncodeToString([]byte(head)) + "." + b64.EncodeToString([]byte(claims))
	mac := hmac.New(sha256.New, []byte(strings.Repeat("test-only ", 4)))
	mac.Write([]byte(text))
	return text + "." + b64.EncodeToString(mac.Sum(nil))
}

// What docs/authentication.md says is checked. The clock stands at 1893456000, the
// first second of 2030. Descriptions tell a caller the kind of mistake and no more.
func TestChecked(t *testing.T) {
	h, _ := newService(t, func() time.Time { return time.Unix(1893456000, 0) })
	const head = `{"alg":"HS256","typ":"JWT"}`
	const good = `"customer":"alice","scope":"orders:write","exp":1893456600`
	for name, c := range map[string]struct {
		head, claims string
		status       int
		challenge    string
	}{
		"good":             {head, "{" + good + "}", 201, ""},
		"at+jwt":           {`{"alg":"HS256","typ":"at+jwt"}`, "{" + good + "}", 201, ""},
		"another alg":      {`{"alg":"none","typ":"JWT"}`, "{" + good + "}", 401, "algorithm"},
		"crit":             {`{"alg":"HS256","typ":"JWT","crit":["x"]}`, "{" + good + "}", 401, "malformed"},
		"a key":            {`{"alg":"HS256","typ":"JWT","jwk":{}}`, "{" + good + "}", 401, "malformed"},
		"alg twice":        {`{"alg":"HS256","typ":"JWT","alg":"HS256"}`, "{" + good + "}", 401, "malformed"},
		"a claim twice":    {head, `{` + good + `,"exp":1893456601}`, 401, "malformed"},
		"a wrong type":     {head, `{` + good + `,"premium":1}`, 401, "claims"},
		"null is absent":   {head, `{` + good + `,"premium":null,"other":1}`, 201, ""},
		"no exp":           {head, `{"customer":"alice","scope":"orders:write"}`, 401, "claims"},
		"expired, leeway":  {head, `{"customer":"alice","scope":"orders:write","exp":1893455971}`, 201, ""},
		"expired":          {head, `{"customer":"alice","scope":"orders:write","exp":1893455970}`, 401, "has expired"},
		"nbf, leeway":      {head, `{` + good + `,"nbf":1893456030}`, 201, ""},
		"nbf":              {head, `{` + good + `,"nbf":1893456031}`, 401, "not valid yet"},
		"iat":              {head, `{` + good + `,"iat":1893456031}`, 401, "not valid yet"},
		"no typ":           {`{"alg":"HS256"}`, "{" + good + "}", 401, "not an access token"},
		"another typ":      {`{"alg":"HS256","typ":"logout+jwt"}`, "{" + good + "}", 401, "not an access token"},
		"cnf":              {head, `{` + good + `,"cnf":{"jkt":"x"}}`, 401, "not an access token"},
		"no customer":      {head, `{"scope":"orders:write","exp":1893456600}`, 401, "claims"},
		"null customer":    {head, `{"customer":null,"scope":"orders:write","exp":1893456600}`, 401, "claims"},
		"too small scopes": {head, `{"customer":"alice","scope":"orders:read","exp":1893456600}`, 403, `error="insufficient_scope"`},
	} {
		r := httptest.NewRequest("POST", "/orders", strings.NewReader(`{"item":"book","count":1}`))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+signed(c.head, c.claims))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		challenge := w.Header().Get("WWW-Authenticate")
		if w.Code != c.status || !strings.Contains(challenge, c.challenge) || c.challenge == "" && challenge != "" {
			t.Errorf("%s: %d %s, want %d %s", name, w.Code, challenge, c.status, c.challenge)
		}
	}
}

// What docs/authentication.md says is no token, and what is two.
func TestPresented(t *testing.T) {
	h, _ := newService(t, time.Now)
	for name, c := range map[string]struct {
		headers   []string
		status    int
		challenge string
	}{
		"none":           {nil, 401, `Bearer realm="api"`},
		"another scheme": {[]string{"Basic YTpi"}, 401, `Bearer realm="api"`},
		"a bare token":   {[]string{"a.b.c"}, 401, `Bearer realm="api"`},
		"two":            {[]string{"Bearer a.b.c", "Bearer a.b.c"}, 400, `Bearer realm="api", error="invalid_request"`},
		"no good one":    {[]string{"Bearer a.b.c"}, 401, `Bearer realm="api", error="invalid_token"`},
	} {
		r := httptest.NewRequest("POST", "/orders", strings.NewReader(`{}`))
		r.Header["Authorization"] = c.headers
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		got := w.Header().Get("WWW-Authenticate")
		rest, ok := strings.CutPrefix(got, c.challenge)
		if w.Code != c.status || !ok || rest != "" && !strings.HasPrefix(rest, `, error_description="`) {
			t.Errorf("%s: %d %s, want %d %s", name, w.Code, got, c.status, c.challenge)
		}
	}
}
